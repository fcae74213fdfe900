"""The upstreams whose hubs are asked to push their news."""

from collections.abc import Iterator

from feedsvc.config.problems import Places
from feedsvc.config.rights import is_public
from feedsvc.config.schema import Root, UpstreamSection
from feedsvc.errors import Problem


def pushed(root: Root) -> Iterator[str]:
    """
    The names of the upstreams at whose hubs feedsvc subscribes.

    By default, all of them on a public site: readers get news at once, and upstreams get fewer polls. A hub learns the
    address of a site that is not public only if the operator says so.
    """
    if root.site.base_url is None:
        return
    usual = is_public(root.site.base_url) if root.http.push is None else root.http.push
    for name, source in root.sources.items():
        if isinstance(source, UpstreamSection) and (usual if source.push is None else source.push):
            yield name


def unheard(root: Root, place: Places) -> Iterator[Problem]:
    """Pushes that are asked for, on a site without an address."""
    if root.site.base_url is None:
        reason = "hubs send news to site.base_url, which is not set: nothing is subscribed"
        if root.http.push:
            yield place.problem(("http", "push"), reason)
        for name, source in root.sources.items():
            if isinstance(source, UpstreamSection) and source.push:
                yield place.problem(("sources", name, "push"), reason)
