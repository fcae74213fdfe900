"""The explanation of a piece in words, for the command line and for the operator's page. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from feedsvc.publish.choices import FeedFacts, SelectionFacts
from feedsvc.publish.differences import Difference, Line
from feedsvc.publish.explaining import EntryFacts, Explanation, PlaceFacts, StoryFacts
from feedsvc.publish.reasons import Reason, Told
from feedsvc.texts import Texts

#: So many conditions of one decision are listed.
MOST_CONDITIONS = 10


class Said(NamedTuple):
    """A line of an explanation."""

    #: 0 for a story, 1 for an entry and its places, 2 and 3 for facts about them.
    depth: int
    text: str
    #: Changed text that follows `text`.
    change: Line = ()


def worded(found: Explanation, texts: Texts) -> Iterator[Said]:
    """The explanation, line by line."""
    return _Words(texts).explanation(found)


class _Words:
    """The words of one language."""

    def __init__(self, texts: Texts) -> None:
        self.words = texts.explain
        self.comma = texts.comma

    def _say(self, name: str, /, **values: object) -> str:
        return self.words[name].format(**values)

    def _list(self, names: Iterable[str]) -> str:
        return self.comma.join(names)

    def explanation(self, found: Explanation) -> Iterator[Said]:
        for story in found.stories:
            yield from self._story(story)
        if found.more:
            yield Said(0, self._say("more_stories", number=found.more))
        for file in found.files:
            reason = self._reason(file.reason)
            yield Said(0, self._say("file_without", path=file.path, source=file.source, reason=reason))
        if not found.is_found:
            yield Said(0, self._say("nothing"))
            for kind, names in found.searched.items():
                yield Said(1, self._say("searched", kind=self._say(f"by_{kind}"), names=self._list(names)))
        for gone in found.erased:
            by = self._say("undone") if gone.by is None else self._say("by_takedown", number=gone.by)
            at = _time(gone.at)
            yield Said(0, self._say("erased", guid=gone.guid, at=at, by=by, page=f"/articles/{gone.article_id}"))
        for done in found.blocked:
            why = self._say("why", reason=done.reason) if done.reason else ""
            at = _time(done.at)
            yield Said(0, self._say("blocked", number=done.id, at=at, kind=done.kind, target=done.target) + why)
        if found.unknown_feed is not None:
            yield Said(0, self._answer(found.unknown_feed, "unknown"))

    def _story(self, story: StoryFacts) -> Iterator[Said]:
        if story.arrived_at is None:
            yield Said(0, self._say("story_unplaced"))
        else:
            yield Said(0, self._say("story", guid=story.guid))
            yield Said(1, self._say("page", page=story.page))
            yield Said(1, self._say("arrived", at=_time(story.arrived_at)))
        for one in story.entries:
            yield from self._entry(one)
        for place in story.feeds:
            yield Said(1, self._place(place))
        if story.asked is not None and story.asked.answer != "unknown":
            yield from self._asked(story.asked)

    def _entry(self, one: EntryFacts) -> Iterator[Said]:
        kind = self._say(f"kind_{one.kind}") + ("" if one.is_configured else self._say("unconfigured"))
        title = one.title or self._say("untitled")
        yield Said(1, self._say("entry", source=one.source, kind=kind, title=title))
        if one.matched:
            yield Said(2, self._say("found_by", names=self._list(self._say(f"by_{name}") for name in one.matched)))
        for place in one.places:
            yield Said(2, self._say("polled" if one.kind == "upstream" else "file", place=place))
        now = self._say("guid_now", guid=one.own_guid) if one.own_guid not in {None, one.guid} else ""
        yield Said(2, self._say("guid", guid=one.guid) + now)
        if one.link:
            yield Said(2, self._say("link", link=one.link))
        yield Said(2, self._times(one))
        if one.is_shown:
            yield Said(2, self._say("shown"))
        else:
            yield Said(2, self._say("not_shown", reasons=self._say("semicolon").join(map(self._reason, one.reasons))))
        for note in one.notes:
            yield Said(2, self._say("note", note=self._reason(note)))
        for sign, sources in one.shares.items():
            yield Said(2, self._say("shares", sign=self._say(f"sign_{sign}"), sources=self._list(sources)))
        if one.revisions:
            times = self._list(map(_time, one.revisions))
            yield Said(2, self._say("revisions", number=len(one.revisions), times=times))
        yield from self._sanitised(one.removed, one.changed)

    def _times(self, one: EntryFacts) -> str:
        times = {
            "first_seen": one.first_seen, "published": one.published, "updated": one.updated, "edited": one.edited_at,
            "withdrawn": one.withdrawn_at,
        }  # fmt: skip
        said = (self._say(name, at=_time(at)) for name, at in times.items() if at is not None)
        return self._say("semicolon").join(said)

    def _sanitised(self, removed: Mapping[str, int], changed: Difference) -> Iterator[Said]:
        """What the sanitiser removed and changed."""
        if removed:
            elements = self._list(f"{number} {kind}" for kind, number in removed.items())
            yield Said(2, self._say("removed", elements=elements))
        if changed.is_empty:
            yield Said(2, self._say("unchanged"))
            return
        yield Said(2, self._say("changed"))
        if changed.title:
            yield Said(3, self._say("title"), changed.title)
        for line in changed.lines:
            if isinstance(line, int):
                yield Said(3, self._say("same_lines", number=line))
            else:
                yield Said(3, "", line)
        if changed.is_too_large:
            yield Said(3, self._say("too_large"))
        if changed.is_cut:
            yield Said(3, self._say("cut"))

    def _reason(self, one: Reason) -> str:
        """A reason in words, with the time of the withdrawal where there is one."""
        if one.kind == "dropped":
            said = self._say(f"rule_{one.name}", rule=one.rule)
            return said + self._conditions(one.conditions)
        if one.kind == "other":
            name = "other_fuller" if one.shown_size > one.size else "other_first"
            return self._say(name, name=one.name, shown=one.shown_size, size=one.size)
        at = "" if one.at is None else _time(one.at)
        said = self._say(f"reason_{one.kind}", name=one.name, line=one.line or 1, message=one.message, at=at)
        return said + self._say("since", at=at) if at and one.kind != "future" else said

    def _conditions(self, conditions: Sequence[Told]) -> str:
        """The conditions that decided, each with its answer."""
        if not conditions:
            return ""
        shown = [
            self._say("fits" if one.fits else "fits_not", condition=json.dumps(one.condition, ensure_ascii=False))
            for one in conditions[:MOST_CONDITIONS]
        ]
        more = len(conditions) - len(shown)
        return self._say(
            "decided", conditions=self._list(shown), more=self._say("more_conditions", number=more) if more else ""
        )

    def _place(self, place: PlaceFacts) -> str:
        """The place of a story in a feed."""
        if not place.is_seen:
            where = self._say("in_nothing")
        elif place.digest is not None:
            where = self._say("in_digest" if place.digest else "in_no_digest", guid=place.digest)
        elif place.is_in_document:
            where = self._say("in_document" if place.page is None else "in_both", page=place.page)
        else:
            where = self._say("in_archive" if place.page is not None else "in_none", page=place.page)
            where += self._say("by_quota") if place.has_quota else ""
        at = _time(place.arrived_at)
        return self._say("place", feed=place.feed, position=place.position, where=where, at=at)

    def _answer(self, feed: str, answer: str) -> str:
        return self._say("asked", feed=feed, answer=self._say(f"answer_{answer}"))

    def _asked(self, one: FeedFacts) -> Iterator[Said]:
        """The answer of the feed that was asked for, and of the feeds that it names."""
        left = "" if one.former is None else self._say("left", position=one.former)
        yield Said(1, self._answer(one.feed, one.answer) + left)
        for selection in one.selections:
            yield Said(2, self._selection(selection))

    def _selection(self, one: SelectionFacts) -> str:
        of = self._say("of_feed", feed=one.feed) if one.feed else self._say("of_this")
        if not one.by:
            return self._say("selects", of=of) + self._conditions(one.conditions)
        if one.fits is None:
            return self._say("selects_maybe", of=of)
        wanted, has = self._list(one.wanted), self._list(one.has) or self._say("none")
        return self._say(f"wants_{one.by}", of=of, wanted=wanted, has=has) + self._conditions(one.conditions)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
