"""The arguments of a tag: words, settings and addresses. Pure."""

import re
from html import escape

#: A word of a tag's arguments: quoted, or up to white space.
ARGUMENT = re.compile(r""""([^"]*+)"|'([^']*+)'|(\S++)""")

#: A setting of a Hugo shortcode, or of a tag of Jekyll (`caption:"…"`). A backslash escapes a quotation mark.
SHORTCODE_SETTING = re.compile(
    r"""(?<!\S)(?:(?P<name>[a-z]{1,20})="""
    r"""|(?P<known>src|alt|title|caption|link|attr|attrlink|class|width|height)\s{0,9}[=:](?!//)\s{0,9})"""
    r"""(?:"(?P<double>(?:[^"\\]|\\[\s\S])*)"|'(?P<single>[^']*+)'|`(?P<raw>[^`]*+)`|(?P<bare>\S++))"""
)
ESCAPED_QUOTE = re.compile(r"\\([\"\\])")


def words(args: str) -> list[str]:
    """The words of a tag's arguments."""
    return [one[0] or one[1] or one[2] for one in ARGUMENT.findall(args)]


def settings(args: str) -> dict[str, str]:
    """The settings of a shortcode: `src="…" alt=…`."""
    return {
        found["name"] or found["known"]: ESCAPED_QUOTE.sub(r"\1", found["double"] or "")
        or found["single"]
        or found["raw"]
        or found["bare"]
        or ""
        for found in SHORTCODE_SETTING.finditer(args)
    }


def anchor(address: str, text: str, title: str = "") -> str:
    """A link, as HTML."""
    said = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}"{said}>{escape(text, quote=False)}</a>'


def is_address(word: str) -> bool:
    """Whether a word of a tag is an absolute address or a path of the site."""
    return word.startswith(("http://", "https://", "//", "/")) and len(word) > 1
