"""
Gives each seed file of a source its final guid, and so finds the stored entry of its item.

A file keeps the guid that it had. Under a new name it has the guid of the file that is gone and had its content. Else
the file has the guid of its own choice, unless another file has that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from feedsvc.errors import Problem
from feedsvc.identity import bounded, distinct_guid, mint_guid
from feedsvc.model import RawEntry, SourceSpec
from feedsvc.sandbox.shapes import Item
from feedsvc.sources.seeds import Stamp
from feedsvc.store import Connection, lookups
from feedsvc.store.facts import Facts
from feedsvc.store.seed_files import OUTDATED, SeedFile
from feedsvc.update.pipeline import Match, Matched


class Guids:
    """The guids of a source's files. Each file that is read is settled once; then its item can be matched."""

    def __init__(
        self,
        spec: SourceSpec,
        known: Mapping[str, SeedFile],
        found: Mapping[str, Stamp],
        moved: Mapping[str, str] | None = None,
        *,
        is_same: bool = False,
    ) -> None:
        self.spec = spec
        #: Whether what is stored was made under the settings of now.
        self.is_same = is_same
        self.known = known
        #: New path → the path that had its content, and has another now.
        self.moved = moved or {}
        away = {path: file for path, file in known.items() if path not in found}
        # A run that was cut off in the middle of a rename left both names with the same entry.
        carried_on = {file.entry_id for path, file in known.items() if path in found and file.entry_id is not None}
        #: Former names of files that turned up under another.
        self.renamed = {path for path, file in away.items() if file.entry_id in carried_on}
        away = {path: file for path, file in away.items() if path not in self.renamed}
        #: Files that the last run found, and that are gone now.
        self.vanished = {path: file for path, file in away.items() if not file.is_gone}
        self.owners = {file.guid: path for path, file in known.items() if file.guid and path in found}
        self.owners |= {guid: new for new, old in self.moved.items() if (guid := known[old].guid)}
        #: Raw hash → the files that are gone and had it. First those that went since the last run, then by path.
        self._by_hash = defaultdict[str, list[str]](list)
        for path, file in sorted(away.items(), key=lambda one: (one[1].is_gone, one[0])):
            if file.guid and not file.problem:
                self._by_hash[file.raw_hash].append(path)
        #: New path → its former path, from that list. Of several equal files, each has another former path.
        self._former: dict[str, str] = {}
        #: The guid that each file that was read would choose.
        self.chosen: dict[str, str] = {}
        self._by_guid = {file.guid: path for path, file in away.items() if file.guid}

    def match(self, db: Connection, source: Facts, items: Sequence[Item]) -> Matched:
        """The stored entries of some items. `settle` gave each item the guid that it has for good."""
        stored = lookups.look_up(db, source.id, [item.raw.guid for item in items])
        return Matched(matches=[Match(item, stored.get(item.raw.guid)) for item in items])

    def is_as_known(self, file: SeedFile) -> bool:
        """Whether a file has the content that it had, under the same settings and the same path."""
        old = self.known.get(file.path)
        if old is None or not self.is_same or old.is_gone or old.problem or file.problem or old.fallback:
            return False
        if old.mtime_ns == OUTDATED:
            return False
        return old.raw_hash == file.raw_hash and file.path not in self.moved.values()

    def adopted_link(self, file: SeedFile) -> str | None:
        """The link that a file's entry has in a feed that was taken over. A renamed file keeps it."""
        if file.path in self.moved.values():
            return None
        former = self.known.get(self.moved.get(file.path, file.path)) or self._by_content(file.path, file.raw_hash)
        return former.adopted_link if former else None

    def settle(self, path: str, raw_hash: str, raw: RawEntry) -> str | None:
        """The guid of a file for good; None when it states a guid that another file has."""
        guid = self._known(path) or self._former_guid(path, raw_hash) or self._free(path, raw_hash, raw)
        if guid is None:
            return None
        self.chosen[path] = raw.guid
        self.owners[guid] = path
        if former := self._by_guid.pop(guid, None):
            self.renamed.add(former)
            self.vanished.pop(former, None)
        return guid

    def former(self, guid: str | None) -> SeedFile | None:
        """The file that is gone and had this guid, which a private file states: the same file under another name."""
        path = self._by_guid.pop(guid, None) if guid else None
        if path is None:
            return None
        self.renamed.add(path)
        self.vanished.pop(path, None)
        return self.known[path]

    def shared(self) -> list[Problem]:
        """A problem for each file that wants a guid that another file has. It is published under a guid of its own."""
        return [
            Problem(place=str(PurePosixPath(self.spec.path, path)), reason=taken(guid, self.owners[guid]), line=1)
            for path, guid in sorted(self.chosen.items())
            if self.owners.get(guid, path) != path and not self._is_former_name(path, guid)
        ]

    def _is_former_name(self, path: str, guid: str) -> bool:
        """Whether `guid` was minted from this path for another file, which has another path now."""
        is_minted = guid == bounded(mint_guid(self.spec.tag, self.spec.name, path))
        return is_minted and self.chosen.get(self.owners[guid]) != guid

    def _known(self, path: str) -> str | None:
        if path in self.moved.values():
            return None
        file = self.known.get(self.moved.get(path, path))
        return file.guid if file else None

    def _former_guid(self, path: str, raw_hash: str) -> str | None:
        former = self._by_content(path, raw_hash)
        return former.guid if former else None

    def _by_content(self, path: str, raw_hash: str) -> SeedFile | None:
        """A file that is gone and had this content, unless another file has taken its guid by now."""
        while path not in self._former or self.known[self._former[path]].guid not in self._by_guid:
            if not self._by_hash[raw_hash]:
                return None
            self._former[path] = self._by_hash[raw_hash].pop(0)
        return self.known[self._former[path]]

    def _free(self, path: str, raw_hash: str, raw: RawEntry) -> str | None:
        if self.owners.get(raw.guid, path) == path:
            return raw.guid
        return None if raw.is_guid_stated else distinct_guid(raw.guid, raw_hash)


def taken(guid: str, owner: str) -> str:
    """The problem of a file that wants the guid of another file."""
    return f"the guid {guid} is that of {owner}; give one of them another"
