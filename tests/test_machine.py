"""
Sources that collide in every way, polled in any order, against a plain model.

Nothing that comes in may reach a constraint of the database; every distinct item is published; no guid ever changes.
"""

import contextlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import feedsvc.store.sources as source_store
from feedsvc.filters.kinds.regex import Regex
from feedsvc.model import FetchPolicy, Rules, UpstreamSpec
from feedsvc.sandbox.jobs import read_upstream
from feedsvc.sandbox.shapes import Fetched
from feedsvc.sandbox.shapes import Item as Read
from feedsvc.store import Connection, Store, entries, facts, feeds, lookups, memberships, placing
from feedsvc.store.facts import Facts
from feedsvc.store.rows import unpacked
from feedsvc.update import pipeline
from feedsvc.update.pipeline import Look, Remembered, Saved
from feedsvc.update.upstreams.batch import ARRIVING
from feedsvc.update.upstreams.identity import ItemIdentity
from tests.conftest import EXAMPLES, NO_FEEDS
from tests.data.new_stores import new_store
from tests.data.world import DATES, FILES, FIRST, GUIDS, LINKS, TEXTS, TITLES, Item, as_json, as_rss, distinct

#: Runs of the default profile, each of so many steps, in parts that two cores share.
RUNS = {"sqlite": (50, 50, 50, 50), "postgresql": (10, 10)}
STEPS = 20

NAMES = ("one", "two", "three", "renamed")

