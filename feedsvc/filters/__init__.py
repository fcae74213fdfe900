"""Filters: which stored entries are shown. Pure."""
