"""The feed in an answer that contains more: a PHP warning before it, or a browser's web page around it. Pure."""

import html
import re

from feedsvc.errors import EntryError
from feedsvc.parse.dtd import DOCTYPE, PROLOG

#: Characters that may precede a feed and have no meaning.
LEADING_BLANKS = " \t\r\n\0\ufeff\u200b"

FEED_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)(?=[\s/>])", re.IGNORECASE)
#: The start of a feed behind other text.
FEED_START = re.compile(rf"<\?xml\s|<!DOCTYPE\s+(?:rss|rdf)\b|{FEED_ROOT.pattern}", re.IGNORECASE)
#: In a web page, the root of a feed states its version. An element of the page does not.
STATED = re.compile(r"<[^<>]*?\s(?:version|xmlns(?::\w+)?)\s*=", re.IGNORECASE)

WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
#: The form in which a browser displays plain text: as the first element of a page.
BROWSER_TEXT = re.compile(
    r"(?:<body\b[^<>]*>|<html\b[^<>]*>|</head>)\s*<pre\b[^<>]*>\s*(?=&lt;|\{|\)\]\}')", re.IGNORECASE
)
#: A link without an end tag, as a browser writes it after it read the feed as HTML.
UNENDED_LINK = re.compile(r"<link\s*/?>\s*(https?://[^<>\s]{1,2000})\s*(?=<(?!/link))", re.IGNORECASE)

#: A prefix that keeps JSON from being run as a script, or the call around JSONP.
GUARD = re.compile(
    r"\)\]\}'[^\n{]{0,10}\n?|(?:while|for)\s*\([^)]{1,5}\);|(?:/\*[^*]{0,20}\*/)?\s*[A-Za-z_$][\w$.]{0,100}\s*\(\s*(?=\{)"
)
#: The start of a JSON Feed, with a key near its start.
JSON_FEED = re.compile(r"\{\s*\"(?:version|title|items|home_page_url|feed_url)\"\s*:")

#: Largest number of characters before a feed. If there are more, it is another document.
TEXT_BEFORE_FEED = 200_000


def unwrapped(text: str) -> tuple[str, list[str]]:
    """
    The feed in an answer, and a description of what is left out. Line numbers stay the same.

    Raises EntryError for a web page without a feed.
    """
    start = len(text) - len(text.lstrip(LEADING_BLANKS))
    if text.startswith(("{", "["), start):
        return text[start:], []
    prolog = PROLOG.match(text, start)
    root = prolog.end() if prolog else start
    if WEB_PAGE.match(text, root):
        return _of_page(text)
    if FEED_ROOT.match(text, root) or DOCTYPE.match(text, root):
        return _from(text, start), []
    if (guard := GUARD.match(text, start)) and (match := JSON_FEED.match(text, guard.end())):
        return text[match.start() :], []
    end = root + TEXT_BEFORE_FEED
    if found := FEED_START.search(text, root, end):
        return _from(text, found.start()), [_text_before(text[start : found.start()])]
    if "jsonfeed.org/version" in text and (found := JSON_FEED.search(text, root, end)):
        return text[found.start() :], [_text_before(text[start : found.start()])]
    return _from(text, start), []


def _text_before(text: str) -> str:
    return f"{len(text)} characters before the feed are left out"


def _from(text: str, start: int) -> str:
    return "\n" * text.count("\n", 0, start) + text[start:]


def _of_page(page: str) -> tuple[str, list[str]]:
    problem = "a feed in a web page; the page around it is left out"
    if shown := BROWSER_TEXT.search(page, 0, TEXT_BEFORE_FEED):
        end = page.find("</pre", shown.end())
        text = html.unescape(page[shown.end() : end if end >= 0 else None])
        if JSON_FEED.match(text.removeprefix(")]}'").lstrip()) or FEED_START.match(text):
            return text.removeprefix(")]}'").lstrip(), [problem]
    for root in FEED_ROOT.finditer(page, 0, TEXT_BEFORE_FEED):
        # In a script or an attribute, it is quoted.
        if STATED.match(page, root.start()) and page[: root.start()].rstrip().endswith((">", "?")):
            text = page[root.start() :].replace("<!--[CDATA[", "<![CDATA[").replace("]]-->", "]]>")
            return "\n" * page.count("\n", 0, root.start()) + UNENDED_LINK.sub(r"<link>\1</link>", text), [problem]
    raise EntryError("a web page, not a feed; give the address of its feed")
