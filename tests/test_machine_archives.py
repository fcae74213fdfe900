"""
Archives while entries arrive, are back-dated, edited, withdrawn, return and change their category, against a model.

A reader that walks from the feed's document to the oldest page finds each entry once, in every format. A closed page
whose entries stay as they are keeps bytes, ETag and date.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from lxml import etree

from feedsvc.config import load
from feedsvc.model import FORMATS, Document, Format
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.update import update
from tests.conftest import CONFIG, EXAMPLES, NOW, seed
from tests.data.new_stores import empty, new_store
from tests.test_machine_seeds import Inline

RUNS = {"sqlite": 12, "postgresql": 3}
STEPS = 14

#: Pages of two entries.
SMALL = CONFIG + "feeds: {all: {window: {items: 2, hours: 0}}}\ncategories: {手机: {window: {items: 2, hours: 0}}}\n"

NUMBERS = st.integers(0, 11)
CATEGORIES = ("新媒体", "手机")
GUIDS = {"rss": "channel/item/guid", "atom": "{*}entry/{*}id"}


def _guids(document: Document) -> list[str]:
    if document.format == "json":
        return [str(item["id"]) for item in json.loads(document.body)["items"]]
    return [str(one.text) for one in etree.fromstring(document.body).iterfind(GUIDS[document.format])]


class Archived(RuleBasedStateMachine):
    """A folder of seeds that changes, and readers that walk its feeds."""

    opened: Callable[[], Store]

    @initialize()
    def begin(self) -> None:
        """Begin with an empty folder and an empty database."""
        self.root = Path(tempfile.mkdtemp(prefix="archive"))
        (self.root / "seeds").mkdir()
        (self.root / "feedsvc.yaml").write_text(SMALL, "utf-8")
        self.store = type(self).opened()
        self.config = load(self.root / "feedsvc.yaml", {"DATABASE_URL": "sqlite:///unused"})
        self.publisher = Publisher(store=self.store, configured=self.config.catalogue)
        self.now, self.stamp = NOW, 1_700_000_000
        #: Number → category and edition of each file.
        self.files: dict[int, tuple[str, int]] = {}
        #: Address of a page → the editions of its entries, and its document, as a reader saw them.
        self.seen: dict[tuple[str, int, Format], tuple[list[tuple[str, tuple[str, int]]], Document]] = {}

    def teardown(self) -> None:
        """Remove the folder."""
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.root)

    @rule(number=NUMBERS, category=st.sampled_from(CATEGORIES), days=st.sampled_from((-400, -3, 0)))
    def write(self, number: int, category: str, days: int) -> None:
        """An entry arrives or is edited, perhaps with an old date, perhaps in another category."""
        self.stamp += 1
        self.files[number] = (category, self.stamp)
        date = f"{NOW + timedelta(days=days, minutes=number):%Y-%m-%d %H:%M:%S}"
        text = seed(
            f"第{number}篇",
            f"<p>第{self.stamp}版</p>",
            guid=f"https://example.org/{number}",
            date=date,
            categories=f"[{category}]",
        )
        file = self.root / "seeds" / f"{number}.txt"
        file.write_text(text, "utf-8")
        os.utime(file, (self.stamp, self.stamp))

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        """An entry is withdrawn. It returns when its file is written again."""
        self.files.pop(number, None)
        (self.root / "seeds" / f"{number}.txt").unlink(missing_ok=True)

    @rule()
    def take_in(self) -> None:
        """An update runs, and the documents are made."""
        self.now += timedelta(hours=1)
        specs = self.config.sources
        update(self.store, Inline(), list(specs), self.config.catalogue, self.now)  # type: ignore[arg-type]
        self.publisher.refresh(self.now)
        self._walk("all", {f"https://example.org/{number}" for number in self.files})
        self._walk(
            "手机",
            {f"https://example.org/{number}" for number, (category, _) in self.files.items() if category == "手机"},
        )

    def _walk(self, slug: str, expected: set[str]) -> None:
        feed = self.publisher.find(slug)
        if feed is None:
            assert not expected
            return
        for form in FORMATS:
            current = _guids(self.publisher.document(feed, form, self.now))
            pages = [self._page(slug, number, form) for number in range(1, feed.closed_pages + 1)]
            on_pages = [guid for page in pages for guid in page]

            assert len(set(on_pages)) == len(on_pages)
            assert len(set(current)) == len(current)
            assert set(on_pages) | set(current) == expected

    def _page(self, slug: str, number: int, form: Format) -> list[str]:
        feed = self.publisher.find(slug)
        assert feed
        found = self.publisher.page(feed, number, form, self.now)
        assert found
        document = found.document
        guids = _guids(document)
        editions = [(guid, self.files[int(guid.rpartition("/")[2])]) for guid in guids]
        before = self.seen.get((slug, number, form))
        if before and before[0] == editions:
            assert (document.digest, document.changed_at, document.coded) == (
                before[1].digest, before[1].changed_at, before[1].coded,
            )  # fmt: skip
        self.seen[slug, number, form] = (editions, document)
        return guids


@pytest.mark.parametrize("kind", RUNS)
def test_a_walk_finds_each_entry_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Whatever happened to a feed, each entry is on one page, and untouched pages stay as they are."""
    numbers = iter(range(10_000))

    def opened() -> Store:
        if kind == "sqlite":
            return new_store(f"sqlite:///{tmp_path / f'{next(numbers)}.sqlite3'}")
        url = str(request.getfixturevalue("shared_postgresql"))
        empty(sa.make_url(url))
        return new_store(url)

    runs = RUNS[kind] * hypothesis.settings().max_examples // EXAMPLES
    machine = hypothesis.seed(1)(type("Run", (Archived,), {"opened": staticmethod(opened)}))
    settings = hypothesis.settings(
        max_examples=runs, stateful_step_count=STEPS, deadline=None, database=None,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=settings, _min_steps=STEPS)
