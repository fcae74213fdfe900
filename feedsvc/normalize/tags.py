"""The categories that an upstream's tags stand for. Pure."""

import html

from feedsvc.model import RawEntry, UpstreamSpec
from feedsvc.normalize.text import one_line


def categories(entry: RawEntry, spec: UpstreamSpec) -> tuple[str, ...]:
    """The categories of an entry: those that the source's `map` gives its tags, then those of the source itself."""
    wanted = dict(spec.rules.map)
    tags = (name if name in wanted else one_line(html.unescape(name)) for name in entry.tags)
    return tuple(dict.fromkeys((*(wanted[name] for name in tags if name in wanted), *spec.rules.categories)))
