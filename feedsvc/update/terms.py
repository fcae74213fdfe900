"""The declared terms of sources: when they change, what readers see of stored entries follows."""

import logging
from collections.abc import Iterable
from datetime import datetime

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.model import SourceSpec, UpstreamSpec
from feedsvc.store import Store, feeds, memberships

log = logging.getLogger(__name__)


def declare(store: Store, specs: Iterable[SourceSpec | UpstreamSpec], catalogue: Catalogue, now: datetime) -> None:
    """
    Record the terms of these sources, one transaction for each source whose terms changed.

    Entries of a source that becomes private leave all documents at once. Their rows, guids and positions stay, so they
    come back as they were if the source becomes public again. A source is recorded before its first entry is saved.
    """
    with store.read() as db:
        known = source_store.terms(db)
    for spec in specs:
        if known.get(spec.name) != spec.terms:
            _declare(store, spec, catalogue, now)


def _declare(store: Store, spec: SourceSpec | UpstreamSpec, catalogue: Catalogue, now: datetime) -> None:
    with store.write() as db:
        source_id = source_store.find_or_add(db, spec.name)
        story_ids = source_store.save_terms(db, source_id, spec.terms)
        if story_ids:
            # A category that only this source has may get its feed now.
            feeds.define(db, catalogue, now)
            memberships.assign(db, story_ids, now=now)
        else:
            memberships.touch_source(db, source_id)
    kind = spec.terms.kind if spec.terms else "not declared"
    log.info("source %s: its rights are %s now; %d stories were hidden or shown", spec.name, kind, len(story_ids))
