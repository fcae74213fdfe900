"""What an operator is told of an answer, and what can be done."""

from collections.abc import Sequence

from feedsvc.fetch.client import Answer
from feedsvc.fetch.guard import shown
from feedsvc.fetch.walls import advice, is_page
from feedsvc.store.polls import Due

SERVER_ERROR = 500

#: Status → what an operator can do.
REMEDIES = {
    401: "it wants a password; give its source headers: {Authorization: …}, if you have one",
    402: "it wants to be paid",
    403: "it refuses us; ask its owner, or see whether another address of it does not",
    404: "look for its new address",
    406: "it has no form of it that we can read",
    410: "gone for good; take it out of the sources",
    429: "it is asked too often, maybe by others from this address; it is left alone for a while, as a public host is",
    451: "it may not say why",
}

#: What an operator can do where what came is no feed: a page, or anything else.
WRONG_ADDRESS = "if its feed has another address, set url of its source to that (feedsvc discover finds it)"
NO_FEED = "it is asked again later; if this lasts, look for another address of it, or tell its owner"


def instead(problem: str, answer: Answer) -> str:
    """What came instead of a feed, and what somebody who reads it, not its author, can do."""
    if answer.wall:
        return f"{problem}: {advice(answer.wall)}"
    return f"{problem}; {WRONG_ADDRESS if is_page(answer.body) else NO_FEED}"


def restless(titles: Sequence[str]) -> list[str]:
    """What an operator is told of entries that differ at every poll."""
    if not titles:
        return []
    number = "1 entry differs" if len(titles) == 1 else f"{len(titles)} entries differ"
    return [f"{number} at every poll, and the date of change stands still; the first: {titles[0]}"]


def said(due: Due, answer: Answer) -> str:
    """What an answer with another status than 200 says, and what an operator can do."""
    status = answer.status
    if answer.url != due.url:
        return f"it leads to {shown(answer.url)}, which answers {status}; see where it should lead"
    remedy = REMEDIES.get(status, "it is asked again later" if status >= SERVER_ERROR else "see what its page says")
    remedy = advice(answer.wall) if answer.wall else remedy
    return f"the server answers {status}; {remedy}"
