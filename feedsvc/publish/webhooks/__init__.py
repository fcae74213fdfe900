"""Webhooks: each change of a feed is sent to the address that the feed's configuration names."""

from feedsvc.publish.webhooks.delivery import Deliverer

__all__ = ["Deliverer"]
