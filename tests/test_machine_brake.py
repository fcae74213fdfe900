"""
The brake against a plain model.

Files go, come, change and move in any order. The service is started again, an update
is cut off, a folder cannot be listed for a while, and the source gets other settings.

Nothing that is held back is withdrawn without a confirmation. Nothing that is there is withdrawn. What is gone and not
held back is withdrawn. A file that comes back, by its name or its content, is the same entry.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

import feedsvc.store.sources as source_store
from feedsvc.model import SourceSpec
from feedsvc.sources import seeds
from feedsvc.store import Store, seed_files
from feedsvc.store.seed_files import SeedFile
from feedsvc.update import Progress, Report, update
from feedsvc.update.run import SOURCES
from feedsvc.update.seeds.source import Seeds
from tests.conftest import NO_FEEDS, NOW
from tests.data.new_stores import new_store
from tests.test_machine import run
from tests.test_machine_seeds import Inline

#: Runs of the default profile, each of so many steps.
RUNS, STEPS = 10, 14

HOUR = timedelta(hours=1)

#: The files of the first look; the third and the fourth of every four hold the same.
FIRST = [f"{number:02}.md" for number in range(22)] + [f"disk/{number:02}.md" for number in range(12)]

SHOWN = sa.text("SELECT guid FROM entry WHERE is_shown")

CHANCE = st.randoms(use_true_random=False)


def _text(number: int) -> str:
    return f"---\ntitle: t{number}\ndate: 2022-07-25\n---\n<p>{number}</p>\n"


@dataclass(slots=True)
class Article:
    """The model's facts about an entry."""

    guid: str
    #: The path and the text of its file, at the last look that found the file.
    path: str
    text: str
    #: `there`, `held`, `confirmed` or `gone`.
    state: str = "there"
    #: When it went without a confirmation.
    gone_at: datetime | None = None
    first_seen: datetime = NOW - 2 * HOUR


class Looked(NamedTuple):
    """An update's report, the guids that are shown then, and all known files."""

    report: Report
    shown: set[str]
    known: dict[str, SeedFile]


