"""Where a link really leads: the target out of a jump link, without what only counts readers. Pure."""

from urllib.parse import parse_qsl, unquote, urlsplit

from feedsvc.normalize import web_url
from feedsvc.sanitize import policy

#: A jump link may lead to another.
MAX_JUMPS = 3


def real_url(url: str) -> str | None:
    """
    Where a web URL leads a reader, tracking parameters removed; None for a jump that only its owner can follow.

    A jump link that holds its target is replaced by it, as policy.JUMPS says. None also for a chain of them.
    """
    for _ in range(MAX_JUMPS):
        jump = _jump(url)
        if jump is None:
            return without_tracking(url)
        target = _target(url, jump)
        if target is None:
            return None if jump.is_opaque else without_tracking(url)
        url = target
    return None


def without_tracking(url: str) -> str:
    """A URL without the parameters that say where a reader came from. The others stay to the letter."""
    head, mark, query = url.partition("?")
    if not mark:
        return url
    query, hash_mark, fragment = query.partition("#")
    kept = [part for part in query.split("&") if not _is_tracking(part.partition("=")[0].lower())]
    return head + ("?" + "&".join(kept) if kept else "") + hash_mark + fragment


def _is_tracking(name: str) -> bool:
    return name in policy.TRACKING or name.startswith(policy.TRACKING_PREFIXES)


def _jump(url: str) -> policy.Jump | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    while host:
        jump = policy.JUMPS.get(host)
        if jump and parts.path.startswith(jump.path):
            return jump
        host = host.partition(".")[2]
    return None


def _target(url: str, jump: policy.Jump) -> str | None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    found = next((query[name] for name in jump.parameters if name in query), None)
    if found and "://" not in found:
        found = unquote(found)
    if found is None or "://" not in found:
        # Some write the target as it is, at the end of their own path.
        rest = unquote(url).partition("://")[2]
        at = max(rest.find("http://"), rest.find("https://")) if jump.is_in_path else -1
        found = rest[at:] if at >= 0 else None
    elif f"{jump.parameters[0]}={found}" in parts.query and parts.fragment:
        found = f"{found}#{parts.fragment}"
    return web_url(found) if found else None
