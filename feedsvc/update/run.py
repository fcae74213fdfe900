"""
An update: a run over all sources that are read from this machine, one after the other, each through the pipeline.

New entries become visible only when they are placed, at the end of the run and all at once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.errors import Problem, SourceError
from feedsvc.model import SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.store import Connection, Store, activity, delays, digests, feeds, opening, placing
from feedsvc.update import pipeline
from feedsvc.update.seeds import sharing
from feedsvc.update.seeds.source import Seeds
from feedsvc.update.terms import declare

#: Called with how many files are done since the last call, and how many there are to do.
Progress = Callable[[int, int], None]


class SourceBatch(pipeline.Batch, Protocol):
    """A batch of a source that `update` reads."""

    def __len__(self) -> int:
        """How many files were read for the batch."""


class Source(Protocol):
    """A source that `update` reads. It is used once: begin, then each batch, then finish."""

    def begin(self) -> bool:
        """Compare the source with the store. Returns whether there is news. Raises SourceError if it is unreadable."""

    def __len__(self) -> int:
        """How many files are to be read. Known once it has begun."""

    def batches(self) -> Iterator[SourceBatch]:
        """The new items, in order. The next batch may be prepared while one is saved."""

    def finish(self) -> Counter[str]:
        """Withdraw entries that are gone, once all batches are saved. Returns how many had which outcome."""

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the source now."""

    def notices(self) -> tuple[Problem, ...]:
        """Effects that the authors of files may not expect."""

    def is_failed(self) -> bool:
        """Whether nothing of the source can be read."""


class Opening(Protocol):
    """Opens a source for one update."""

    def __call__(self, *, store: Store, sandbox: Sandbox, spec: SourceSpec, now: datetime) -> Source:
        """Open the source."""


class Ending(Protocol):
    """Ends a run for all sources of one kind together, once their entries are placed."""

    def __call__(
        self, db: Connection, specs: Sequence[SourceSpec], source_ids: Sequence[int], now: datetime, /
    ) -> Mapping[str, Sequence[Problem]]:
        """Return the problems that the sources, by name, have with each other."""


def _no_ending(*_: object) -> Mapping[str, Sequence[Problem]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """A kind of source that an update reads."""

    source: Opening
    #: Called at the end of each run, even if the run has no source of this kind.
    end: Ending = _no_ending


#: The kinds of sources that an update reads. Upstream feeds are polled when they are due (`upstreams.Poller`).
SOURCES: dict[str, SourceKind] = {
    "seeds": SourceKind(source=Seeds, end=sharing.finish),  # a folder of articles: front matter and HTML or Markdown
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of an update for one source."""

    source: str
    #: How many files had which outcome: `new`, `draft`, `private`, `renamed`, `withdrawn`, or a reason of `merge`.
    counts: Counter[str]
    #: Everything that is wrong with the source now, in order of path.
    problems: tuple[Problem, ...]
    #: Effects that the authors of files may not expect: private articles, missing parts of addresses.
    notices: tuple[Problem, ...] = ()
    #: How many entries came into feeds.
    placed: int = 0
    #: Whether the source as a whole could not be read.
    is_failed: bool = False


def update(
    store: Store,
    sandbox: Sandbox,
    specs: Sequence[SourceSpec],
    catalogue: Catalogue,
    now: datetime,
    progress: Progress | None = None,
) -> list[Report]:
    """
    Bring the store up to what the sources hold at this moment. One update of a store runs at a time.

    One bad file is one problem, and changes nothing that was published of it before. A source that cannot be read is
    one problem, and the others go on. Raises StoreError when the database cannot be used.
    """
    with store.alone():
        opening.announce(store, catalogue, now)
        declare(store, specs, catalogue, now)
        reports = [_take_in(store, sandbox, spec, catalogue, now, progress) for spec in specs]
        with store.write() as db:
            feeds.define(db, catalogue, now)
            ids = {spec.name: source_store.find_or_add(db, spec.name) for spec in specs}
            has_future = {ids[spec.name] for spec in specs if spec.has_future}
            placed = placing.place(db, list(ids.values()), now, has_future=has_future)
            shared = _ended(db, specs, ids, now)
            opening.open_all(db)
            activity.end_imports(db)
        delays.release(store, now)
        digests.close(store, catalogue, now)
        return [_completed(report, placed[ids[report.source]], shared) for report in reports]


def _ended(
    db: Connection, specs: Sequence[SourceSpec], ids: Mapping[str, int], now: datetime
) -> Mapping[str, Sequence[Problem]]:
    """End the run for each kind. Returns the problems that sources have with each other, by source."""
    found: dict[str, Sequence[Problem]] = {}
    for name, kind in SOURCES.items():
        ours = [spec for spec in specs if spec.kind == name]
        found |= kind.end(db, ours, [ids[spec.name] for spec in ours], now)
    return found


def _completed(report: Report, placed: int, shared: Mapping[str, Sequence[Problem]]) -> Report:
    return replace(report, placed=placed, problems=(*shared.get(report.source, ()), *report.problems))


def _take_in(
    store: Store,
    sandbox: Sandbox,
    spec: SourceSpec,
    catalogue: Catalogue,
    now: datetime,
    progress: Progress | None,
) -> Report:
    """Take in one source."""
    source = SOURCES[spec.kind].source(store=store, sandbox=sandbox, spec=spec, now=now)
    counts: Counter[str] = Counter()
    try:
        has_news = source.begin()
    except SourceError as error:
        problem = Problem(place=f"source {spec.name}", reason=str(error))
        return Report(source=spec.name, counts=counts, problems=(problem,), is_failed=True)
    if not has_news:
        return Report(source=spec.name, counts=counts, problems=())
    done = 0
    for batch in source.batches():
        done += len(batch)
        with store.write() as db:
            kept = pipeline.take_in(db, batch, catalogue)
            activity.advance(db, spec.name, now, done, len(source))
        counts += kept.counts if kept else Counter()
        if progress:
            progress(len(batch), len(source))
    counts += source.finish()
    return Report(
        source=spec.name,
        counts=counts,
        problems=source.problems(),
        notices=source.notices(),
        is_failed=source.is_failed(),
    )
