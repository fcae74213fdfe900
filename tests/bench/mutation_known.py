"""Mutations that no test can notice, or that need none: module → change → why."""

from collections.abc import Mapping

KNOWN: Mapping[str, Mapping[str, str]] = {}
