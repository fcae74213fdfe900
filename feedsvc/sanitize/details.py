"""An entry's details as they may be published: addresses checked, texts short and plain, numbers bounded. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from feedsvc.jumps import destination
from feedsvc.language import registered
from feedsvc.media import EPISODE_TYPES, kind_of, media_type
from feedsvc.model import Attached, Details, Enclosure
from feedsvc.normalize import cut, web_url
from feedsvc.sanitize.policy import NAME_WIDTH, TITLE_WIDTH
from feedsvc.sanitize.text import strip_markup

#: What a transcript may be for.
TRANSCRIPT_RELS = frozenset({"captions"})

#: Numbers of episodes and seasons, and seconds, are below.
MAX_NUMBER = 1_000_000

#: Every program that reads JSON holds integers below exactly (RFC 8259, 6).
MAX_LENGTH = 2**53


def checked(raw: Details) -> Details:
    """The details of an entry, without what may not be published."""
    if not raw:
        return raw
    return Details(
        alt=cut(strip_markup(raw.alt), TITLE_WIDTH) or None if raw.alt else None,
        comments=_page(raw.comments),
        license=_url(raw.license),
        via=_pages(raw.via),
        related=_pages(raw.related),
        duration=_number(raw.duration),
        episode=_number(raw.episode),
        season=_number(raw.season),
        episode_type=raw.episode_type if raw.episode_type in EPISODE_TYPES else None,
        explicit=raw.explicit if isinstance(raw.explicit, bool) else None,
        cover=_url(raw.cover),
        transcripts=tuple(found for one in raw.transcripts if (found := _attached(one))),
        chapters=_attached(raw.chapters) if raw.chapters else None,
        tags=tuple(dict.fromkeys(tag for one in raw.tags if (tag := cut(strip_markup(one), NAME_WIDTH)))),
    )


def enclosures(raw: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    """Attached media, each with a type that is one; without those that no reader plays any more."""
    whole = ((one, url) for one in raw if (url := _url(one.url)))
    typed = (replace(one, url=url, type=media_type(one.type, url), length=_bytes(one.length)) for one, url in whole)
    return tuple(one for one in typed if kind_of(one.type) != "flash")


def picture(url: str | None) -> str | None:
    """An entry's picture; None for the address of something else."""
    found = _url(url)
    return found if found and kind_of(media_type("", found, "image")) == "image" else None


def _bytes(length: int) -> int:
    return length if 0 <= length < MAX_LENGTH else 0


def _attached(raw: Attached) -> Attached | None:
    url = _url(raw.url)
    if url is None:
        return None
    rel = raw.rel if raw.rel in TRANSCRIPT_RELS else None
    return Attached(url=url, type=media_type(raw.type, url), language=registered(raw.language), rel=rel)


def _number(value: int | None) -> int | None:
    return value if isinstance(value, int) and 0 < value < MAX_NUMBER else None


def _pages(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(page for one in urls if (page := _page(one))))


def _page(url: str | None) -> str | None:
    found = _url(url)
    return destination(found) if found else None


def _url(url: str | None) -> str | None:
    return web_url(url) if url else None
