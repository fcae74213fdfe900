"""
The brake against a plain model: files go, come, change and move in any order, and the service is started again.

Nothing that is held back is withdrawn without a confirmation. Nothing that is there is withdrawn. What is gone and not
held back is withdrawn. A file that comes back, by its name or its content, is the same entry.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

import feedsvc.store.sources as source_store
from feedsvc.model import SourceSpec
from feedsvc.store import Store, migrate, open_store
from feedsvc.update import Catalogue, update
from tests.conftest import NOW
from tests.test_machine import run
from tests.test_machine_seeds import Inline

#: Runs of so many steps.
RUNS, STEPS = 60, 14

HOUR = timedelta(hours=1)

#: The files of the first look; the third and the fourth of every four hold the same.
FIRST = [f"{number:02}.md" for number in range(22)] + [f"disk/{number:02}.md" for number in range(12)]

SHOWN = sa.text("SELECT guid FROM entry WHERE is_shown")

CHANCE = st.randoms(use_true_random=False)


def _text(number: int) -> str:
    return f"---\ntitle: t{number}\ndate: 2022-07-25\n---\n<p>{number}</p>\n"


@dataclass(slots=True)
class Article:
    """What the model knows of an entry."""

    guid: str
    #: Its file and what that held, at the last look that found it.
    path: str
    text: str
    #: `there`, `held`, `confirmed` or `gone`.
    state: str = "there"
    #: When it went without a confirmation.
    gone_at: datetime | None = None


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
    def confirm(self) -> None:
        """Somebody lets go what is held."""
        with self.opened.write() as db:
            number = source_store.confirm(db, "articles")
        held = [one for one in self.articles.values() if one.state == "held"]
        for one in held:
            one.state = "confirmed"

        assert number == len(held)

    @rule(pause=st.sampled_from((HOUR / 100, 2 * HOUR)))
    def look(self, pause: timedelta) -> None:
        """An update: what is published, and held, is as the model says."""
        self.now += pause
        report, shown, known = _look(self.opened, self.root, self.now)
        before = {one.path for one in self.articles.values() if one.state != "gone"}
        self._find({path: str(file.guid) for path, file in known.items()})
        self._lose(before)
        published = {one.guid for one in self.articles.values() if one.state in {"there", "held"}}
        held = {one.guid for one in self.articles.values() if one.state == "held"}

        assert shown == published
        assert {file.guid for file in known.values() if file.hold == source_store.HELD} == held
        assert [problem.place for problem in report.problems] == ["source articles"] * bool(held)

    # --- the model ---------------------------------------------------------------------------------------------------

    def _find(self, guids: dict[str, str]) -> None:
        """Which article each file is. A new one's guid, of `guids`, is nobody else's."""
        at = {one.path: one for one in self.articles.values()}
        former = {path: one.text for path, one in at.items() if one.state != "gone"}
        left = sorted(
            (one for one in self.articles.values() if one.path not in self.files),
            key=lambda one: (one.state == "gone", one.path),
        )
        changed = [path for path in sorted(self.files) if path in former and self.files[path] != former[path]]
        moved: dict[str, Article] = {}
        for path in sorted(set(self.files) - set(at)):
            here = (old for old in changed if former[old] == self.files[path])
            if (old := next(here, None)) is not None:  # `mv latest.md 2022.md`, and another latest
                moved[path] = at.pop(old)
                changed.remove(old)
        for path, text in sorted(self.files.items()):
            one = moved.get(path) or at.get(path)
            if one is None and (old_ones := [one for one in left if one.text == text]):
                one = old_ones[0]
                left.remove(one)
            if one is None:
                assert guids[path] not in self.articles
                one = self.articles[guids[path]] = Article(guid=guids[path], path=path, text=text)
            one.path, one.text, one.state, one.gone_at = path, text, "there", None

    def _lose(self, before: set[str]) -> None:
        """What becomes of the articles whose files are missing; `before` are the paths of those that were there."""
        away = [one for one in self.articles.values() if one.path not in self.files]
        new = [one for one in away if one.state == "there"]
        held = [one for one in away if one.state == "held"]
        late = [one for one in away if one.gone_at and self.now - one.gone_at <= HOUR]
        missing = {one.path for one in new + held + late}
        here = before & set(self.files)
        moved = before - here - {one.path for one in away}
        is_share = len(missing) >= 20 and len(missing) > 0.2 * len(missing | here | moved)
        for one in new:
            is_lost = is_share or any(
                len(_under(folder, missing)) >= 10 and not _under(folder, here) for folder in _folders(one.path)
            )
            one.state, one.gone_at = ("held", None) if is_lost else ("gone", self.now)
        for one in away:
            if one.state == "confirmed":
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
        with contextlib.suppress(OSError):
            (self.root / path).parent.rmdir()
        return self.files.pop(path)


def first() -> dict[str, str]:
    """The files of the first look."""
    return {path: _text(number - number % 4 // 3) for number, path in enumerate(FIRST)}


def _folders(path: str) -> tuple[str, ...]:
    return ("", path.partition("/")[0] + "/") if "/" in path else ("",)


def _under(folder: str, paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path.startswith(folder)]


def _opened(file: Path) -> Store:
    store = open_store(f"sqlite:///{file}")
    sa.event.listen(store.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return store


def _look(store: Store, root: Path, now: datetime) -> Any:
    """An update's report, the guids that are shown then, and all known files."""
    spec = SourceSpec(name="articles", kind="seeds", path=str(root), timezone=UTC, tag="example.org,2026")
    (report,) = update(store, Inline(), [spec], Catalogue(specs=(), categories={}), now)  # type: ignore[arg-type]
    with store.read() as db:
        known = source_store.files_of(db, *source_store.ids_of(db, ["articles"]))
        return report, set(db.scalars(SHOWN)), known


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A database that has looked at FIRST, and the guid of each of its files."""
    folder = tmp_path_factory.mktemp("template")
    for path, text in first().items():
        (folder / "seeds" / path).parent.mkdir(exist_ok=True, parents=True)
        (folder / "seeds" / path).write_text(text, "utf-8")
    store = _opened(folder / "store.sqlite3")
    migrate.upgrade(store)
    _, _, known = _look(store, folder / "seeds", NOW - 2 * HOUR)
    store.close()
    return folder / "store.sqlite3", {path: str(file.guid) for path, file in known.items()}


def test_nothing_that_is_held_is_withdrawn_unless_somebody_lets_it_go(template: tuple[Path, dict[str, str]]) -> None:
    """Runs of files that go, come, change and move: what is published is what the model says, after each look."""
    file, named = template
    run(type("OfTemplate", (Braked,), {"template": file, "named": named}), None, RUNS, STEPS, 1)  # type: ignore[arg-type]
