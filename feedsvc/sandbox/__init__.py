"""Runs pure functions in worker processes that may be killed: `pool` has the workers, `jobs` the functions."""

from feedsvc.sandbox.pool import BATCH, Failure, Limits, Sandbox

__all__ = ["BATCH", "Failure", "Limits", "Sandbox"]
