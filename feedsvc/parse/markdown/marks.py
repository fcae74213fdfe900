"""
The positions of tags, comments and code in a body, in one pass. Pure.

Fenced code and inline code are skipped.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum, auto

import regex

from feedsvc.parse.markdown import comments, plugins, standalone
from feedsvc.parse.markdown.code import in_code_blocks

#: The arguments of a tag. They end with the paragraph.
ARGS = r"(?:[^%{\n]|%(?!\})|\{(?!%)|\n(?![ \t]*\n))*+"

#: The arguments of a shortcode. They end with the paragraph too. Quoted text may contain any character.
_QUOTED = "|".join(
    rf"{before}{quote}(?:[^{quote}\n{{]|\{{(?!\{{[<%])|\n(?![ \t]*\n))*+{quote}"
    for before, quote in (("", '"'), ("", "`"), ("(?<==)", "'"))
)
GIVEN = rf"(?:{_QUOTED}|[^{{}}<>%\n]|%(?!\}}\}})|\n(?![ \t]*\n))*+"

#: A kramdown line with attributes for the element before it. A table of contents replaces a list with one item.
ATTRIBUTE_LINE = (
    r"^(?:(?:(?<=\n\n)|(?<![\s\S]))[ \t]{0,9}(?:[-*+]|\d{1,9}[.)])[ \t]+[^\n]{1,40}\n(?=[ \t]*\{:[ \t]*toc))?"
    r"[ \t>]{0,99}(?P<attributes_start>\{):"
    r"(?:[ \t]{0,9}(?:toc|[.#][\w-]++|[\w-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+')))++[ \t]{0,9}\}[ \t]*$"
)

#: The start and the end of a tag.
TAG_START, TAG_END = r"\{%[-+]?\s{0,9}", r"\s{0,9}[-+]?%\}"

#: The start of a tag, of code, or of a comment of the template language.
MARKDOWN_TOKEN = regex.compile(
    r"^(?P<lead>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+)(?P<fence>`{3,}+(?=[^`\n]*$)|~{3,}+)(?P<info>[^\n]*)"
    rf"|(?P<attributes>{ATTRIBUTE_LINE})|(?P<line>{comments.ONE_LINE_COMMENT})"
    r"|\\[\\`]"
    r"|(?P<ticks>`++)"
    rf"|{TAG_START}(?P<name>[A-Za-z_][\w.-]{{0,60}}+)(?P<args>{ARGS})%\}}"
    rf"|(?P<comment>{comments.TEMPLATE_STARTS})"
    rf"|\{{\{{[<%][ \t]{{0,9}}(?P<shortcode>[a-z]{{1,20}})(?![\w-])(?P<given>{GIVEN})[>%]\}}\}}",
    regex.MULTILINE,
)

#: The same in HTML, where code is an element.
HTML_TOKEN = regex.compile(
    r"(?P<code><(?P<element>pre|code)\b)"
    rf"|{TAG_START}(?P<name>[A-Za-z_][\w.-]{{0,60}}+)"
    r"(?P<args>(?:[^%{<\n]|%(?!\})|\{(?!%)|\n(?![ \t]*\n))*+)%\}"
    r"|(?P<comment>(?P<hexo_comment>\{\#))",
    regex.IGNORECASE,
)

SHORTCODE_END = re.compile(r"\{\{[<%][ \t]{0,9}/[ \t]{0,9}highlight[ \t]{0,9}[>%]\}\}")
TAG_WITH_END = re.compile(rf"{TAG_START}end(?P<name>[A-Za-z_]\w{{0,60}}+){TAG_END}")
#: Inline code that is `raw` as a whole: its author wants the text between the tags.
RAW_CODE = re.compile(
    rf"\s{{0,9}}{TAG_START}raw{TAG_END}(?P<content>.*?){TAG_START}endraw{TAG_END}\s{{0,9}}", re.DOTALL
)

CLOSING = re.compile(r"^[ \t>]*+(?P<mark>`{3,}+|~{3,}+)[ \t]*$", re.MULTILINE)
UNQUOTED = re.compile(r"^(?![ \t]*+>)", re.MULTILINE)
QUOTED_BLANK_LINE = re.compile(r"\n[ \t>]*+(?=\n)")
BACKTICKS = re.compile("`++")
END_OF_LINE = re.compile(r"[ \t]*+$", re.MULTILINE)

#: Largest number of times that a body is read again because comments in it are in code. Further ones are not shown.
MAX_PASSES = 9

#: The text that may precede a tag that is a block.
BLOCK_PREFIX = re.compile(r"[ \t>]*")


class MarkKind(Enum):
    """The kind of a mark."""

    #: A tag. If it has an end tag, the content is Markdown.
    TAG = auto()
    #: A tag with an end tag, whose content is not Markdown.
    VERBATIM = auto()
    #: Inline code that is `raw` as a whole.
    RAW_CODE = auto()
    #: A caption before fenced code.
    CAPTION = auto()
    #: A comment of the template language, or another part that shows nothing.
    COMMENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A part of a body that is not shown as it is written."""

    kind: MarkKind
    start: int
    end: int
    name: str = ""
    args: str = ""
    #: The content of a mark of another kind than TAG.
    content: str = ""
    #: The text before a caption in its line.
    lead: str = ""
    #: The kind of a comment, and the position at which it starts in its line.
    comment: str = ""
    at: int = 0


