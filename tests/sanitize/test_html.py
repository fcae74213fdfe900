"""The laws of the gate, whatever arrives."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import html5lib
import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.elements import DROPPED, ELEMENTS, PUBLISHED, Check
from feedsvc.normalize import one_line, web_url, xml_safe
from feedsvc.sanitize.html import clean
from feedsvc.sanitize.safe.policy import FRAME_HOSTS, PLAYER_PATHS
from feedsvc.sanitize.safe.urls import is_frame, link_url
from feedsvc.sanitize.safe.words import text_as_html
from feedsvc.sanitize.text import plain_text, strip_markup

BASE = "https://www.example.com/a/b.htm"

law = settings(max_examples=200, deadline=None)

#: Element → its published attributes.
PUBLISHED_ATTRIBUTES = {name: ELEMENTS[name].attributes for name in PUBLISHED}

TAGS = sorted(PUBLISHED | DROPPED | {"form", "font", "section", "source", "body", "msup"})
ATTRIBUTES = sorted(
    {name for names in PUBLISHED_ATTRIBUTES.values() for name in names} | {"onclick", "style", "id", "srcset"}
)

#: Attributes that hold an address.
URL_ATTRIBUTES = {"href", "src", "poster", "cite"}

VALUES = [
    "", "x", "5", "https://example.com/a", "//example.com/b", "c.png", "javascript:alert(1)", "data:text/html,x",
    "https://www.youtube.com/embed/1", "mailto:a@example.com", "&#1;", "a&quot;b", "<b>", "https://u:p@example.com/",
]  # fmt: skip
TEXTS = [
    "a",
    " ",
    "\n",
    "\u00a0",
    "<",
    "&",
    "&lt;b&gt;",
    "&nbsp;",
    "&#0;",
    "<!--",
    "-->",
    "]]>",
    "</",
    "\x00",
    "\ud800",
    "\u2028",
    "<a href='/x'>阅读全文</a>",
    "<script type='math/tex'>x^2</script>",
    "<span class='katex-html'>",
    "</span>",
]

OPENING = st.builds(
    lambda tag, attributes: f"<{tag}" + "".join(f' {name}="{value}"' for name, value in attributes) + ">",
    st.sampled_from(TAGS),
    st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)), max_size=3),
)
CLOSING = st.sampled_from(TAGS).map("</{}>".format)

#: HTML of all the elements, allowed or not, nested and misnested.
MARKUP = st.lists(st.one_of(OPENING, CLOSING, st.sampled_from(TEXTS), st.text(max_size=4)), max_size=12).map("".join)


class Reader(HTMLParser):
    """A third parser, to see what came out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def urls(self) -> Iterator[str]:
        """Every URL, in whatever attribute."""
        for _, attributes in self.elements:
            yield from (value for name, value in attributes.items() if name in URL_ATTRIBUTES)


# --- laws ------------------------------------------------------------------------------------------------------------


@law
@given(MARKUP)
@example("<h1><section><h2>x</h2></section></h1>")
@example("<pre><a><dl>0")
@example('<video src="https://example.com/v"><a href="x">y</a></video>')
def test_sanitizing_is_settled(html: str) -> None:
    """HTML that was sanitised stays the same when it is sanitised again."""
    once = clean(html, base=BASE).whole

    assert clean(once).whole == once


@law
@given(MARKUP)
def test_only_what_the_policy_names_comes_out(html: str) -> None:
    """Only elements and attributes of the table come out."""
    pairs = {(tag, name) for tag, names in Reader(clean(html, base=BASE).whole).elements for name in ("", *names)}

    assert pairs <= {(tag, name) for tag, names in PUBLISHED_ATTRIBUTES.items() for name in ("", *names)}


@law
@given(MARKUP)
def test_every_url_that_comes_out_is_safe(html: str) -> None:
    """Links and media lead to absolute web URLs, or to a mail address."""
    urls = tuple(Reader(clean(html, base=BASE).whole).urls())

    assert all(web_url(url) == url or url == "mailto:a@example.com" for url in urls)


