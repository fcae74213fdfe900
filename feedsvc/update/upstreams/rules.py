"""What of an upstream is shown, and where: judged anew, from what is stored, when its rules change."""

import logging
from collections.abc import Iterable
from datetime import datetime

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.filters.rules import is_kept, slow_rule
from feedsvc.identity import digest
from feedsvc.model import Rule, UpstreamSpec
from feedsvc.parse.upstream import categories
from feedsvc.store import Store, entries, feeds, memberships

log = logging.getLogger(__name__)


#: Goes up by one when the same rules judge the same entries otherwise.
RULES_VERSION = 1


def rules_of(spec: UpstreamSpec) -> str:
    """A digest of all that says what of a source is shown, and where."""
    version = (RULES_VERSION,) if spec.keep or spec.drop or spec.map else ()
    return digest(repr((spec.keep, spec.drop, spec.map, spec.categories, *version)).encode())


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
            db, source_id, lambda one: is_kept(one, spec.keep, spec.drop, slow), lambda raw: categories(raw, spec)
        )
        feeds.define(db, catalogue, now)
        memberships.assign(db, story_ids, now=now)
        memberships.place(db, [source_id], now)
        source_store.save_rules(db, source_id, rules_of(spec))
    log.info("source %s: %d entries are shown otherwise, by its new rules", spec.name, len(story_ids))
    for rule in slow:
        log.warning("source %s: %s", spec.name, slow_rule(rule))