class Scan:
    """One pass over a body. Positions ahead are found in lists that are made once, so the time is linear."""

    def __init__(self, body: str, *, is_hexo: bool, is_markdown: bool) -> None:
        self.body, self.is_hexo = body, is_hexo
        self.token = MARKDOWN_TOKEN if is_markdown else HTML_TOKEN
        self.is_markdown = is_markdown
        self.ends: dict[str, list[tuple[int, int]]] = {}
        for end in TAG_WITH_END.finditer(body):
            self.ends.setdefault(end["name"], []).append((end.start(), end.end()))
        self.shortcode_ends = [end.span() for end in SHORTCODE_END.finditer(body)]
        self.runs: dict[int, list[int]] = {}
        self.blanks: list[int] = []
        self.unquoted: list[int] | None = None
        if is_markdown:
            for run in BACKTICKS.finditer(body):
                self.runs.setdefault(len(run[0]), []).append(run.start())
            self.blanks = [blank.start() for blank in QUOTED_BLANK_LINE.finditer(body)]
        self.has_code_ends = True
        #: The next end of each kind of comment; None if there is no other.
        self.comment_ends: dict[str, re.Match[str] | None] = {}
        #: The starts of comments that are in code.
        self.code_starts: set[int] = set()

    def marks(self) -> list[Mark]:
        """The tags outside of code, in order."""
        found = self._pass()
        for _ in range(MAX_PASSES if self.is_markdown else 0):
            # Markdown decides which lines are code, after the contents of comments are gone.
            if not (in_code := self._in_code(found)):
                break
            self.code_starts |= in_code
            self.comment_ends = {}
            found = self._pass()
        return found

    def _in_code(self, marks: list[Mark]) -> set[int]:
        """The starts of comments and attributes that are in indented code or in HTML code."""
        # Nunjucks reads its comments in code too.
        hiding = [mark for mark in marks if mark.comment not in {"", "hexo_comment"}]
        if not hiding:
            return set()
        ends = [0, *(mark.end for mark in hiding)]
        starts = [*(mark.at for mark in hiding), len(self.body)]
        blocks, elements = in_code_blocks([self.body[end:start] for end, start in zip(ends, starts, strict=True)])
        return {
            mark.at
            for number, mark in enumerate(hiding)
            # In an element, browsers read comments of HTML.
            if number in blocks or (number in elements and mark.comment != "html_comment")
        }

    def _pass(self) -> list[Mark]:
        found, at = list[Mark](), 0
        while token := self.token.search(self.body, at):
            at = token.end()
            if not self.is_markdown and token["code"]:
                at = self._html_code_end(token)
            elif self.is_markdown and token["fence"]:
                found += self._captions(token)
                at = self._fence_end(token)
            elif self.is_markdown and token["ticks"]:
                at = self._span_end(token)
                found += self._raw_code(token.end(), at - len(token["ticks"]))
            elif token["comment"]:
                if token.start() not in self.code_starts and (end := self._comment_end(token)) is not None:
                    start, kind = token.start(), _kind_of_comment(token)
                    found.append(Mark(kind=MarkKind.COMMENT, start=start, end=end, comment=kind, at=start))
                    at = end
            elif (mark := self._other(token) if self.is_markdown else None) is not None:
                found.append(mark)
                at = mark.end
            elif token["name"] and len(token["args"]) <= plugins.MAX_ARGS:
                mark = self._mark(token)
                at = mark.end
                found.append(mark)
        return found

    def _mark(self, token: regex.Match[str]) -> Mark:
        name, args = token["name"], token["args"].strip().removesuffix("-").strip()
        if plugins.is_verbatim(name) and (ends := self.ends.get(name)):
            index = bisect_left(ends, (token.end(), 0))
            if index < len(ends):
                start, end = ends[index]
                content = self.body[token.end() : start]
                return Mark(kind=MarkKind.VERBATIM, start=token.start(), end=end, name=name, args=args, content=content)
        return Mark(kind=MarkKind.TAG, start=token.start(), end=token.end(), name=name, args=args)

    def _other(self, token: regex.Match[str]) -> Mark | None:
        """The mark for syntax that only Markdown has."""
        if comment := "attributes" if token["attributes"] else "line" if token["line"] else "":
            at = token.start(f"{comment}_start")
            is_code = at in self.code_starts
            start, end = token.span()
            return None if is_code else Mark(kind=MarkKind.COMMENT, start=start, end=end, comment=comment, at=at)
        return self._shortcode(token) if token["shortcode"] else None

    def _shortcode(self, token: regex.Match[str]) -> Mark | None:
        """A shortcode of Hugo that shows the same as a tag of that name."""
        name, args, end = token["shortcode"], token["given"].strip().removesuffix("/").strip(), token.end()
        if name == "highlight":
            index = bisect_left(self.shortcode_ends, (end, 0))
            if index == len(self.shortcode_ends):
                return None
            last, after = self.shortcode_ends[index]
            content = self.body[end:last]
            return Mark(kind=MarkKind.VERBATIM, start=token.start(), end=after, name=name, args=args, content=content)
        if name not in standalone.SHORTCODES or len(args) > plugins.MAX_ARGS:
            return None
        return Mark(kind=MarkKind.TAG, start=token.start(), end=end, name=name, args=args)

    def _fence_end(self, token: regex.Match[str]) -> int:
        limit = len(self.body)
        if ">" in token["lead"]:
            limit = self._quotation_end(token.end())
        fence = token["fence"]
        at = token.end()
        while closing := CLOSING.search(self.body, at, limit):
            if closing["mark"][0] == fence[0] and len(closing["mark"]) >= len(fence):
                return closing.end()
            at = closing.end()
        return limit

    def _quotation_end(self, at: int) -> int:
        if self.unquoted is None:
            self.unquoted = [line.start() for line in UNQUOTED.finditer(self.body)]
        index = bisect_left(self.unquoted, at + 1)
        return self.unquoted[index] if index < len(self.unquoted) else len(self.body)

    def _span_end(self, token: regex.Match[str]) -> int:
        """The end of inline code. Without an end in its paragraph, the backticks are text."""
        length = len(token["ticks"])
        runs = self.runs.get(length, [])
        index = bisect_left(runs, token.end())
        if index == len(runs):
            return token.end()
        blank = bisect_left(self.blanks, token.end())
        is_near = blank == len(self.blanks) or runs[index] < self.blanks[blank]
        return runs[index] + length if is_near else token.end()

    def _captions(self, token: regex.Match[str]) -> list[Mark]:
        """Captions of fenced code: Hexo shows the text after the language, a title and a link."""
        lead, info = token["lead"], re.sub(r"^(?:\{[^{}]*\}|\{.*|\S*)", "", token["info"].strip())
        if not self.is_hexo or not info.strip() or not BLOCK_PREFIX.fullmatch(lead):
            return []
        caption = plugins.fence_caption(info)
        start = token.start()
        return [Mark(kind=MarkKind.CAPTION, start=start, end=start, lead=lead, content=caption)] if caption else []

    def _raw_code(self, start: int, end: int) -> list[Mark]:
        """The mark of inline code that is `raw` as a whole."""
        raw = RAW_CODE.fullmatch(self.body, start, end) if self.is_hexo and start < end else None
        return [Mark(kind=MarkKind.RAW_CODE, start=start, end=end, content=raw["content"])] if raw else []

    def _comment_end(self, token: regex.Match[str]) -> int | None:
        """The end of a comment of a template language, or of an HTML comment with `--!>`, which CommonMark ignores."""
        kind = _kind_of_comment(token)
        if kind == "hexo_comment" and not self.is_hexo:
            return None
        if kind not in self.comment_ends or ((end := self.comment_ends[kind]) and end.start() < token.end()):
            self.comment_ends[kind] = comments.TEMPLATES[kind][1].search(self.body, token.end())
        end = self.comment_ends[kind]
        return end.end() if end and (kind != "html_comment" or end[0] == "--!>") else None

    def _html_code_end(self, token: regex.Match[str]) -> int:
        if not self.has_code_ends:
            return token.end()
        end = re.compile(f"</{token['element']}", re.IGNORECASE).search(self.body, token.end())
        self.has_code_ends = end is not None
        return end.end() if end else token.end()


def _kind_of_comment(token: regex.Match[str]) -> str:
    return next(name for name in comments.TEMPLATES if token.groupdict().get(name))
