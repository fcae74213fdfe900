"""
Programs that follow the changes of feeds (`?after=`), while entries arrive, are back-dated, edited, withdrawn and more.

Each program reads some pages of changes between two updates, in pages of its own size. When it comes to the end, it
knows exactly the entries of the feed, in their last edition.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from lxml import etree

from feedsvc.model import BEGINNING, FORMATS, Document, Format, View
from feedsvc.store import Store
from feedsvc.update import update
from feedsvc.web.query import canonical, parse
from tests.conftest import EXAMPLES, NOW
from tests.data.new_stores import empty, new_store
from tests.test_machine_archives import CATEGORIES, Archived
from tests.test_machine_seeds import Inline

RUNS = {"sqlite": 12, "postgresql": 3}
STEPS = 30

#: Few entries, so that much happens to each.
NUMBERS = st.integers(0, 3)

#: Fits the even editions of an entry.
EVEN = "第[0-9]*[02468]版"

EDITION = re.compile(r"第(\d+)版")
GUID = {"rss": "guid", "atom": "{*}id"}


@dataclass(slots=True)
class Program:
    """A program that follows a feed, and what it knows."""

    slug: str
    form: Format
    view: View
    #: guid → edition.
    known: dict[str, int] = field(default_factory=dict)

    def read(self, document: Document) -> bool:
        """Take over a page of changes. Returns whether there may be more."""
        text = document.body.decode()
        read = _of_json if self.form == "json" else _of_xml
        entries, deleted, further = read(text)
        assert not entries.keys() & deleted
        self.known |= entries
        for guid in deleted:
            self.known.pop(guid, None)
        if further is None:
            return False
        found = parse(urlsplit(further).query, NOW.tzinfo)  # type: ignore[arg-type]  # UTC
        assert isinstance(found, View)
        assert urlsplit(further).query == canonical(found)
        self.view = found
        return True


def _of_json(text: str) -> tuple[dict[str, int], set[str], str | None]:
    said = json.loads(text)
    entries = {one["id"]: _edition(one["content_html"]) for one in said["items"]}
    return entries, {one["id"] for one in said["_feedsvc"].get("deleted", [])}, said.get("next_url")


def _of_xml(text: str) -> tuple[dict[str, int], set[str], str | None]:
    root = etree.fromstring(text.encode())
    items = [*root.iter("item"), *root.iter("{http://www.w3.org/2005/Atom}entry")]
    entries = {
        str(one.findtext("guid") or one.findtext("{*}id")): _edition(etree.tostring(one, encoding="unicode"))
        for one in items
    }
    deleted = {str(one.get("ref")) for one in root.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")}
    links = root.iter("{http://www.w3.org/2005/Atom}link")
    return entries, deleted, next((str(one.get("href")) for one in links if one.get("rel") == "next"), None)


def _edition(text: str) -> int:
    found = EDITION.search(text)
    assert found
    return int(found[1])


class Followed(Archived):
    """A folder of seeds that changes, and programs that follow its feeds."""

    @initialize()
    def begin(self) -> None:
        """Begin with an empty folder, an empty database, and programs that know nothing."""
        super().begin()
        self.programs = [
            Program(slug=slug, form=form, view=View(after=BEGINNING, limit=limit))
            for slug in ("all", "手机")
            for form, limit in zip(FORMATS, (1, 2, None), strict=True)
        ] + [
            Program(slug=slug, form="json", view=View(after=BEGINNING, limit=limit, filters=(("filter", EVEN),)))
            for slug, limit in (("all", 1), ("手机", None))
        ]

    @rule(number=NUMBERS, category=st.sampled_from(CATEGORIES), days=st.sampled_from((-400, -3, 0)))
    def write(self, number: int, category: str, days: int) -> None:
        """One of few entries arrives, is edited, returns, or changes its category."""
        super().write(number, category, days)

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        """One of few entries is withdrawn."""
        super().remove(number)

    @rule()
    def take_in(self) -> None:
        """An update runs."""
        self.now += timedelta(hours=1)
        update(self.store, Inline(), list(self.config.sources), self.config.catalogue, self.now)  # type: ignore[arg-type]

    @rule(number=st.integers(0, 7))
    def poll(self, number: int) -> None:
        """A program reads one page of changes, which any clock gives the same bytes."""
        self._poll(self.programs[number])

    @rule()
    def catch_up(self) -> None:
        """After an update, all programs read to the end. They know what the feed has, and nothing else."""
        self.take_in()
        for program in self.programs:
            pages = 0
            while self._poll(program):
                pages += 1
                assert pages < 100
            assert program.known == {
                f"https://example.org/{number}": edition
                for number, (category, edition) in self.files.items()
                if program.slug in {"all", category} and (edition % 2 == 0 or not program.view.filters)
            }

    def _poll(self, program: Program) -> bool:
        feed = self.publisher.find(program.slug)
        if feed is None:
            return False
        document, later = (
            self.publisher.view(feed, program.form, program.view, now).document
            for now in (self.now, self.now + timedelta(days=400))
        )
        assert (document.digest, document.coded) == (later.digest, later.coded)
        return program.read(document)


@pytest.mark.parametrize("kind", RUNS)
def test_who_follows_the_cursors_knows_the_feed(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A program that follows the cursors gets each entry, each edit and each withdrawal, up to the present state."""
    numbers = iter(range(10_000))

    def opened() -> Store:
        if kind == "sqlite":
            return new_store(f"sqlite:///{tmp_path / f'{next(numbers)}.sqlite3'}")
        url = str(request.getfixturevalue("shared_postgresql"))
        empty(sa.make_url(url))
        return new_store(url)

    runs = RUNS[kind] * hypothesis.settings().max_examples // EXAMPLES
    machine = hypothesis.seed(1)(type("Run", (Followed,), {"opened": staticmethod(opened)}))
    settings = hypothesis.settings(
        max_examples=runs, stateful_step_count=STEPS, deadline=None, database=None,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=settings, _min_steps=STEPS)
