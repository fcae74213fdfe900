"""An article as plain text, for an article that no parser should see, or that parsers read in different ways. Pure."""

import html as html_text
import re
from collections.abc import Iterator

from feedsvc.elements import LINES, LINK_REL
from feedsvc.model import SafeHtml
from feedsvc.normalize import CONTROLS, xml_safe
from feedsvc.sanitize.safe import policy
from feedsvc.sanitize.safe.markup import MARKUP

#: Stands where the text of an article had to end, because it became longer: nearly all of it is references.
CUT = f"<p>{policy.PLAIN_CUT}</p>"

#: Control characters, which no text has, not even escaped: where preformatted text begins and ends.
PRE_START, PRE_END = "\x01", "\x02"


def as_text(html: str, size: int | None = None) -> SafeHtml:
    """
    `html` as plain text, a paragraph a block, code as it stands, without a parser: in linear time.

    `size` is the length of the HTML as somebody wrote it, where this is longer.
    """
    limit = max(2 * (len(html) if size is None else size), policy.MIN_GROWN) - len(CUT)
    paragraphs: list[str] = []
    for paragraph in _paragraphs(_text(html)):
        limit -= len(paragraph)
        if limit < 0:
            paragraphs.append(CUT)  # nearly all of it is references: no article that somebody wrote is cut here
            break
        paragraphs.append(paragraph)
    return SafeHtml("".join(paragraphs))


def _paragraphs(text: str) -> Iterator[str]:
    """Lines as paragraphs; what was preformatted stays so."""
    for number, marked in enumerate(re.split(f"[{PRE_START}{PRE_END}]", text)):
        part = CONTROLS.sub("", xml_safe(marked))
        if number % 2:
            code = html_text.escape(part.strip("\n").rstrip(), quote=False)
            if code.strip():
                yield f"<pre>{code}</pre>"
        else:
            for line in part.split("\n"):
                if words := " ".join(line.split()):
                    yield f"<p>{html_text.escape(words, quote=False)}</p>"


def notice(link: str | None) -> SafeHtml:
    """What stands before an article that is shown as plain text."""
    url = html_text.escape(link, quote=False).replace('"', "&quot;") if link else ""
    original = f' <a href="{url}" rel="{LINK_REL}">{policy.PLAIN_LINK}</a>' if link else ""
    return SafeHtml(f"<p>{policy.PLAIN_NOTICE}{original}</p>")


def _text(html: str) -> str:
    is_open = False

    def between(match: re.Match[str]) -> str:
        nonlocal is_open
        name = (match["tag"] or "").lower()
        if name == "pre" and is_open == bool(match["end"]):
            is_open = not is_open
            return PRE_START if is_open else PRE_END
        return "\n" if name in LINES and not (is_open and name != "br") else ""

    return re.sub(r"\r\n?", "\n", html_text.unescape(MARKUP.sub(between, xml_safe(html))))
