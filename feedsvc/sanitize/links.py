"""Where a link really leads: the target out of a jump link, without what only counts readers. Pure."""

from urllib.parse import unquote, urlsplit

from feedsvc.normalize import web_url
from feedsvc.sanitize import policy
from feedsvc.sanitize.urls import is_below

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
    rest, hash_mark, fragment = url.partition("#")
    head, mark, query = rest.partition("?")
    if not mark:
        return url
    kept = [part for part in query.split("&") if not _is_tracking(part.partition("=")[0].lower())]
    return head + ("?" + "&".join(kept) if kept else "") + hash_mark + fragment


def _is_tracking(name: str) -> bool:
    return name in policy.TRACKING or name.startswith(policy.TRACKING_PREFIXES)


def _jump(url: str) -> policy.Jump | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    while host:
        jump = policy.JUMPS.get(host)
        if jump and is_below(parts.path, jump.path):
            return jump
        host = host.partition(".")[2]
    return None


def _target(url: str, jump: policy.Jump) -> str | None:
    parts = urlsplit(url)
    for name in jump.parameters:
        # Some write the target as it is: then it goes on to the end, its own parameters and all.
        _, mark, raw = f"&{parts.query}".partition(f"&{name}=http")
        if mark and raw.startswith(("://", "s://")):
            return web_url(f"http{_ended(raw, jump)}" + (f"#{parts.fragment}" if parts.fragment else ""))
        value = unquote(dict(part.partition("=")[::2] for part in parts.query.split("&")).get(name, ""))
        if (found := value if "://" in value else unquote(value)) and "://" in found:
            return web_url(found)
    rest = unquote(url).partition("://")[2]
    at = max(rest.find("http://"), rest.find("https://")) if jump.is_in_path else -1
    return web_url(rest[at:]) if at >= 0 else None


def _ended(raw: str, jump: policy.Jump) -> str:
    """A target that is written as it is, up to the first parameter that is the jump's own."""
    first, *rest = raw.split("&")
    for number, part in enumerate(rest):
        if part.partition("=")[0] in jump.own:
            return "&".join((first, *rest[:number]))
    return raw