@law
@given(MARKUP)
def test_fixed_attributes_are_ours(html: str) -> None:
    """A fixed attribute has our value in each of its elements, for any value of the source."""
    found = Reader(clean(html, base=BASE).whole).elements

    assert all(
        attributes.get(name) == attribute.value
        for tag, attributes in found
        for name, attribute in PUBLISHED_ATTRIBUTES[tag].items()
        if attribute.check is Check.FIXED
    )


@law
@given(MARKUP)
@example("a\x00b\x0bc\ud800d\uffffe&#1;<p title='&#xB;'>")
def test_what_comes_out_can_stand_in_xml(html: str) -> None:
    """XML can hold each character that comes out, and UTF-8 can write it."""
    made = clean(html, base=BASE).whole

    assert xml_safe(made) == made
    assert made.encode().decode() == made


def _read(elements: Iterable[Any]) -> set[tuple[str, str, str]]:
    named = (one for one in elements if isinstance(one.tag, str))
    return {(one.tag, name, value) for one in named for name, value in (("", ""), *one.attrib.items())}


@law
@given(MARKUP)
@example("<b><p>x</b>y</p>")
@example("<table><b>x</b><tr><td>y")
@example("<ruby>a<rt>b<rp>c")
def test_two_parsers_read_the_same(html: str) -> None:
    """html5lib and lxml find the same elements, attributes, values and words in HTML that comes out."""
    made = clean(html, base=BASE).whole
    one = html5lib.parseFragment(made, namespaceHTMLElements=False)
    other = lxml.html.fragment_fromstring(made, create_parent="div")

    assert _read(one.iter()) - {("DOCUMENT_FRAGMENT", "", "")} == _read(other.iterdescendants())
    assert "".join(one.itertext()) == "".join(other.itertext())


@law
@given(st.text())
def test_escaped_text_comes_through_whole(text: str) -> None:
    """Text without markup loses only characters that no line of a feed can hold."""
    assert plain_text(clean(text_as_html(text)).whole) == one_line(text)


# --- shapes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "ul><li"], ids=["div", "blockquote", "b", "list"])
@pytest.mark.parametrize("depth", [100, 300])
def test_depth_loses_no_text(tag: str, depth: int) -> None:
    """HTML that is nested too deep for a parser loses its structure and keeps its words."""
    assert "words" in clean(f"<{tag}>" * depth + "words").whole


@pytest.mark.parametrize(
    "html",
    ['<img src="x">', '<a href="javascript:x">y</a>', "<audio>y</audio>", "<iframe></iframe>", '<source src="x">'],
    ids=["image", "link", "audio", "frame", "source"],
)
@pytest.mark.parametrize("player", ["video", "audio"])
def test_a_player_drops_its_fallback(player: str, html: str) -> None:
    """The content of a player, which is for old browsers, goes."""
    made = clean(f'<{player} src="https://example.com/v">{html}</{player}>').whole

    assert made == f'<{player} controls src="https://example.com/v"></{player}>'


@pytest.mark.parametrize("host", sorted(FRAME_HOSTS))
def test_frames_of_known_players_stay(host: str) -> None:
    """Every listed player is shown."""
    path = f"{PLAYER_PATHS[host][0]}x"

    assert f'src="https://{host}{path}"' in clean(f'<iframe src="http://{host}{path}"></iframe>').whole


@pytest.mark.parametrize(
    "src", ["https://archive.org/download/a/b.html", "https://www.youtube.com/redirect?q=x", "https://v.qq.com/x/page"]
)
def test_what_a_players_host_has_besides_is_a_link(src: str) -> None:
    """A page of a player's host where anybody uploads, or that leads elsewhere, is no player."""
    assert "<iframe" not in clean(f'<iframe src="{src}"></iframe>').whole


