"""Take-downs between polls of colliding sources: the machine of tests.test_machine, with an operator who erases."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from feedsvc.identity import page_key
from feedsvc.merge.blocks import Target, pattern_of, target_of
from feedsvc.store import takedowns
from feedsvc.store.erasing import erase
from tests.data.world import GUIDS, LINKS, Item, as_json, as_rss, distinct
from tests.test_machine import ENTRIES, NAMES, STORIES, Machine, run, store_of

#: Runs of the default profile, each of so many steps.
RUNS = {"sqlite": 30, "postgresql": 4}
STEPS = 20

BASE = "https://feeds.example.org"
TARGETS = st.one_of(
    st.sampled_from([one for one in (*GUIDS, *LINKS) if one]).map(lambda text: target_of(text, BASE)),
    st.sampled_from(["*s.example/show*", "urn:uuid:6ba7*", "*m.example*"]).map(pattern_of),
)


class Erasing(Machine):
    """Adds an operator who takes down guids, links and patterns, and undoes that."""

    @initialize(wanted=TARGETS)
    def begin_with_a_block(self, wanted: Target) -> None:
        """Begin with a take-down of something that is not stored yet."""
        self.taken: dict[int, Target] = {}
        self.hashes: dict[int, set[str]] = {}
        #: The sources that have not answered since an undo.
        self.unread: set[str] = set()
        #: Taken down before the first answer.
        self.first: Target | None = wanted

    @rule(wanted=TARGETS)
    def take_down(self, wanted: Target) -> None:
        """The operator takes something down, stored or not."""
        found = takedowns.find(self.db, wanted)
        number = takedowns.save(self.db, wanted, found, None, self.now)
        erase(self.db, found, number, self.now)
        self.taken[number] = wanted
        # Raw forms that several entries of a source have are no sign.
        signs = takedowns.blocks(self.db).signs
        kept = {one.named.hash for one in found if one.named.lasting(()) <= signs}
        self.hashes[number] = self.hashes.get(number, set()) | kept
        self.entries = {row.id: row.guid for row in self.db.execute(ENTRIES)}
        self.stories = {row.id: row.guid for row in self.db.execute(STORIES)}

    @rule(choice=st.integers(0, 5))
    def undo(self, choice: int) -> None:
        """The operator undoes one of the take-downs."""
        if self.taken:
            number = sorted(self.taken)[choice % len(self.taken)]

            assert takedowns.undo(self.db, number)
            del self.taken[number], self.hashes[number]
            self.marks.clear()
            self.unread = set(NAMES)

    @rule(name=st.sampled_from(NAMES))
    def ask_again(self, name: str) -> None:
        """A source answers what it answered before: only after an undo, something comes back."""
        if name not in self.unread:
            super().ask_again(name)

    @invariant()
    def nothing_that_was_taken_down_is_stored(self) -> None:
        """No entry has a guid or a page that is taken down, fits a pattern, or is as an erased one was."""
        rows = self.db.execute(sa.text("SELECT guid, own_guid, link, link_key, raw_hash FROM entry")).all()
        pages = {target.page for target in self.taken.values() if target.page}
        guids = {target.text for target in self.taken.values() if target.kind != "pattern"}
        shown = [text.casefold() for row in rows for text in (row.guid, row.own_guid, row.link) if text]
        words = [target.text.strip("*") for target in self.taken.values() if target.kind == "pattern"]

        assert [row for row in rows if row.link_key in pages or row.own_guid in guids or row.guid in guids] == []
        assert [row for row in rows if row.raw_hash in set().union(*self.hashes.values())] == []
        assert [text for text in shown for word in words if word in text and page_key(text) != "s.example"] == []

    def _answer(self, name: str, items: list[Item], *, is_json: bool) -> None:
        """A source answers: each new entry is a distinct item, and what is not blocked is stored."""
        self.answers[name], self.bodies[name] = items, as_json(items) if is_json else as_rss(items)
        if self.first:
            self.take_down(self.first)
            self.first = None
        self.now += timedelta(minutes=1)
        self.unread.discard(name)
        before = len(self.entries)
        counts = self._poll(name)

        assert (self.db.scalar(sa.text("SELECT count(*) FROM entry")) or 0) - before == counts["new"]
        assert counts["new"] <= len(distinct(items))
        assert self.taken or not counts["blocked"]


@pytest.mark.parametrize("kind", RUNS)
def test_nothing_that_was_taken_down_comes_back(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Runs of polls and take-downs: no exception, and nothing that is blocked is ever stored."""
    store = store_of(kind, tmp_path, request)
    run(Erasing, store, RUNS[kind], STEPS, 1)
    store.close()
