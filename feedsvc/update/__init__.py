"""The write half: what sources have, into the store. `pipeline` is the flow, `seeds/` and `upstreams/` what differs."""

from feedsvc.update.run import Progress, Report, update

__all__ = ["Progress", "Report", "update"]