@pytest.mark.parametrize(
    "src",
    [
        "http://www.youtube.com/embed/1",
        "https://www.youtube.com@evil.example/",
        "https://www.youtube.com.evil.example/",
        "https://evil.example/www.youtube.com",
        "https://www.youtube.com:444/",
        "//www.youtube.com/",
        "",
    ],
)
def test_other_frames_are_not_known(src: str) -> None:
    """A frame is judged by its parsed host and scheme, not by how its address looks."""
    assert not is_frame(src, FRAME_HOSTS)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        pytest.param("mailto:a@example.com", "mailto:a@example.com", id="mail"),
        pytest.param("mailto:a@example.com?bcc=b@example.com&body=x", "mailto:a@example.com", id="no headers"),
        pytest.param("mailto:a@example.com,b@example.com", None, id="two addresses"),
        pytest.param("mailto:a b@example.com", None, id="space"),
        pytest.param("mailto:" + "a" * 260 + "@example.com", None, id="too long"),
        pytest.param("mailto:", None, id="nobody"),
        pytest.param("b.htm", "https://www.example.com/a/b.htm", id="relative"),
        pytest.param("javascript:alert(1)", None, id="javascript"),
    ],
)
def test_a_link_leads_to_the_web_or_one_mailbox(href: str, expected: str | None) -> None:
    """A link leads to a web address or a mail address, or is no link."""
    assert link_url(href, BASE) == expected


# --- plain text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>a</p><p>b</p>", "a b", id="paragraphs part words"),
        pytest.param("<p>a<br>b</p>", "a b", id="line breaks part words"),
        pytest.param("<p>半<b>句</b>话</p>", "半句话", id="inline elements do not"),
        pytest.param("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "漢字", id="ruby"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a b", id="cells"),
        pytest.param("a &lt; b &amp; c\u00a0d", "a < b & c d", id="references"),
        pytest.param(" \n ", "", id="blank"),
        pytest.param("", "", id="empty"),
    ],
)
def test_text_reads_as_a_person_would_read_it(html: str, text: str) -> None:
    """White space parts words at the edges of blocks, and nowhere else."""
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("<b>粗</b>体", "粗体", id="markup"),
        pytest.param("a<script>alert(1)</script>b", "ab", id="script"),
        pytest.param("AT&T &amp; Co", "AT&T & Co", id="ampersands"),
        pytest.param("1 < 2 > 0", "1 < 2 > 0", id="signs"),
        pytest.param("I <3 U", "I <3 U", id="heart"),
        pytest.param("&lt;img src=x onerror=alert(1)&gt;x", "‹img src=x onerror=alert(1)›x", id="escaped markup"),
        pytest.param("&amp;lt;b&amp;gt;", "&lt;b&gt;", id="decoded once"),
        pytest.param("a\u202eb\x00c\n d", "abc d", id="controls"),
        pytest.param("Vec<String>、Map<K, V>", "Vec‹String›、Map‹K, V›", id="words in angle brackets"),
        pytest.param("Vec&lt;String&gt;", "Vec‹String›", id="escaped words in angle brackets"),
        pytest.param("甲<x onclick=alert(1)>乙", "甲‹x onclick=alert(1)›乙", id="a tag of no known name"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_title_is_plain_text(title: str, text: str) -> None:
    """A title holds the words that its author meant, and no markup."""
    assert strip_markup(title) == text


@law
@given(
    st.lists(
        st.sampled_from(
            [
                "&",
                "amp;",
                "lt;",
                "gt;",
                "<",
                ">",
                "b",
                "/",
                "!",
                " ",
                "img src=x",
                "\u200e",
                "&#x200e;",
                "&#1;",
                "\x7f",
                "&#x7f;",
                "\ufeff",
                "\x85",
                "<b>",
                "</b>",
                "script",
                "\u0338",
            ]
        )
    ).map("".join)
)
@example("<&#x200e;img src=x onerror=alert(1)>")
@example("<\x7fscript>")
@example("&amp;lt;b&amp;gt; <")
@example("&amp;lt;img src=x onerror=alert(1)&amp;gt; &lt;")
@example("b</")
def test_no_title_holds_a_tag(title: str) -> None:
    """A reader that takes titles for HTML finds no element in a title that was escaped any number of times."""
    assert not re.search(r"<[a-zA-Z/!?]", strip_markup(title))


def test_text_as_html_is_read_back_as_the_text() -> None:
    """Plain text stays the same when it is written as HTML and read again."""
    assert plain_text(text_as_html('<b>&amp;"x"')) == '<b>&amp;"x"'
