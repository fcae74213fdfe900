"""The write half: what sources have, into the store. `pipeline` is the flow, `seeds/` and `upstreams/` what differs."""

from feedsvc.update.pipeline import Progress
from feedsvc.update.run import Report, update

__all__ = ["Progress", "Report", "update"]
