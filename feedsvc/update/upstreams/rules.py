"""What of an upstream is shown, and where: judged anew, from what is stored, when its rules change."""

import logging
from collections.abc import Iterable
from datetime import datetime

import feedsvc.store.sources as source_store
from feedsvc.identity import digest
from feedsvc.model import Rule, UpstreamSpec
from feedsvc.parse.upstream import categories, is_kept, slow_rule
from feedsvc.store import Store, entries, feeds, memberships
from feedsvc.update import Catalogue

log = logging.getLogger(__name__)


def rules_of(spec: UpstreamSpec) -> str:
    """A digest of all that says what of a source is shown, and where."""
    return digest(repr((spec.keep, spec.drop, spec.map, spec.categories)).encode())


def judge_again(store: Store, specs: Iterable[UpstreamSpec], catalogue: Catalogue, now: datetime) -> None:
    """Judge all entries of those sources whose rules changed, a transaction a source."""
    with store.read() as db:
        known = source_store.rules(db)
    for spec in specs:
        source_id, rules = known.get(spec.name, (0, None))
        if rules is not None and rules != rules_of(spec):
            _judge(store, source_id, spec, catalogue, now)


def _judge(store: Store, source_id: int, spec: UpstreamSpec, catalogue: Catalogue, now: datetime) -> None:
    slow: set[Rule] = set()
    with store.write() as db:
        story_ids = entries.judge(
            db, source_id, lambda raw: is_kept(raw, spec, slow), lambda raw: categories(raw, spec)
        )
        feeds.define(db, catalogue.specs, catalogue.categories, now)
        memberships.assign(db, story_ids, now=now)
        memberships.place(db, [source_id], now)
        source_store.save_rules(db, source_id, rules_of(spec))
    log.info("source %s: %d entries are shown otherwise, by its new rules", spec.name, len(story_ids))
    for rule in slow:
        log.warning("source %s: %s", spec.name, slow_rule(rule))
