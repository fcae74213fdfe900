"""The write half, from sources into the store: `pipeline` is the flow; `seeds/` and `upstreams/` are the sources."""

from feedsvc.update.run import Progress, Report, update

__all__ = ["Progress", "Report", "update"]
