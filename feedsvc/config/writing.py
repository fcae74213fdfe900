"""Writes lines of a configuration."""

import json
from collections.abc import Mapping, Sequence

import yaml

from feedsvc.filters import forms
from feedsvc.model import Filter

#: No line is broken: a text in quotes over several lines is hard to read.
WIDTH = 10_000


def feed_lines(slug: str, selection: Mapping[str, Sequence[str]], filters: Sequence[Filter]) -> str:
    """
    The lines of a defined feed with these filters, in their canonical form.

    `selection` is what else the feed selects, e.g. `{"categories": ["手机"]}`.
    """
    section = {name: list(values) for name, values in selection.items() if values}
    section |= {"filters": json.loads(forms.canonical(filters))}
    return yaml.safe_dump({"feeds": {slug: section}}, allow_unicode=True, sort_keys=False, width=WIDTH)
