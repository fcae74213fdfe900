"""`/embed/<slug>`: the newest entries of a feed for a frame in another page, and a page with the code for that."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from markupsafe import escape
from werkzeug.datastructures import MultiDict

#: Entries in a frame: usually, and at most.
USUAL_ITEMS, MOST_ITEMS = 10, 50

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """The parameters of a frame."""

    items: int = USUAL_ITEMS
    theme: str = "auto"
    has_images: bool = False

    @property
    def query(self) -> str:
        """The parameters that differ from the usual ones, as a query with its `?`; empty without any."""
        given = {"items": self.items, "theme": self.theme, "images": int(self.has_images)}
        usual = {"items": USUAL_ITEMS, "theme": "auto", "images": 0}
        differing = {name: value for name, value in given.items() if value != usual[name]}
        return f"?{urlencode(differing)}" if differing else ""


def asked(given: MultiDict[str, str]) -> Embed:
    """The parameters of a query: a value that is not allowed counts as the usual one, so that no frame stays empty."""
    items, theme = given.get("items", ""), given.get("theme", "")
    is_number = items.isascii() and items.isdigit() and len(items) < len("1000")
    return Embed(
        items=min(max(1, int(items)), MOST_ITEMS) if is_number else USUAL_ITEMS,
        theme=theme if theme in THEMES else "auto",
        has_images=given.get("images") in {"1", "true"},
    )


def embed_url(base: str, slug: str, embed: Embed) -> str:
    """The address of a frame."""
    return f"{base}/embed/{quote(slug, safe='')}{embed.query}"


def snippet(address: str, title: str) -> str:
    """The HTML to put into another page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="400" loading="lazy" '
        'style="border:0"></iframe>'
    )