class Braked(RuleBasedStateMachine):
    """A folder of seeds, a store, and the model. `url` is set before the first run."""

    store: Store
    #: A database that has looked at FIRST.
    template: Path
    named: dict[str, str]

    @initialize()
    def begin(self) -> None:
        """Begin with FIRST, looked at once."""
        self.folder = Path(tempfile.mkdtemp(prefix="brake"))
        shutil.copy(self.template, self.folder / "store.sqlite3")
        self.root = self.folder / "seeds"
        self.root.mkdir()
        self.opened = _opened(self.folder / "store.sqlite3")
        self.now, self.stamp, self.number = NOW, 1_700_000_000, 100
        self.is_locked, self.categories = False, 0
        self.files = first()
        self.aside: dict[str, str] = {}
        for path, text in self.files.items():
            self._put(path, text)
        self.articles = {
            guid: Article(guid=guid, path=path, text=self.files[path]) for path, guid in self.named.items()
        }

    def teardown(self) -> None:
        """Remove all that was made."""
        if hasattr(self, "opened"):
            self.opened.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- what happens ------------------------------------------------------------------------------------------------

    @rule(chance=CHANCE, number=st.sampled_from((1, 3, 9, 10, 20, 25)))
    def remove(self, chance: Any, number: int) -> None:
        """Some files go."""
        for path in chance.sample(sorted(self.files), min(number, len(self.files))):
            self._drop(path)

    @rule(number=st.sampled_from((1, 2, 30)), folder=st.sampled_from(("", "disk/", "new/")))
    def add(self, number: int, folder: str) -> None:
        """New files come."""
        for _ in range(number):
            self.number += 1
            self._put(f"{folder}n{self.number}.md", _text(self.number))

    @rule(chance=CHANCE, number=st.sampled_from((1, 2, 12)))
    def bring_back(self, chance: Any, number: int) -> None:
        """Files that were there come back, under their names."""
        away = [one for one in self.articles.values() if one.path not in self.files]
        for one in chance.sample(away, min(number, len(away))):
            self._put(one.path, one.text)

    @rule(chance=CHANCE, number=st.sampled_from((1, 2, 12)))
    def copy(self, chance: Any, number: int) -> None:
        """New files hold what other files held, or hold: of those that are away, that is a rename."""
        known = list(self.articles.values())
        for one in chance.sample(known, min(number, len(known))):
            self.number += 1
            self._put(f"c{self.number}.md", one.text)

    @rule(chance=CHANCE, number=st.sampled_from((1, 4)))
    def edit(self, chance: Any, number: int) -> None:
        """Some files change, or are only touched."""
        for path in chance.sample(sorted(self.files), min(number, len(self.files))):
            self.number += 1
            self._put(path, chance.choice((_text(self.number), self.files[path])))

    @rule(chance=CHANCE, number=st.sampled_from((1, 4, 40)), folder=st.sampled_from(("", "moved/")))
    def rename(self, chance: Any, number: int, folder: str) -> None:
        """Some files get other names."""
        for path in chance.sample(sorted(self.files), min(number, len(self.files))):
            self.number += 1
            self._put(f"{folder}r{self.number}.md", self._drop(path))

    @rule()
    def unmount(self) -> None:
        """The disk goes."""
        self.aside |= {path: self._drop(path) for path in sorted(self.files) if path.startswith("disk/")}

    @rule()
    def mount(self) -> None:
        """The disk comes."""
        for path, text in self.aside.items():
            self._put(path, text)
        self.aside = {}

    @rule()
    def restart(self) -> None:
        """The service starts again."""
        self.opened.close()
        self.opened = _opened(self.folder / "store.sqlite3")

    @rule()
    def lock(self) -> None:
        """The disk's folder cannot be listed, or can be listed again."""
        self.is_locked = not self.is_locked

    @rule()
    def set_up(self) -> None:
        """The source gets other settings."""
        self.categories += 1

    @rule()
    def confirm(self) -> None:
        """Somebody lets go what is held."""
        with self.opened.write() as db:
            number = seed_files.confirm(db, "articles")
        held = [one for one in self.articles.values() if one.state == "held"]
        for one in held:
            one.state = "confirmed"

        assert number == len(held)

    @rule(pause=st.sampled_from((HOUR / 100, 2 * HOUR, 30 * HOUR)), is_cut_off=st.booleans())
    def look(self, pause: timedelta, *, is_cut_off: bool) -> None:
        """An update: what is published, and held, is as the model says, whether or not an update was cut off before."""
        self.now += pause
        if is_cut_off and self._is_cut_off():
            # No file is known to have another name, until all are read.
            before, files = self._before(), self._visible()
            for one in self._held_back(before, {guid for guid, path in before.items() if path in files}):
                one.state = "held"
            self._find(_known(self.opened))
        before = self._before()
        report, shown, known = self._look()
        self._find(known)
        self._lose(before)
        published = {one.guid for one in self.articles.values() if one.state in {"there", "held"}}
        held = {one.guid for one in self.articles.values() if one.state == "held"}

        assert shown == published
        assert {file.guid for file in known.values() if file.hold == seed_files.HELD} == held
        places = ["source articles"] * bool(held)
        assert [one.place for one in report.problems if "cannot be listed" not in one.reason] == places

    def _is_cut_off(self) -> bool:
        """Look until all files are saved, and no longer. False where there is no file to save: that look is whole."""
        try:
            self._look(_cut_off)
        except CutOffError:
            return True
        return False

    def _look(self, progress: Progress | None = None) -> Looked:
        with pytest.MonkeyPatch.context() as patch:
            if self.is_locked:
                patch.setitem(SOURCES, "seeds", replace(SOURCES["seeds"], source=Locked))
            return _look(self.opened, _spec(self.root, self.categories), self.now, progress)

    # --- the model ---------------------------------------------------------------------------------------------------

    def _visible(self) -> dict[str, str]:
        """The files as far as a look can tell: what is in a locked folder is as it was, there or missing."""
        if not self.is_locked:
            return self.files
        hidden = (one for one in self.articles.values() if one.path.startswith("disk/") and one.state == "there")
        found = {path: text for path, text in self.files.items() if not path.startswith("disk/")}
        return found | {one.path: one.text for one in hidden}

    def _before(self) -> dict[str, str]:
        """Where each article was that is not gone, by guid."""
        return {one.guid: one.path for one in self.articles.values() if one.state != "gone"}

    def _find(self, known: Mapping[str, SeedFile]) -> None:
        """The article of each file. The guid of a new article, which is `known`, belongs to no other article."""
        files = self._visible()
        at = {one.path: one for one in self.articles.values()}
        former = {path: one.text for path, one in at.items() if one.state != "gone"}
        left = sorted(
            (one for one in self.articles.values() if one.path not in files),
            key=lambda one: (one.state == "gone", one.path),
        )
        changed = [path for path in sorted(files) if path in former and files[path] != former[path]]
        moved: dict[str, Article] = {}
        for path in sorted(set(files) - set(at)):
            here = (old for old in changed if former[old] == files[path])
            if (old := next(here, None)) is not None:  # `mv latest.md 2022.md`, and another latest
                moved[path] = at.pop(old)
                changed.remove(old)
        for path, text in sorted(files.items()):
            one = moved.get(path) or at.get(path)
            if one is None and (old_ones := [one for one in left if one.text == text]):
                one = old_ones[0]
                left.remove(one)
            if one is None:
                guid = str(known[path].guid)
                assert guid not in self.articles
                one = self.articles[guid] = Article(guid=guid, path=path, text=text, first_seen=self.now)
            one.path, one.text, one.state, one.gone_at = path, text, "there", None

    def _held_back(self, before: Mapping[str, str], found: set[str]) -> list[Article]:
        """The missing articles that the brake holds back, if the `found` articles are there under any name."""
        files = self._visible()
        away = [one for one in self.articles.values() if one.guid not in found]
        new = [one for one in away if one.state == "there"]
        late = [one for one in away if one.gone_at and self.now - one.gone_at <= HOUR]
        missing = {one.path for one in (*new, *late)} | {one.path for one in away if one.state == "held"}
        others = before.keys() & found
        here = {path for path in before.values() if path in files}
        if not others and sum(self.now - one.first_seen >= 24 * HOUR for one in new) > 1:
            return new
        if len(missing) >= 20 and len(missing) > 0.2 * (len(missing) + len(others)):
            return new
        return [
            one
            for one in new
            if any(len(_under(folder, missing)) >= 10 and not _under(folder, here) for folder in _folders(one.path))
        ]

    def _lose(self, before: Mapping[str, str]) -> None:
        """The outcome for articles whose files are missing, if all were as `before`."""
        away = [one for one in self.articles.values() if one.path not in self._visible()]
        held = self._held_back(before, before.keys() - {one.guid for one in away})
        for one in away:
            if one in held:
                one.state = "held"
            elif one.state == "there":
                one.state, one.gone_at = "gone", self.now
            elif one.state == "confirmed":
                one.state = "gone"

    # --- the disk ----------------------------------------------------------------------------------------------------

    def _put(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        self.stamp += 1
        os.utime(file, (self.stamp, self.stamp))
        self.files[path] = text

    def _drop(self, path: str) -> str:
        (self.root / path).unlink()
        if (folder := (self.root / path).parent) != self.root:
            with contextlib.suppress(OSError):
                folder.rmdir()
        return self.files.pop(path)


def first() -> dict[str, str]:
    """The files of the first look."""
    return {path: _text(number - number % 4 // 3) for number, path in enumerate(FIRST)}


def _folders(path: str) -> tuple[str, ...]:
    return ("", path.partition("/")[0] + "/") if "/" in path else ("",)


def _under(folder: str, paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path.startswith(folder)]


def _opened(file: Path) -> Store:
    return new_store(f"sqlite:///{file}")


def _spec(root: Path, categories: int = 0) -> SourceSpec:
    names = (f"c{categories}",)
    return SourceSpec(
        name="articles", kind="seeds", path=str(root), timezone=UTC, tag="example.org,2026", categories=names
    )


def _known(store: Store) -> dict[str, SeedFile]:
    with store.read() as db:
        return seed_files.files_of(db, *source_store.ids_of(db, ["articles"]))


def _look(store: Store, spec: SourceSpec, now: datetime, progress: Progress | None = None) -> Looked:
    """An update, and what is stored then."""
    catalogue = NO_FEEDS
    (report,) = update(store, Inline(), [spec], catalogue, now, progress)  # type: ignore[arg-type]
    with store.read() as db:
        shown = set(db.scalars(SHOWN))
    return Looked(report, shown, _known(store))


class CutOffError(Exception):
    """The service ends."""


def _cut_off(done: int, total: int) -> None:
    if done == total:
        raise CutOffError


class Locked(Seeds):
    """The seeds of a folder, one folder of which cannot be listed."""

    @staticmethod
    def scan(spec: SourceSpec) -> seeds.Listing:
        """All seeds but those in `disk/`."""
        found = {path: stamp for path, stamp in seeds.scan(spec).found.items() if not path.startswith("disk/")}
        return seeds.Listing(found=found, unlisted={"disk": "cannot be listed"})


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A database that has looked at FIRST, and the guid of each of its files."""
    folder = tmp_path_factory.mktemp("template")
    for path, text in first().items():
        (folder / "seeds" / path).parent.mkdir(exist_ok=True, parents=True)
        (folder / "seeds" / path).write_text(text, "utf-8")
    store = _opened(folder / "store.sqlite3")
    _, _, known = _look(store, _spec(folder / "seeds"), NOW - 2 * HOUR)
    store.close()
    return folder / "store.sqlite3", {path: str(file.guid) for path, file in known.items()}


def test_nothing_that_is_held_is_withdrawn_unless_somebody_lets_it_go(template: tuple[Path, dict[str, str]]) -> None:
    """Runs of files that go, come, change and move: what is published is what the model says, after each look."""
    file, named = template
    run(type("OfTemplate", (Braked,), {"template": file, "named": named}), None, RUNS, STEPS, 1)  # type: ignore[arg-type]
