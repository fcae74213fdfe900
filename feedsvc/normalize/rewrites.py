"""A raw entry with the parts that an external program replaced. Pure."""

from dataclasses import fields, replace

from feedsvc.model import RawEntry, Rewrite


def rewritten(raw: RawEntry, rewrite: Rewrite | None) -> RawEntry:
    """The raw entry from which the published one is made. The source's own form is stored beside it."""
    if rewrite is None:
        return raw
    replaced = {one.name: getattr(rewrite, one.name) for one in fields(rewrite) if one.name != "is_failed"}
    return replace(raw, **{name: value for name, value in replaced.items() if value is not None})
