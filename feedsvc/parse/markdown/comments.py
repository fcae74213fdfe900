"""
What a comment is in a body: the one table. Pure, linear time.

    <!-- … -->, <!-- … --!>                 HTML
    [//]: # (…), [comment]: <> (…)          a definition that leads nowhere; its title may go over several lines
    [//]: …                                 a definition of words under a name of signs, to which nothing refers
    [^_^]: …                                a note of that name, up to its end
    {# … #}                                 Hexo's templates
    {::comment} … {:/comment}               kramdown
    {{% comment %}} … {{% /comment %}}      Hugo

The tag `{% comment %}` of Jekyll is one of `plugins.py`.
"""

import re

#: A comment of HTML (HTML Standard, 13.2.5.43 to 52); without an end, all that is left.
HTML = r"<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
HTML_COMMENT = re.compile(HTML)
#: The same where it is text.
SHOWN = re.compile(r"&lt;!--(?:-?&gt;|[\s\S]*?(?:--!?&gt;|\Z))")
ENDS = ("-->", "--!>")

#: What may stand before a definition in its line; and its name.
LEAD = r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*+"
LABEL = r"\[(?!\^)(?:[^\[\]\n\\]|\\.){1,999}+\]:"

#: A line that goes on with what stands before it.
_NEXT = rf"\n(?![ \t>]*+(?:\n|\Z))(?!{LEAD[1:]}\[\^?(?:[^\[\]\n\\]|\\.){{1,999}}+\]:)"
_TITLE = "|".join(
    rf"{first}(?:[^{stop}\n\\]|\\.|\\(?=\n)|{_NEXT})*+{last}"
    for first, stop, last in ((r"\(", "()", r"\)"), ('"', '"', '"'), ("'", "'", "'"))
)

#: What a note of several lines goes on with: text, or an indented line behind blank ones.
_LINES = (
    rf"(?:{_NEXT}(?![ \t]{{0,3}}(?:\#{{1,6}}[ \t]|[>|<]|[-*+][ \t]|\d{{1,9}}[.)][ \t]|```|~~~))[^\n]++"
    r"|\n(?:[ \t>]*+\n){0,9}+(?:[ ]{4}|[ ]{0,3}\t)[ \t]*+[^\s][^\n]*+)*+"
)

#: A comment as authors write it in Markdown.
DEFINITION = re.compile(
    rf"{LEAD}(?:"
    rf"\[\^[_.oO-]{{1,3}}\^\]:[^\n]*+{_LINES}"
    rf"|\[(?P<note>\^)?+(?:[^\[\]\n\\]|\\.){{1,999}}+\]:[ \t]*+(?:\#|<>)"
    rf"(?:[ \t]*+(?:\n[ \t>]*+)?(?:{_TITLE})[ \t]*+$|(?(note)[ \t]*|(?:[ \t][^\n]*)?)$)"
    r"|\[(?P<sign>(?:[^\w\[\]\n^]|_){1,99}+)\]:[ \t]++(?![^\s]{0,999}[/.:\#?%@])[^\n]*+$)",
    re.MULTILINE,
)

#: A comment of one line that CommonMark takes for text: one in a paragraph, or with brackets in its title.
LINE = (
    r"^[ ]{0,3}\[(?://|comment)\]:[ \t]++(?:\#|<>)"
    r"(?:[ \t]++(?:\([^\n]*\)|\"[^\n]*\"|'[^\n]*'|[^\s(\"'][^\n]*))[ \t]*(?:\n|\Z)"
)

#: A note that no reference shows.
SECRET_NOTE = re.compile(rf"(?P<before>{LEAD}\[\^[_.oO-]{{1,3}}\^)(?=\]:)", re.MULTILINE)

#: A reference to a definition.
REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\](?!:)")

#: How a comment of a template language begins in Markdown → how it ends. Hexo alone has the first.
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
    """`text` without the comments that Markdown has for definitions."""
    if "]:" not in text:
        return text
    referred = frozenset(REFERENCE.findall(text))
    return DEFINITION.sub(lambda found: found[0] if found["sign"] and found["sign"] in referred else "", text)
