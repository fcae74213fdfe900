"""
Block tags in a body: `{% note %}…{% endnote %}`, of Hexo, its themes and plugins, and of Jekyll. Pure.

Hugo's shortcodes such as `{{< figure >}}` are read too, and kramdown's lines of attributes, which show nothing. Fenced
code and inline code are not changed. A tag becomes our own HTML, which a Markdown parser would change. So a placeholder
of two noncharacters and a number replaces it until the Markdown is HTML.
"""

import re
from collections import Counter

from feedsvc.parse.markdown import plugins, standalone
from feedsvc.parse.markdown.code import CLOSE, OPEN
from feedsvc.parse.markdown.marks import BLOCK_PREFIX, END_OF_LINE, Mark, MarkKind, Scan

#: Number of characters in which the text before a tag in its line is searched.
LOOK_BACK = 200

#: A placeholder for the HTML of a tag.
PLACEHOLDER = re.compile(f"<p>{OPEN}([0-9]+){CLOSE}</p>\n?|{OPEN}([0-9]+){CLOSE}")

#: The start of HTML that is not part of a paragraph.
BLOCK_STARTS = ("<p", "<figure", "<iframe")

#: Signs of syntax that only Markdown has: shortcodes, lines of attributes, comments that CommonMark reads as text.
MARKDOWN_SIGNS = ("{{<", "{{%", "{:", "--!>", "[//]:", "[comment]:")

#: Comments that begin the parts of a tag, with their titles, or end them. An icon may follow the title.
PART = re.compile(
    r"<!--[ \t]*(?P<end>end)?(?P<name>[a-z]{1,20})(?:[ \t]+(?P<title>[^\n<>@]{0,200}?))?[ \t]*"
    r"(?:@[^\n<>]{0,100}?)?[ \t]*-->"
)


class Tags:
    """The tags of a body, and their HTML."""

    def __init__(self, *, is_hexo: bool, is_markdown: bool) -> None:
        self.is_hexo, self.is_markdown = is_hexo, is_markdown
        self.shown: list[str] = []
        #: Numbers of the placeholders in paragraphs.
        self.inline: set[str] = set()

    def replaced(self, body: str) -> str:
        """`body` with its tags as Markdown and placeholders."""
        has_signs = self.is_markdown and any(sign in body for sign in MARKDOWN_SIGNS)
        if (
            "{%" not in body
            and not has_signs
            and not (self.is_hexo and ("{#" in body or "```" in body or "~~~" in body))
        ):
            return body
        marks = Scan(body, is_hexo=self.is_hexo, is_markdown=self.is_markdown).marks()
        return self._written(body, marks, _ends_of_tags(marks, frozenset() if self.is_hexo else plugins.TEMPLATE_WORDS))

    def filled(self, html: str) -> str:
        """`html` with its placeholders replaced."""
        if not self.shown:
            return html
        # Each one is used once: a body may write placeholders by character references, and their HTML may be large.
        waiting = {str(number): shown for number, shown in enumerate(self.shown)}

        def shown(found: re.Match[str]) -> str:
            one = waiting.pop(found[1] or found[2], "")
            return f"<p>{one}</p>\n" if found[1] in self.inline else one

        return PLACEHOLDER.sub(shown, html)

    def _written(self, body: str, marks: list[Mark], ends: dict[int, int]) -> str:
        pieces, at, parts = list[str](), 0, Counter[str]()
        closing: dict[int, tuple[str, str | None]] = {}
        for number, mark in enumerate(marks):
            text = body[at : mark.start]
            pieces.append(self._parted(text, parts))
            at = mark.end
            prefix = _prefix(body, mark.start)
            if number in closing:
                parts -= Counter(plugins.PART_COMMENTS.get(mark.name.removeprefix("end"), ()))
                pieces.append(self._block(*closing[number]))
            elif number in ends:
                before, after = plugins.around(mark.name, mark.args)
                closing[ends[number]] = after, prefix
                parts.update(plugins.PART_COMMENTS.get(mark.name, ()))
                pieces.append(self._block(before, prefix))
            else:
                pieces.append(self._single(body, mark, prefix))
        pieces.append(body[at:])
        return "".join(pieces)

    def _single(self, body: str, mark: Mark, prefix: str | None) -> str:
        match mark.kind:
            case MarkKind.COMMENT:
                return ""
            case MarkKind.RAW_CODE:
                return mark.content
            case MarkKind.CAPTION:
                return f"{mark.lead}\n{mark.lead}{self._placeholder(mark.content)}\n{mark.lead}\n"
            case MarkKind.VERBATIM:
                return self._verbatim(mark, prefix)
        if (path := standalone.path(mark.name, mark.args)) is not None:
            return path
        said = standalone.single(mark.name, mark.args, is_hexo=self.is_hexo)
        is_alone = prefix is not None and END_OF_LINE.match(body, mark.end) is not None
        if said is None or not (self.is_hexo or is_alone or standalone.is_sure(mark.name, said)):
            return body[mark.start : mark.end]
        if not said.startswith(BLOCK_STARTS):
            self.inline.add(str(len(self.shown)))
        return self._placeholder(said)

    def _verbatim(self, mark: Mark, prefix: str | None) -> str:
        # In Jekyll, `raw` content is rendered as Markdown. In Hexo, fenced code in it is code.
        if plugins.is_raw(mark.name) and self.is_markdown and (not self.is_hexo or "```" in mark.content):
            return mark.content
        html = plugins.verbatim(mark.name, mark.args, mark.content)
        return self._block(html, prefix) if html.startswith("<") else self._placeholder(html)

    def _parted(self, text: str, parts: Counter[str]) -> str:
        """`text` with titles in place of the comments that begin `parts`."""

        def shown(found: re.Match[str]) -> str:
            if found["name"] not in parts:
                return found[0]
            title = "" if found["end"] else (found["title"] or "").strip()
            return f"\n\n{self._placeholder(plugins.heading(title))}\n\n" if title else "\n\n"

        return PART.sub(shown, text) if parts else text

    def _block(self, html: str, prefix: str | None) -> str:
        """`html` as a block; if the tag is in a line of text, as a part of that line."""
        if prefix is None or not self.is_markdown:
            return self._placeholder(html)
        line = f"\n{prefix}"
        return f"{line}{line}{self._placeholder(html)}{line}{line}"

    def _placeholder(self, html: str) -> str:
        if not html:
            return ""
        self.shown.append(html)
        return f"{OPEN}{len(self.shown) - 1}{CLOSE}"


def _prefix(body: str, start: int) -> str | None:
    """The text before a tag in its line, if it is white space and quotation marks (`>`); else None."""
    first = max(0, start - LOOK_BACK)
    line = body.rfind("\n", first, start) + 1
    if not line and first:
        return None
    before = body[line:start]
    return before if BLOCK_PREFIX.fullmatch(before) else None


def _ends_of_tags(marks: list[Mark], passed_over: frozenset[str]) -> dict[int, int]:
    """Each tag with an end tag, by number, with the number of its end tag. Tags that are open inside have none."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    counts: dict[str, int] = {}
    for number, mark in enumerate(marks):
        name = mark.name.removeprefix("end")
        if name in passed_over:
            continue
        if name == mark.name:
            if mark.kind is MarkKind.TAG:
                opened.append(number)
                counts[name] = counts.get(name, 0) + 1
        elif counts.get(name):
            while True:
                last = opened.pop()
                counts[marks[last].name] -= 1
                if marks[last].name == name:
                    break
            pairs[last] = number
    return pairs
