"""Messages to the operator about an answer, each with what the operator can do."""

from collections.abc import Sequence

from feedsvc.fetch.client import Answer
from feedsvc.fetch.guard import without_secrets as shown
from feedsvc.fetch.walls import advice, is_page
from feedsvc.store.polls import Due

SERVER_ERROR = 500

#: Status → a remedy for the operator.
STATUS_REMEDIES = {
    401: "the server wants a password; if you have one, set headers: {Authorization: …} of the source",
    402: "the server wants to be paid",
    403: "it refuses us; ask its owner, or try another address of the feed",
    404: "look for its new address",
    406: "the server offers no format that feedsvc accepts",
    410: "the feed is gone for good; remove the source",
    429: "it is asked too often, maybe by others from this address; feedsvc waits before it asks again",
    451: "the server may not send the feed, for legal reasons",
}

#: Remedies for an answer that is no feed: for a page, and for anything else.
WRONG_ADDRESS = "if its feed has another address, set url of its source to that (feedsvc discover finds it)"
ASKED_AGAIN = "it is asked again later; if this lasts, look for another address of it, or tell its owner"


def instead(problem: str, answer: Answer) -> str:
    """A message about an answer that is no feed, with a remedy."""
    if answer.wall:
        return f"{problem}: {advice(answer.wall)}"
    return f"{problem}; {WRONG_ADDRESS if is_page(answer.body) else ASKED_AGAIN}"


def restless(titles: Sequence[str]) -> list[str]:
    """A problem for entries that differ at every poll."""
    if not titles:
        return []
    if len(titles) == 1:
        return [f"1 entry differs at every poll; its date of change no longer moves: {titles[0]}"]
    return [f"{len(titles)} entries differ at every poll; their date of change no longer moves; the first: {titles[0]}"]


def status_message(due: Due, answer: Answer) -> str:
    """A message about an answer whose status is not 200, with a remedy."""
    status = answer.status
    if answer.url != due.url:
        return f"it leads to {shown(answer.url)}, which answers {status}; see where it should lead"
    remedy = STATUS_REMEDIES.get(
        status, "it is asked again later" if status >= SERVER_ERROR else "see what its page says"
    )
    remedy = advice(answer.wall) if answer.wall else remedy
    return f"the server answers {status}; {remedy}"