ITEMS = st.builds(
    Item,
    guid=st.sampled_from(GUIDS),
    link=st.sampled_from(LINKS),
    title=st.sampled_from(TITLES),
    text=st.sampled_from(TEXTS),
    date=st.sampled_from(DATES),
    file=st.sampled_from(("", *FILES)),
)
ANSWERS = st.lists(ITEMS, max_size=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAlone:
    """An answer as a batch, without a host: its source remembers nothing of it."""

    source_id: int
    items: Sequence[Read]
    identity: ItemIdentity
    look: Look
    arriving: Collection[str] = ARRIVING
    is_last: bool = False

    def begin(self, db: Connection, /) -> Facts:
        """No other worker polls here."""
        return facts.of_source(db, self.source_id)

    def remember(self, _: Connection, __: Facts, /, saved: Sequence[Saved]) -> Remembered:
        """Count the outcomes."""
        return Remembered(Counter(one.outcome for one in saved))


#: All that the invariants look at, in one statement of each.
ENTRIES = sa.text("SELECT id, guid FROM entry")
STORIES = sa.text(
    "SELECT story.id, story.guid, sum(CASE WHEN is_shown THEN 1 ELSE 0 END) AS shown,"
    " sum(CASE WHEN is_kept AND withdrawn_at IS NULL THEN 1 ELSE 0 END) AS kept"
    " FROM story JOIN entry ON entry.story_id = story.id WHERE arrived_at IS NOT NULL GROUP BY story.id, story.guid"
)
RAWS = sa.text("SELECT raw FROM entry JOIN source ON source.id = entry.source_id WHERE source.name = :name")


class Machine(RuleBasedStateMachine):
    """Polls, all of a run in one transaction that is never committed; the store is set before the first run."""

    store: Store
    db: Connection

    @initialize()
    def begin(self) -> None:
        """Begin with an empty store."""
        self.writing = self.store.write()
        self.db = self.writing.__enter__()
        self.catalogue = replace(NO_FEEDS, categories={"新闻": NO_FEEDS.spec("新闻", "新闻")})
        feeds.define(self.db, self.catalogue, FIRST)
        self.now = FIRST + timedelta(days=30)
        self.answers: dict[str, list[Item]] = {name: [] for name in NAMES}
        self.ids = {name: source_store.find_or_add(self.db, name) for name in NAMES}
        self.bodies: dict[str, str] = {}
        self.marks: dict[str, frozenset[str]] = {}
        self.dropped: dict[str, bool] = {}
        self.entries: dict[int, str] = {}
        self.stories: dict[int, str] = {}

    def teardown(self) -> None:
        """Forget all that was written."""
        if hasattr(self, "writing"):
            self.db.rollback()
            with contextlib.suppress(sa.exc.InvalidRequestError):
                self.writing.__exit__(None, None, None)

    # --- what happens ------------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), items=ANSWERS, is_json=st.booleans())
    def say_something_else(self, name: str, items: list[Item], *, is_json: bool) -> None:
        """A source answers with other items."""
        self._answer(name, items, is_json=is_json)

    @rule(name=st.sampled_from(NAMES), item=ITEMS, is_json=st.booleans())
    def add(self, name: str, item: Item, *, is_json: bool) -> None:
        """A source has one item more."""
        self._answer(name, [item, *self.answers[name][:4]], is_json=is_json)

    @rule(name=st.sampled_from(NAMES), at=st.integers(0, 3), other=ITEMS, field=st.sampled_from(Item.__slots__))
    def edit(self, name: str, at: int, other: Item, field: str) -> None:
        """Change one field of an item."""
        items = list(self.answers[name])
        if items:
            change: dict[str, Any] = {field: getattr(other, field)}
            items[at % len(items)] = replace(items[at % len(items)], **change)
        self._answer(name, items, is_json=False)

    @rule(name=st.sampled_from(NAMES), order=st.randoms(use_true_random=False), is_json=st.booleans())
    def shuffle(self, name: str, order: Any, *, is_json: bool) -> None:
        """A source has its items in another order, and one of them twice."""
        items = list(self.answers[name])
        order.shuffle(items)
        self._answer(name, items + items[:1], is_json=is_json)

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def mirror(self, name: str, other: str) -> None:
        """A source says what another says."""
        self._answer(name, list(self.answers[other]), is_json=False)

    @rule(name=st.sampled_from(NAMES))
    def ask_again(self, name: str) -> None:
        """A source answers what it answered before: nothing is new, and nothing is edited."""
        if name in self.bodies:
            counts = self._poll(name)

            assert (counts["new"], counts["edited"], counts["restless"]) == (0, 0, 0)

    @rule(name=st.sampled_from(NAMES))
    def judge(self, name: str) -> None:
        """A rule that drops some of a source comes, or goes."""
        is_dropped = self.dropped[name] = not self.dropped.get(name)
        changed, _ = entries.judge(
            self.db,
            self.ids[name],
            lambda raw: not (is_dropped and "早报" in raw.title),
            lambda raw: raw.categories,
        )
        memberships.assign(self.db, changed, now=self.now)

    @rule()
    def place(self) -> None:
        """A round of polls ends."""
        placing.place(self.db, list(self.ids.values()), self.now)
        waiting = self.db.scalars(sa.text("SELECT id FROM entry WHERE is_shown AND is_waiting")).all()

        # Every entry that its rules let be shown is in a feed, or tells a story that another entry shows.
        assert waiting == []

    # --- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def nothing_changes_its_guid(self) -> None:
        """An entry's guid, and that of a story that is placed, are for good. A story shows one entry that may be."""
        found = {row.id: row.guid for row in self.db.execute(ENTRIES)}
        stories = self.db.execute(STORIES).all()
        placed = {row.id: row.guid for row in stories}

        assert self.entries.items() <= found.items()
        assert self.stories.items() <= placed.items()
        assert [row for row in stories if row.shown != min(row.kept, 1)] == []
        self.entries, self.stories = found, placed

    # --- how ---------------------------------------------------------------------------------------------------------

    def _answer(self, name: str, items: list[Item], *, is_json: bool) -> None:
        """A source answers: all that is distinct in its answer is stored, and no more than that is new."""
        self.answers[name], self.bodies[name] = items, as_json(items) if is_json else as_rss(items)
        self.now += timedelta(minutes=1)
        before = len(self.entries)
        counts = self._poll(name)
        wanted = distinct(items)
        raws = [unpacked(raw) for raw in self.db.scalars(RAWS, {"name": name})]
        stored = {(raw.title, raw.content) for raw in raws}

        assert [item for item in wanted if (item.title, item.text) not in stored] == []
        assert (self.db.scalar(sa.text("SELECT count(*) FROM entry")) or 0) - before == counts["new"] <= len(wanted)

    def _poll(self, name: str) -> Counter[str]:
        source_id = self.ids[name]
        known = lookups.raw_hashes(self.db, source_id, 1000)
        fetched = Fetched(
            body=self.bodies[name].encode(), content_type="", url=f"https://{name}.example/feed", spec=self._spec(name),
            known=known, marks=self.marks.get(name, frozenset()),
        )  # fmt: skip
        read = read_upstream(fetched)
        assert read.problem is None
        look = Look(now=self.now, since=self.now - timedelta(minutes=1))
        identity = ItemIdentity(now=self.now, others=read.known)
        batch = AnswerAlone(source_id=source_id, items=read.items, identity=identity, look=look)
        kept = pipeline.take_in(self.db, batch, self.catalogue)
        self.marks[name] = frozenset(read.marks)
        assert kept is not None
        return kept.counts

    def _spec(self, name: str) -> UpstreamSpec:
        drop = (Regex(field="title", pattern="早报"),) if self.dropped.get(name) else ()
        return UpstreamSpec(
            name=name, url=f"https://{name}.example/feed", policy=FetchPolicy(user_agent="x"), timezone=UTC,
            tag="example.org,2026", rules=Rules(drop=drop, categories=("新闻",)),
        )  # fmt: skip


def run(kind: type[Machine], store: Store, runs: int, steps: int, number: int) -> None:
    """
    Let a machine run on a store; `number` says where its chances begin.

    `runs` are those of the default profile. Another profile has more in proportion to its `max_examples`.
    """
    runs = runs * hypothesis.settings().max_examples // EXAMPLES
    machine = hypothesis.seed(number)(type("Run", (kind,), {"store": store}))
    settings = hypothesis.settings(
        max_examples=runs, stateful_step_count=steps, deadline=None, database=None,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=settings, _min_steps=steps)


def store_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> Store:
    """A new database of one kind, with its tables."""
    url = f"sqlite:///{folder}/store.sqlite3" if kind == "sqlite" else request.getfixturevalue("new_postgresql")
    return new_store(url)


@pytest.mark.parametrize(
    ("kind", "number", "runs"), [(kind, part, runs) for kind, parts in RUNS.items() for part, runs in enumerate(parts)]
)
def test_nothing_that_comes_in_reaches_a_constraint(
    kind: str, number: int, runs: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Runs of colliding sources: no exception, every distinct item stored, each guid for good."""
    store = store_of(kind, tmp_path, request)
    run(Machine, store, runs, STEPS, number)
    store.close()
