"""Each rule of the gate alone. Each test makes a gate of its own: the gate has not seen other HTML before."""

import pytest

from feedsvc.elements import ELEMENTS, LINK_REL, PUBLISHED, PUBLISHED_VOID, Check
from feedsvc.sanitize.safe.gate import gate_of

HOST = "player.example.org"
FRAMES = frozenset({HOST})

WEB = "https://example.org/a"
PICTURE = f"data:image/png;base64,{'A' * 300}"

#: Addresses that no check takes: they run scripts, lead to this machine's files, or are not written as we write them.
BAD_URLS = (
    "javascript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x",
    "data:text/html,<script>alert(1)</script>", "data:image/svg+xml;base64,PHN2Zz4=", "file:///etc/passwd",
    "blob:https://example.org/1", "/a", "a", "//example.org/a", "ftp://example.org/a", "HTTPS://example.org/a",
    f" {WEB}", f"{WEB} ", "https://", "https://u:p@example.org/", "", "#a",
)  # fmt: skip

#: Check → values that it takes, and values that it does not take.
VALUES: dict[Check, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Check.TEXT: (("", "x", "字 <b> & \"c'"), ()),
    Check.NUMBER: (("0", "7", "999999"), ("", "-1", "1.5", "x", "1000000", "٣", "100%", " 1")),
    Check.SIGNED_NUMBER: (("0", "7", "-1", "-999999"), ("", "-", "--1", "1-", "+1", "1.5", "x", "-1000000")),
    Check.DATETIME: (
        ("2022", "2022-07-25T14:48:32+08:00", "PT4H", "2022-07-25 14:48:32.5Z"),
        ("", "x", "2022x", "x2022", "1" * 41, "2022\n"),
    ),
    Check.URL: (
        (WEB, "http://example.org/a?b=1&c=2#d", "https://example.org/%E6%96%87"),
        (*BAD_URLS, PICTURE, "mailto:a@example.org"),
    ),
    Check.LINK: (
        (WEB, "mailto:a@example.org"),
        (*BAD_URLS, PICTURE, "mailto:a@example.org?body=x", "MAILTO:a@example.org", "mailto:a"),
    ),
    Check.IMAGE: ((WEB, PICTURE), (*BAD_URLS, "mailto:a@example.org", PICTURE[:100], f"{PICTURE};x")),
    Check.FRAME: (
        (f"https://{HOST}/a", f"https://{HOST}/"),
        (
            *BAD_URLS, PICTURE, WEB, f"http://{HOST}/a", f"https://{HOST}:444/a", f"https://x.{HOST}/a",
            f"https://{HOST}.example.com/a", f"https://{HOST}/a/../b", f"https://u@{HOST}/a", f" https://{HOST}/a",
            f"//{HOST}/a", "https://www.youtube.com/embed/1",
        ),
    ),
}  # fmt: skip

#: Element, attribute, value → whether the gate lets the attribute through.
CASES = {
    (row.name, name, value): is_taken
    for row in ELEMENTS.values()
    if row.name in PUBLISHED
    for name, attribute in row.attributes.items()
    for is_taken in (True, False)
    for value in (
        ([attribute.value] if is_taken else [f"{attribute.value}x", f"{attribute.value} ", f"x{attribute.value}"])
        if attribute.check is Check.FIXED
        else VALUES[attribute.check][not is_taken]
    )
}


def test_each_attribute_has_the_values_of_its_check() -> None:
    """The gate takes a value, or it drops the attribute. It repairs no value."""
    is_allowed = gate_of(FRAMES).is_allowed

    assert {case: is_allowed(*case) for case in CASES} == CASES


def test_no_attribute_passes_beside_the_table() -> None:
    """An attribute of another element, and one of no element, are not let through, whatever their values."""
    is_allowed = gate_of(FRAMES).is_allowed
    names = {name for row in ELEMENTS.values() for name in (*row.attributes, *row.reads)}
    names |= {"onclick", "onerror", "style", "class", "id", "name", "srcdoc", "action", "formaction", "xlink:href"}
    values = (WEB, "1", "", LINK_REL)

    assert not [
        (tag, name, value)
        for tag in (*ELEMENTS, "x")
        for name in names
        if tag not in PUBLISHED or name not in ELEMENTS[tag].attributes
        for value in values
        if is_allowed(tag, name, value)
    ]


@pytest.mark.parametrize("name", sorted({*ELEMENTS, "x-y"} - PUBLISHED))
def test_an_element_that_is_not_published_is_taken_out(name: str) -> None:
    """The tags of an element that is not published go, also tags with attributes."""
    found = gate_of(FRAMES).clean(f'a<{name} src="{WEB}" onload="alert(1)">b</{name}>c')

    assert {"<", "&"}.isdisjoint(found)


@pytest.mark.parametrize("name", sorted(PUBLISHED & {"p", "b", "a", "h1", "ul", "div", "ruby", "pre", "q", "details"}))
def test_a_published_element_stays_without_other_attributes(name: str) -> None:
    """Handlers, styles, classes and identifiers go."""
    html = f'<{name} onclick="alert(1)" style="color:red" class="x" id="x">a</{name}>'

    assert gate_of(FRAMES).clean(html) == f"<{name}>a</{name}>"


@pytest.mark.parametrize("name", sorted(PUBLISHED_VOID))
def test_a_published_element_without_content_stays(name: str) -> None:
    """A published void element stays, without its attributes and without an end tag."""
    assert gate_of(FRAMES).clean(f'<{name} onclick="alert(1)">') == f"<{name}>"


@pytest.mark.parametrize(
    "html", ["<!-- x -->", "<!--><script>alert(1)</script>-->", "<![CDATA[<b>]]>", "<?x <b>?>", "<!DOCTYPE html>"]
)
def test_comments_and_the_like_go(html: str) -> None:
    """No browser can read a tag in them."""
    found = gate_of(FRAMES).clean(f"a{html}c")

    assert not [one for one in ("<", "&lt;!", "&lt;?") if one in found]


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{WEB}?b=1&amp;c=2" rel="{LINK_REL}" title="&quot;&lt;">a</a>',
        '<a href="mailto:a@example.org">a</a>',
        f'<img alt="" src="{PICTURE}">', '<img alt="" src="http://example.org/a.png">',
        f'<iframe loading="lazy" src="https://{HOST}/a"></iframe>', "a &amp; b &lt;i&gt; c", '<td colspan="2">a</td>',
        '<abbr title="&quot;">a</abbr>',
    ],
    ids=["link", "mail", "picture in its address", "picture", "frame", "signs", "cell", "quotation mark"],
)  # fmt: skip
def test_what_may_be_published_stays_byte_by_byte(html: str) -> None:
    """Values stand in double quotes. A second pass changes nothing."""
    if html.startswith("<td"):
        html = f"<table><tbody><tr>{html}</tr></tbody></table>"

    assert gate_of(FRAMES).clean(html) == html


def test_a_value_is_written_in_double_quotes() -> None:
    """The next pass writes it in the same way."""
    assert gate_of(FRAMES).clean("""<abbr title='"a"'>b</abbr>""") == '<abbr title="&quot;a&quot;">b</abbr>'


def test_a_frame_needs_a_host_of_its_gate() -> None:
    """Two gates with other hosts let other frames through."""
    html = f'<iframe src="https://{HOST}/a"></iframe>'

    assert gate_of(FRAMES).clean(html) == html
    assert gate_of(frozenset({"example.com"})).clean(html) == "<iframe></iframe>"
    assert gate_of(frozenset()).clean(html) == "<iframe></iframe>"
