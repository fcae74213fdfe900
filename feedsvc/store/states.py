"""The state of a source: a word for programs, and a line for people. Pure."""

import shlex
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from feedsvc.fetch.guard import without_secrets
from feedsvc.normalize.wording import BLOCKED, plural, span
from feedsvc.store.backfills import BackfillState, End
from feedsvc.store.poll_states import PollState
from feedsvc.store.sources import SourceState

#: A source is: removed from the configuration; without its folder; with articles that are held back; gone (410);
#: failing; new, so that it was not polled yet; or without fault.
Condition = Literal["removed", "missing", "held", "gone", "failing", "new", "ok"]

#: In place of the next poll, for a source whose server said that the feed is gone (410).
NEVER = "not polled again unless it is asked by name"

#: Why no older page of a feed is read any more, for people.
ENDS: Mapping[End, str] = {
    "finished": "read to its end",
    "none": "its feed names no older page",
    "repeated": "ended, because a page names or repeats a page that was read before",
    "empty": "ended, because too many pages in a row had no entry",
    "full": "ended at the largest number of pages or entries",
    "refused": "ended, because its next page must not be asked for",
    "failed": "given up",
}

#: For a source that is no longer in the configuration.
NOT_CONFIGURED = "; no longer configured, what it published stays"


def condition(state: SourceState, poll: PollState | None, places: Mapping[str, str], missing: str = "") -> Condition:
    """
    The condition of a source.

    `places` are the folders and URLs of the configured sources, `missing` is the message where its folder is missing.
    """
    if state.name not in places:
        return "removed"
    if poll is None:
        return "missing" if missing else "ok" if state.held is None else "held"
    if poll.polled_at is None:
        return "new"
    if poll.error is None:
        return "ok"
    return "gone" if poll.next_due is None else "failing"


def in_words(
    state: SourceState, poll: PollState | None, places: Mapping[str, str], now: datetime, missing: str = ""
) -> str:
    """The state of a source, as a line for people."""
    if poll is None:
        said = _of_seeds(state, is_configured=state.name in places)
    else:
        said = _of_upstream(state, poll, places, now)
    return f"{said}; {missing}" if missing else said


def next_poll(poll: PollState) -> tuple[datetime | None, str]:
    """The time of an upstream's next poll, and the reason where it is not as configured: its host may have to wait."""
    due, held, why = poll.next_due, poll.held_until, poll.why
    if due is not None and held is not None and held > due:
        due, why = held, "its host said when to come again"
    return due, why or ""


def _of_seeds(state: SourceState, *, is_configured: bool) -> str:
    # As `check` counts.
    wrong = state.problems + state.plain + (is_configured and state.held is not None)
    counted = f"{plural(state.files, 'file')}, {state.entries} published, {plural(wrong, 'problem')}"
    counted += _plain_text(state) + _taken_down(state)
    if not is_configured:
        return counted + NOT_CONFIGURED
    return counted + ("" if state.held is None else _held(state.name, state.held))


def _held(name: str, number: int) -> str:
    """The seeds of a source that are held back, and the command that withdraws them."""
    stay, them = ("stays", "it") if number == 1 else ("stay", "them")
    command = f"feedsvc sources confirm {shlex.quote(name)}"
    return f"; {plural(number, 'article')} went missing at once and {stay} published; to withdraw {them}: {command}"


def _of_upstream(state: SourceState, poll: PollState, places: Mapping[str, str], now: datetime) -> str:
    counted = f"{state.entries} published, {state.a_day:.1f} a day{_plain_text(state)}{_taken_down(state)}"
    if state.name not in places:
        return counted + NOT_CONFIGURED
    if poll.url != places.get(state.name):
        counted += f"; moved for good to {without_secrets(poll.url)}, write that into the configuration"
    due, reason = next_poll(poll)
    why = f" ({reason})" if reason else ""
    following = NEVER if due is None else f"next in {span(due, now)}"
    if poll.polled_at is None:
        is_late = due is not None and due <= now
        wait = "due now; feedsvc up or feedsvc worker polls it at the next tick" if is_late else following + why
        return f"{counted}; not polled yet, {wait}"
    counted += _of_hub(poll)
    if poll.problems:
        counted += f"; {plural(poll.problems, 'problem')} in its last answer: {'; '.join(poll.problem_lines)}"
    counted += _older_pages(poll.backfill, now)
    if poll.error is None:
        return f"{counted}; polled {span(now, poll.polled_at)} ago, {following}{why}"
    last = f"last good {span(now, poll.succeeded_at)} ago" if poll.succeeded_at else "never good yet"
    return f"{counted}; failing ({plural(poll.failures, 'time')} in a row, {last}): {poll.error}; {following}{why}"


def _older_pages(backfill: BackfillState | None, now: datetime) -> str:
    """How far the older pages of a feed are read, and the end or the next page."""
    if backfill is None:
        return ""
    entries = "entry" if backfill.entries == 1 else "entries"
    read = f"{backfill.entries} older {entries} of {plural(backfill.pages, 'page')}" if backfill.pages else ""
    if backfill.ended is not None:
        end = ENDS[backfill.ended]
    elif backfill.next_due is None:
        end = "begins with its next good answer"
    else:
        end = f"next page in {span(backfill.next_due, now)}" if backfill.next_due > now else "next page due now"
    failed = f" ({backfill.error})" if backfill.error else ""
    return f"; history: {', '.join(part for part in (read, end) if part)}{failed}"


def _of_hub(poll: PollState) -> str:
    if poll.is_pushed:
        return "; pushed by its hub"
    return f"; not pushed, its hub cannot be used: {poll.hub_error}" if poll.hub_error else ""


def _taken_down(state: SourceState) -> str:
    return f"; {state.blocked} {BLOCKED}" if state.blocked else ""


def _plain_text(state: SourceState) -> str:
    return f"; {state.plain} shown as plain text, see feedsvc check" if state.plain else ""
