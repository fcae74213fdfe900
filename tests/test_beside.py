"""Answers of colliding sources that are saved at the same time over several connections."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.model import FORMATS, FetchPolicy, Rules, UpstreamSpec
from feedsvc.publish import Publisher
from feedsvc.sandbox.jobs import read_upstream
from feedsvc.sandbox.shapes import Fetched, ReadFeed
from feedsvc.store import Store, feeds, lookups, opening, placing
from feedsvc.update import pipeline
from feedsvc.update.pipeline import Look
from feedsvc.update.upstreams.identity import ItemIdentity
from tests.conftest import NO_FEEDS
from tests.data.new_stores import new_store
from tests.data.world import DATES, FIRST, GUIDS, LINKS, TEXTS, TITLES, Item, as_rss
from tests.test_machine import NAMES, AnswerAlone

ROUNDS = 6
CATEGORIES = ("新闻", "手机")


def _answers(chance: random.Random) -> list[dict[str, list[Item]]]:
    """What each source answers in each round: few guids, links and titles, so that nearly everything collides."""
    return [
        {
            name: [
                Item(
                    guid=chance.choice(GUIDS), link=chance.choice(LINKS), title=chance.choice(TITLES),
                    text=chance.choice(TEXTS), date=chance.choice(DATES), file="",
                )
                for _ in range(chance.randint(0, 4))
            ]
            for name in NAMES
        }
        for _ in range(ROUNDS)
    ]  # fmt: skip


def _read(store: Store, source_id: int, name: str, items: Sequence[Item]) -> ReadFeed:
    spec = UpstreamSpec(
        name=name, url=f"https://{name}.example/feed", policy=FetchPolicy(user_agent="x"), timezone=UTC,
        tag="example.org,2026", rules=Rules(categories=CATEGORIES),
    )  # fmt: skip
    with store.read() as db:
        known = lookups.raw_hashes(db, source_id, 1000)
    return read_upstream(
        Fetched(body=as_rss(list(items)).encode(), content_type="", url=spec.url, spec=spec, known=known)
    )


def _published(store: Store, answers: list[dict[str, list[Item]]], *, is_beside: bool) -> dict[str, bytes]:
    """Save all answers, those of a round at the same time or one after the other. Returns all documents."""
    catalogue = replace(NO_FEEDS, categories={name: NO_FEEDS.spec(name, name) for name in CATEGORIES})
    with store.write() as db:
        feeds.define(db, catalogue, FIRST)
        opening.open_all(db)
        ids = {name: source_store.find_or_add(db, name) for name in NAMES}
    now = FIRST + timedelta(days=30)
    for answer in answers:
        now += timedelta(minutes=1)
        batches = [
            AnswerAlone(
                source_id=ids[name], items=read.items, look=Look(now=now, since=now - timedelta(minutes=1)),
                identity=ItemIdentity(now=now, others=read.known),
            )
            for name in NAMES
            if (read := _read(store, ids[name], name, answer[name])).problem is None
        ]  # fmt: skip
        if is_beside:
            with ThreadPoolExecutor(len(NAMES)) as pool:
                list(pool.map(lambda batch: pipeline.take_in_beside(store, batch, catalogue), batches))
        else:
            for batch in batches:
                with store.write() as db:
                    pipeline.take_in(db, batch, catalogue)
        with store.write() as db:
            placing.place(db, list(ids.values()), now)
    return _documents(store, catalogue, now)


def _documents(store: Store, catalogue: Catalogue, now: datetime) -> dict[str, bytes]:
    publisher = Publisher(store=store, configured=catalogue)
    with store.read() as db:
        listed = feeds.list_feeds(db)
    return {f"{feed.slug}.{form}": publisher.document(feed, form, now).body for feed in listed for form in FORMATS}


@pytest.mark.parametrize("seed", range(3))
def test_answers_beside_each_other_give_what_one_writer_gives(seed: int, tmp_path: Path, new_postgresql: str) -> None:
    """Documents have the same bytes as those of SQLite, where one answer is saved after the other."""
    answers = _answers(random.Random(seed))  # noqa: S311 - no secret
    one, beside = new_store(f"sqlite:///{tmp_path}/store.sqlite3"), new_store(new_postgresql)
    expected = _published(one, answers, is_beside=False)
    found = _published(beside, answers, is_beside=True)
    one.close()
    beside.close()

    assert len(expected) == 9
    assert found == expected
