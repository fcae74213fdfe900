"""The rules of an upstream: when they change, its stored entries are judged again."""

import logging
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.filters.rules import is_kept
from feedsvc.identity import digest
from feedsvc.model import Rules, UpstreamSpec
from feedsvc.normalize.tags import categories
from feedsvc.store import Store, entries, feeds, memberships, placing

log = logging.getLogger(__name__)


#: Goes up by one when the same rules give another result for the same entries.
RULES_VERSION = 3


def rules_of(spec: UpstreamSpec) -> str:
    """A digest of all rules of a source. The version counts only where a rule judges an entry."""
    version = () if spec.rules == Rules(categories=spec.rules.categories) else (RULES_VERSION,)
    rules = (getattr(spec.rules, one.name) for one in fields(spec.rules))
    return digest(repr((*rules, *version)).encode())


def judge_again(store: Store, specs: Iterable[UpstreamSpec], catalogue: Catalogue, now: datetime) -> None:
    """Judge again all entries of the sources whose rules changed, one transaction a source."""
    with store.read() as db:
        known = source_store.rules(db)
    for spec in specs:
        source_id, rules = known.get(spec.name, (0, None))
        if rules is not None and rules != rules_of(spec):
            _judge(store, source_id, spec, catalogue, now)


def _judge(store: Store, source_id: int, spec: UpstreamSpec, catalogue: Catalogue, now: datetime) -> None:
    with store.write() as db:
        story_ids, reworded = entries.judge(
            db,
            source_id,
            lambda one: is_kept(one, spec.rules.keep, spec.rules.drop),
            lambda raw: categories(raw, spec),
        )
        feeds.define(db, catalogue, now)
        memberships.assign(db, story_ids, now=now)
        memberships.touch(db, reworded)
        placing.place(db, [source_id], now)
        source_store.save_rules(db, source_id, rules_of(spec))
    log.info("source %s: its new rules change where %d entries are shown", spec.name, len(story_ids))
