"""A search between polls, take-downs and all else that changes entries, against a comparison of all entries."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

import feedsvc.store.sources as source_store
from feedsvc.filters.deciding import decide
from feedsvc.filters.kinds.words import Words
from feedsvc.filters.parameters import chosen, needed
from feedsvc.filters.readable import Readable
from feedsvc.filters.terms import TERMS_VERSION
from feedsvc.identity import hashes
from feedsvc.model import SafeHtml, Terms
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.sanitize.text import plain_text
from feedsvc.store import (
    choosing,
    entries,
    entry_texts,
    feeds,
    indexing,
    memberships,
    outdated,
    placing,
    search,
    term_index,
)
from feedsvc.store.readables import readables
from feedsvc.store.schema import entry, membership, source
from feedsvc.store.schema import term_index as versions
from tests.data.world import Item
from tests.test_machine import NAMES, store_of
from tests.test_machine import run as run_machine
from tests.test_machine_takedowns import Erasing

#: Runs of the default profile, each of so many steps.
RUNS = {"sqlite": 15, "postgresql": 2}
STEPS = 20

TEXTS = (
    "新款ＧＰＵ與晶片", "iPhone15发布，芯片很快", "iphone 手机", "𠮷野家在东京", "ภาษาไทย и москва",
    "C++ 😀 ÉCOLE", "芯", "2期",
)  # fmt: skip
QUERIES = (
    "芯片", "晶片", "gpu", "GPU与", "iPhone", "15", "𠮷野", "𠮷", "ไท", "Москва", "осква", "école", "😀", "++", "手",
    "国家", "早报", "發布", "芯片很快", "平台2期", "没有的词",
)  # fmt: skip

#: Filters of views, of which indexes know all, a part, or nothing.
VIEWS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("filter", "手机|晶片+"),), (("filter_title", "^新款.*晶"), ("filterout", "发布$")),
    (("filter_description", "芯"),), (("filter_category", "新"),), (("filter_category", "体育"), ("filter", "东京")),
    (("filter", "(?i)IPHONE|新闻"),), (("search", "source:one -芯片"),), (("search", "15 category:新闻"),),
    (("search", "date:2026 芯"),), (("search", "date:..2020"),),
    (("filter_author", "国"), ("filter_title", "2期|早报")),
)  # fmt: skip

SHOWN = (
    sa.select(entry.c.id, entry.c.story_id, entry.c.title, entry.c.content, entry.c.authors, membership.c.position)
    .join(membership, membership.c.story_id == entry.c.story_id)
    .join(source, source.c.id == entry.c.source_id)
    .where(membership.c.feed_id == sa.bindparam("of_feed"), entry.c.is_shown, ~source.c.is_private)
    .order_by(membership.c.arrived_at.desc(), membership.c.position.desc())
)


class Searching(Erasing):
    """Adds steps of the index, and all ways in which the text of an entry changes."""

    @initialize()
    def begin_without_private_sources(self) -> None:
        """Begin with sources that anybody may read."""
        self.private: set[str] = set()

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS), title=st.sampled_from(TEXTS), at=st.integers(0, 3))
    def write(self, name: str, text: str, title: str, at: int) -> None:
        """A source writes a piece, or other words into a former one."""
        new = Item(guid=f"urn:{at}", title=title, text=f"<p>{text}</p>")
        others = [one for one in self.answers[name] if one.guid != new.guid]
        self._answer(name, [new, *others[:3]], is_json=False)

    @rule(number=st.integers(1, 5))
    def index(self, number: int) -> None:
        """Some entries are indexed."""
        assert term_index.prepare(self.db)
        found = indexing.newest(self.db, number)

        assert indexing.add(self.db, found) == len(found)

    @rule(name=st.sampled_from(NAMES))
    def index_late(self, name: str) -> None:
        """Entries change, or go, between the time when their terms are made and the time when they are indexed."""
        term_index.prepare(self.db)
        self.write(name, TEXTS[2], TEXTS[1], 0)
        placing.place(self.db, list(self.ids.values()), self.now)
        found = indexing.newest(self.db, 5)
        self.nothing_changes_its_guid()
        self.write(name, TEXTS[0], TEXTS[1], 0)
        indexing.add(self.db, found)

    @rule(version=st.sampled_from((term_index.UNKNOWN, TERMS_VERSION + 1)))
    def meet_another_version(self, version: int) -> None:
        """Another release made the index: an older one, or a newer one."""
        self.db.execute(sa.delete(versions))
        self.db.execute(sa.insert(versions).values(version=version))
        if version > TERMS_VERSION:
            assert not term_index.prepare(self.db)
            self.write(NAMES[0], TEXTS[2], TEXTS[3], 1)
            self.db.execute(sa.update(versions).values(version=term_index.UNKNOWN))

    @rule(text=st.sampled_from(TEXTS), at=st.integers(0, 5))
    def sanitize_again(self, text: str, at: int) -> None:
        """A new policy makes other content of an entry."""
        if found := outdated.after(self.db, 0, 100, POLICY_VERSION + 1):
            one = found[at % len(found)]
            new = replace(sanitize(one.raw), content=SafeHtml(f"<p>{text}</p>"))
            outdated.save(self.db, one.stored, new, hashes(new), POLICY_VERSION)
            memberships.assign(self.db, [one.stored.story_id])

    @rule(at=st.integers(0, 5))
    def withdraw(self, at: int) -> None:
        """A piece is withdrawn. It comes back when its source has it in another form."""
        if self.entries:
            entries.withdraw(self.db, [sorted(self.entries)[at % len(self.entries)]], self.now)

    @rule(name=st.sampled_from(NAMES))
    def hide(self, name: str) -> None:
        """A source becomes private, or public."""
        self.private ^= {name}
        terms = Terms(kind="private") if name in self.private else None
        memberships.assign(self.db, source_store.save_terms(self.db, self.ids[name], terms), now=self.now)

    @rule(name=st.sampled_from(NAMES))
    def ask_again(self, name: str) -> None:
        """A source answers what it answered before. Pieces that were withdrawn may come back."""
        if name in self.bodies:
            self._poll(name)

    @rule()
    def place(self) -> None:
        """A round of polls ends. Entries of private sources wait."""
        placing.place(self.db, list(self.ids.values()), self.now)

    @invariant()
    def nothing_changes_its_guid(self) -> None:
        """Keep the entries of now: the other machines look at guids."""
        self.entries = {row.id: row.guid for row in self.db.execute(sa.text("SELECT id, guid FROM entry"))}

    @invariant()
    def the_index_has_nothing_else(self) -> None:
        """Once all entries are indexed, the candidates are those that have the terms now."""
        feed = feeds.find(self.db, "all")
        assert feed
        if not indexing.count(self.db) and term_index.is_usable(self.db):
            every = [one for some in search.candidates(self.db, feed.id, ()) for one in some]
            for word in QUERIES:
                terms = search.terms_of_words([word])
                found = [one for some in search.candidates(self.db, feed.id, terms) for one in some]
                assert found == [one for one in every if terms <= entry_texts.terms(one.words)]

    @invariant()
    def a_search_finds_what_a_comparison_finds(self) -> None:
        """Each word, in each feed, in the same order: the last to arrive first."""
        for slug in ("all", "新闻"):
            feed = feeds.find(self.db, slug)
            assert feed
            rows = self.db.execute(SHOWN, {"of_feed": feed.id}).all()
            texts = {row.id: _readable(row.title, row.authors, plain_text(row.content)) for row in rows}
            for word in QUERIES:
                has = Words(field="any", words=(word,)).fits
                wanted = [row.position for row in rows if has(texts[row.id])]
                assert self._found(feed.id, word) == wanted

    @invariant()
    def a_view_finds_what_its_filter_fits(self) -> None:
        """Indexes narrow the filters of views, and leave out no entry that the filter fits."""
        for slug in ("all", "新闻"):
            feed = feeds.find(self.db, slug)
            assert feed
            places = [(row.position, row.story_id) for row in self.db.execute(SHOWN, {"of_feed": feed.id})]
            seen = readables(self.db, [story_id for _, story_id in places])
            for view in VIEWS:
                fits = chosen(view, UTC)
                assert fits
                wanted = [position for position, story_id in places if decide(fits, seen[story_id]).fits]
                assert list(choosing.positions(self.db, feed.id, fits, words=needed(view))) == wanted

    def _found(self, feed_id: int, word: str) -> list[int]:
        has = Words(field="any", words=(word,)).fits
        lists = search.candidates(self.db, feed_id, search.terms_of_words([word]), size=2)
        every = [one for some in lists for one in some]
        return [one.position for one in every if has(_readable(one.words.title, one.words.authors, one.words.text))]


def _readable(title: str, authors: object, text: str) -> Readable:
    names = tuple(one if isinstance(one, str) else one["name"] for one in authors)  # type: ignore[attr-defined]
    return Readable(title=title, link="", authors=names, tags=(), text=lambda: text)


@pytest.mark.parametrize("few", [2, search.FEW])
@pytest.mark.parametrize("kind", RUNS)
def test_a_search_misses_nothing(
    kind: str, few: int, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs of polls, edits, withdrawals, take-downs and steps of the index, with few and with many matches."""
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "PART", 3)
    monkeypatch.setattr(choosing, "FIRST_PART", 2)
    store = store_of(kind, tmp_path, request)
    run_machine(Searching, store, RUNS[kind], STEPS, few)
    store.close()
