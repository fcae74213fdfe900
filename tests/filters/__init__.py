"""Tests of `feedsvc.filters`."""
