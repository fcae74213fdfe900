"""
The forms of comments in a body. Pure, linear time.

    <!-- … -->, <!-- … --!>                 HTML
    [//]: # (…), [comment]: <> (…)          a link definition without a target; its title may have several lines
    [//]: …                                 a definition of words with a name of COMMENT_NAME, without a reference
    [^_^]: …                                a footnote of that name, up to its end
    {# … #}                                 Hexo's templates
    {::comment} … {:/comment}               kramdown
    {{% comment %}} … {{% /comment %}}      Hugo

The tag `{% comment %}` of Jekyll is one of `plugins.py`.
"""

import re

import regex

#: A comment of HTML (HTML Standard, 13.2.5.43 to 52). Without an end, it extends to the end of the text.
HTML = r"<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
HTML_COMMENT = re.compile(HTML)
#: The same, escaped as text.
ESCAPED_COMMENT = re.compile(r"&lt;!--(?:-?&gt;|[\s\S]*?(?:--!?&gt;|\Z))")
COMMENT_ENDS = ("-->", "--!>")

#: The text that may precede a definition in its line; and the name of a definition.
LINE_LEAD = r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*+"
DEFINITION_NAME = r"\[(?!\^)(?:[^\[\]\n\\]|\\.){1,999}+\]:"

#: A line that continues the one before it.
_NEXT = rf"\n(?![ \t>]*+(?:\n|\Z))(?!{LINE_LEAD[1:]}\[\^?(?:[^\[\]\n\\]|\\.){{1,999}}+\]:)"
_TITLE = "|".join(
    rf"{first}(?:[^{stop}\n\\]|\\.|\\(?=\n)|{_NEXT})*+{last}"
    for first, stop, last in ((r"\(", "()", r"\)"), ('"', '"', '"'), ("'", "'", "'"))
)

#: The continuation of a footnote: text, or an indented line after blank lines.
_LINES = (
    rf"(?:{_NEXT}(?![ \t]{{0,3}}(?:\#{{1,6}}[ \t]|[>|<]|[-*+][ \t]|\d{{1,9}}[.)][ \t]|```|~~~))[^\n]++"
    r"|\n(?:[ \t>]*+\n){0,9}+(?:[ ]{4}|[ ]{0,3}\t)[ \t]*+[^\s][^\n]*+)*+"
)

#: The names that authors give to comments. Other punctuation is text: `[√]: 已完成`, `[?]: 为什么`, `[+]: 优点`.
COMMENT_NAME = r"/{2,9}+|\#{1,9}+|_{1,9}+|-{2,9}+|%{1,9}+|!--|[-<>*.;~=]_{1,3}+[-<>*.;~=]"

#: A comment as authors write it in Markdown.
DEFINITION = regex.compile(
    rf"{LINE_LEAD}(?:"
    rf"\[\^[_.oO-]{{1,3}}\^\]:[^\n]*+{_LINES}"
    rf"|\[(?P<note>\^)?+(?:[^\[\]\n\\]|\\.){{1,999}}+\]:[ \t]*+(?:\#|<>)"
    rf"(?:[ \t]*+(?:\n[ \t>]*+)?(?:{_TITLE})[ \t]*+$|(?(note)[ \t]*|(?:[ \t][^\n]*)?)$)"
    rf"|\[(?P<sign>{COMMENT_NAME})\]:[ \t]++(?![^\s]{{0,999}}[/.:\#?%@])[^\n]*+$)",
    regex.MULTILINE,
)

#: A comment of one line that CommonMark reads as text: in a paragraph, or with brackets in its title.
ONE_LINE_COMMENT = (
    r"^[ ]{0,3}(?P<line_start>\[)(?://|comment)\]:[ \t]++(?:\#|<>)"
    r"(?:[ \t]++(?:\([^\n]*\)|\"[^\n]*\"|'[^\n]*'|[^\s(\"'][^\n]*))[ \t]*(?:\n|\Z)"
)

#: A footnote that no reference shows.
SECRET_NOTE = regex.compile(rf"(?P<before>{LINE_LEAD}\[\^[_.oO-]{{1,3}}\^)(?=\]:)", regex.MULTILINE)

#: A reference to a definition.
LINK_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\](?!:)")

#: Start of a comment of a template language in Markdown → its end. Only Hexo has the first form.
TEMPLATES = {
    "hexo_comment": (r"\{\#", re.compile(r"\#\}")),
    "kramdown_comment": (r"\{::comment[ \t]{0,9}\}", re.compile(r"\{:/(?:comment)?[ \t]{0,9}\}")),
    "hugo_comment": (
        r"\{\{[<%][ \t]{0,9}comment[ \t]{0,9}[>%]\}\}",
        re.compile(r"\{\{[<%][ \t]{0,9}/[ \t]{0,9}comment[ \t]{0,9}[>%]\}\}"),
    ),
    "html_comment": ("<!--(?!-?>)", re.compile("--!?>")),
}
TEMPLATE_STARTS = "|".join(f"(?P<{name}>{start})" for name, (start, _) in TEMPLATES.items())


def without(text: str) -> str:
    """`text` without the comments that are definitions in Markdown."""
    if "]:" not in text:
        return text
    referred = frozenset(LINK_REFERENCE.findall(text))
    return DEFINITION.sub(lambda found: found[0] if found["sign"] and found["sign"] in referred else "", text)
