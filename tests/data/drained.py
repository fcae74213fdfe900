"""The results of a round of polls."""

from feedsvc.update.upstreams import Poller, Taken


def drained(poller: Poller) -> list[Taken]:
    """Poll until nothing is due. The results."""
    taken: list[Taken] = []
    poller.drain(taken.append)
    return taken
