"""
The read half: it makes documents of stored entries.

    document ← render ← select (window)

A document is made when its content has changed, stored, and sent as it is until the next change. It is a function of
stored content and settings alone: any process, today or tomorrow, gives the same bytes.
"""

from feedsvc.publish.published import Listed
from feedsvc.publish.publisher import Publisher
from feedsvc.publish.upkeep import keep_up

__all__ = ["Listed", "Publisher", "keep_up"]
