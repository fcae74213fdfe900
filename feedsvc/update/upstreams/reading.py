"""Reads answers that bring entries: a worker process parses and sanitises what is new in an answer."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import tzinfo
from functools import lru_cache

from feedsvc.fetch.client import Answer
from feedsvc.identity import digest
from feedsvc.model import UpstreamSpec
from feedsvc.normalize.rewrites import rewritten
from feedsvc.sandbox import Failure, Sandbox, calls
from feedsvc.sandbox.judging import judged
from feedsvc.sandbox.shapes import Fetched, Item, ReadFeed
from feedsvc.store import Store, lookups
from feedsvc.store.polls import Due
from feedsvc.update.plain import or_text
from feedsvc.update.upstreams.programs import passed

log = logging.getLogger(__name__)

#: Goes up by one when the same answer gives other entries.
READ_VERSION = 2

#: Fields of a spec that shape no entry: how an upstream is polled, its rules, which have a digest of their own, and its
#: terms, which count when an entry is published. Every other field counts.
UNSHAPING = frozenset({"url", "policy", "every", "rules", "terms", "history", "push"})

#: Fields that an earlier release left out. They count only where they are set, so that its digests stay valid.
LATER_FIELDS = frozenset({"title", "program"})


@lru_cache(2**16)  # more than a worker usually has
def settings_of(spec: UpstreamSpec) -> str:
    """A digest of all settings that shape an entry besides what its source says."""
    counting = (one.name for one in fields(spec) if one.name not in UNSHAPING)
    values = (getattr(spec, name) for name in counting if name not in LATER_FIELDS or getattr(spec, name))
    shaping = tuple(str(value) if isinstance(value, tzinfo) else value for value in values)
    return digest(repr((shaping, READ_VERSION)).encode())


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads answers, in any thread. Each thread has a worker process of its own."""

    #: Whether to end. Asked before a program gets another entry.
    is_stopping: Callable[[], bool] = lambda: False
    _local: threading.local = field(default_factory=threading.local)
    _sandboxes: list[Sandbox] = field(default_factory=list)

    def close(self) -> None:
        """End the worker processes."""
        for sandbox in self._sandboxes:
            sandbox.__exit__()

    def read(self, store: Store, due: Due, spec: UpstreamSpec, answer: Answer, *, is_same: bool) -> ReadFeed:
        """
        An answer, parsed and sanitised. An entry whose HTML costs too much is plain text.

        `is_same` says that the stored entries were made under the current settings: those that are known stay.
        """
        known = marks = failed = frozenset[str]()
        if is_same:
            with store.read() as db:
                known = lookups.raw_hashes(db, due.source_id, spec.max_entries)
                failed = lookups.failed_rewrites(db, due.source_id) if spec.program else failed
            marks = due.marks
        return self.read_page(spec, answer, known, marks, failed)

    def read_page(
        self,
        spec: UpstreamSpec,
        answer: Answer,
        known: frozenset[str] = frozenset(),
        marks: frozenset[str] = frozenset(),
        failed: frozenset[str] = frozenset(),
    ) -> ReadFeed:
        """
        An answer, parsed. Entries with `known` hashes are not sanitised, those with these marks are only listed.

        `failed` are the hashes of the entries for which the program of the source failed.
        """
        fetched = Fetched(
            body=answer.body, content_type=answer.headers.get("content-type", ""), url=answer.url, spec=spec,
            known=known, marks=marks, link=answer.headers.get("link", ""),
        )  # fmt: skip
        if spec.program:
            return self._one_by_one(fetched, failed)
        result = self._sandbox().run(calls.read_upstream, fetched)
        return self._one_by_one(fetched) if isinstance(result, Failure) else result

    def _one_by_one(self, fetched: Fetched, failed: frozenset[str] = frozenset()) -> ReadFeed:
        """
        An answer that is parsed alone. Then its entries are sanitised one by one.

        So it is with an answer that cost its worker, and with one for a program. `failed` are the hashes of the entries
        for which the program failed.
        """
        plain = self._sandbox().run(calls.read_upstream, replace(fetched, is_sanitizing=False))
        if isinstance(plain, Failure):
            if plain.detail:
                log.error("%s: %s", fetched.spec.name, plain.detail)
            return ReadFeed(problem=plain.reason)
        made = passed(fetched.spec, plain.items, fetched.known, failed, self.is_stopping)
        items = tuple(judged(self._sanitized(item, fetched), fetched.spec) for item in made.items)
        # Without marks, the entries for which it failed are parsed again when the feed has changed.
        marks = () if made.problems else plain.marks
        return replace(plain, items=items, marks=marks, problems=(*plain.problems, *made.problems))

    def _sanitized(self, item: Item, fetched: Fetched) -> Item:
        if item.hash in fetched.known and item.rewrite is None:
            return item
        sandbox, raw = self._sandbox(), rewritten(item.raw, item.rewrite)
        result = sandbox.run(calls.sanitize_again, (raw, fetched.spec.frames))
        entry = or_text(sandbox, f"{fetched.spec.name}, {raw.guid}", result, calls.text_again, raw)
        if isinstance(entry, Failure):
            # An entry without its text is better than none. Without content, this process can sanitise it.
            entry = calls.text_again((replace(raw, content=""), entry.reason))
        return replace(item, entry=entry)

    def _sandbox(self) -> Sandbox:
        """The worker process of the current thread."""
        sandbox: Sandbox | None = getattr(self._local, "sandbox", None)
        if sandbox is None:
            sandbox = self._local.sandbox = Sandbox(workers=1)
            self._sandboxes.append(sandbox)
        return sandbox
