"""Upstream feeds: `poller` claims and fetches, `answers` tells what an answer means, `identity` who its items are."""

from feedsvc.update.upstreams.answers import Taken
from feedsvc.update.upstreams.poller import Poller

__all__ = ["Poller", "Taken"]
