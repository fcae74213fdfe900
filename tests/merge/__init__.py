"""Tests of `feedsvc.merge`."""
