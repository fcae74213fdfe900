"""Dates, URLs, text and slugs."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.normalize import cut, display_width, one_line, parse_date, slug, slug_key, web_url, xml_safe

BASE = "https://www.example.com/a/b.htm"
SHANGHAI = timezone(timedelta(hours=8))

law = settings(max_examples=200, deadline=None)

#: Text that has a fair chance of being read as a URL.
URLISH = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTPS://", "//", "/", "", "javascript:", "mailto:", "http:", "?", "#"]),
    st.sampled_from(["example.com", "例子.测试", "[::1]", "a:80", "u:p@h", "h..x", "", "EXAMPLE.com:443"]),
    st.sampled_from(["/", "", "\\", "/%", "/%e4%BD", "?", "#", "/../", ";", ":"]),
    st.text(max_size=12),
)


# --- URLs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://example.com/a", "https://example.com/a", id="https"),
        pytest.param("HTTP://Example.COM", "http://example.com/", id="case and empty path"),
        pytest.param("//example.com/a", "https://example.com/a", id="protocol-relative"),
        pytest.param("  https://example.com/a \n", "https://example.com/a", id="white space around"),
        pytest.param("https://exa\nmple.com/\ta", "https://example.com/a", id="tabs and breaks inside"),
        pytest.param("https://example.com:8443/a", "https://example.com:8443/a", id="port"),
        pytest.param("https://example.com:/a", "https://example.com/a", id="empty port"),
        pytest.param("http://[2001:db8::1]:80/a", "http://[2001:db8::1]:80/a", id="IPv6"),
        pytest.param("http://192.0.2.1/", "http://192.0.2.1/", id="IPv4"),
        pytest.param("http://例子.测试/", "http://xn--fsqu00a.xn--0zwm56d/", id="IDN host"),
        pytest.param("http://faß.de/", "http://xn--fa-hia.de/", id="IDN host that IDNA 2003 took for another"),
        pytest.param("http://Bücher。example/", "http://xn--bcher-kva.example/", id="IDN host, full stop"),
        pytest.param("http://💩.la/", "http://xn--ls8h.la/", id="IDN host that browsers know"),
        pytest.param(
            "https://e.com/路?径=名#处", "https://e.com/%E8%B7%AF?%E5%BE%84=%E5%90%8D#%E5%A4%84", id="Chinese"
        ),
        pytest.param("https://e.com/%E8%B7%AF%2f", "https://e.com/%E8%B7%AF%2f", id="escapes stay"),
        pytest.param("https://e.com/100%/50%zz", "https://e.com/100%25/50%25zz", id="stray percent"),
        pytest.param("https://e.com/a b\"<>'", "https://e.com/a%20b%22%3C%3E'", id="unsafe characters"),
        pytest.param("https://e.com/?a=1&b=x,y;z", "https://e.com/?a=1&b=x,y;z", id="query"),
    ],
)
def test_a_web_url_comes_out_absolute_and_ascii(url: str, expected: str) -> None:
    """Whatever spelling a source chose, readers get one that every client understands."""
    assert web_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("x/y.png", id="relative without base"),
        pytest.param("#top", id="fragment alone"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("java\tscript:alert(1)", id="javascript with a tab"),
        pytest.param("\x01javascript:alert(1)", id="javascript behind a control"),
        pytest.param("JAVASCRIPT&colon;alert(1)", id="javascript with an entity"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("ftp://example.com/", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("mailto:a@example.com", id="mailto"),
        pytest.param("https://youtube.com@evil/", id="user"),
        pytest.param("https://u:p@example.com/", id="user and password"),
        pytest.param("https://@example.com/", id="empty user"),
        pytest.param("https:\\\\example.com\\a", id="backslashes"),
        pytest.param("https://example.com/a\\b", id="backslash in the path"),
        pytest.param("https://example.com/\x00", id="NUL"),
        pytest.param("https://example.com/\x7f", id="DEL"),
        pytest.param("https://", id="no host"),
        pytest.param("https:///a", id="empty host"),
        pytest.param("https://exa mple.com/", id="space in the host"),
        pytest.param("https://e%78ample.com/", id="escape in the host"),
        pytest.param("https://a..b/", id="empty label"),
        pytest.param("https://例..b/", id="empty label beside an IDN one"),
        pytest.param(f"https://{'a' * 64}.b/", id="label too long"),
        pytest.param("https://example.com／evil/", id="full-width slash in the host"),
        pytest.param("https://example.com:99999/", id="port out of range"),
        pytest.param("https://example.com:x/", id="port not a number"),
        pytest.param("http://[::1/", id="bracket not closed"),
        pytest.param("http://[fe80::1%25eth0]/", id="IPv6 zone"),
    ],
)
def test_what_is_no_safe_web_url_is_refused(url: str) -> None:
    """Nothing but an absolute http(s) URL with a plain host is ever published as one."""
    assert web_url(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("c.png", "https://www.example.com/a/c.png", id="relative"),
        pytest.param("/c.png", "https://www.example.com/c.png", id="from the root"),
        pytest.param("../../../c.png", "https://www.example.com/c.png", id="above the root"),
        pytest.param("?p=2", "https://www.example.com/a/b.htm?p=2", id="query"),
        pytest.param("#x", "https://www.example.com/a/b.htm#x", id="fragment"),
        pytest.param("//cdn.example.com/c.png", "https://cdn.example.com/c.png", id="protocol-relative"),
        pytest.param("http://other.example/", "http://other.example/", id="absolute"),
        pytest.param("javascript:alert(1)", None, id="javascript"),
        pytest.param("java\nscript:alert(1)", None, id="javascript with a break"),
        pytest.param("//u@evil.example/", None, id="user"),
        pytest.param("/\\evil.example/", None, id="backslash"),
        pytest.param("", None, id="empty"),
    ],
)
def test_relative_urls_follow_their_page(url: str, expected: str | None) -> None:
    """A relative URL leads to where it led on the original page, and a base makes nothing safe that was not."""
    assert web_url(url, BASE) == expected


def test_protocol_relative_takes_the_scheme_of_its_page() -> None:
    """`//host/` on an http page means http."""
    assert web_url("//cdn.example.com/c", "http://www.example.com/") == "http://cdn.example.com/c"


@law
@given(URLISH, st.sampled_from([None, BASE]))
@example("https://e.com/\ud800%", None)
def test_web_url_is_ascii_http_and_settled(url: str, base: str | None) -> None:
    """Any text gives None or an ASCII http(s) URL that a second look leaves alone."""
    made = web_url(url, base)

    assert made is None or (made.isascii() and made.startswith(("http://", "https://")) and web_url(made) == made)


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mon, 25 Jul 2022 14:48:32 GMT", "2022-07-25T14:48:32+00:00", id="RFC 5322 GMT"),
        pytest.param("Mon, 25 Jul 2022 14:48:32 +0800", "2022-07-25T06:48:32+00:00", id="RFC 5322 offset"),
        pytest.param("25 Jul 2022 14:48 -0500", "2022-07-25T19:48:00+00:00", id="RFC 5322 short"),
        pytest.param("Mon, 25 Jul 2022 14:48:32", "2022-07-25T06:48:32+00:00", id="RFC 5322 without zone"),
        pytest.param("2022-07-25T14:48:32Z", "2022-07-25T14:48:32+00:00", id="ISO Z"),
        pytest.param("2022-07-25T14:48:32+08:00", "2022-07-25T06:48:32+00:00", id="ISO offset"),
        pytest.param("2022-07-25T14:48:32+08", "2022-07-25T06:48:32+00:00", id="ISO offset in hours"),
        pytest.param("2022-07-25 14:48:32 +0800", "2022-07-25T06:48:32+00:00", id="spaced offset"),
        pytest.param("2022-07-25T14:48:32-03:30", "2022-07-25T18:18:32+00:00", id="negative half-hour offset"),
        pytest.param("2021-09-08 08:09:09", "2021-09-08T00:09:09+00:00", id="without zone"),
        pytest.param("2022-07-25T14:48:32.987654Z", "2022-07-25T14:48:32+00:00", id="microseconds"),
        pytest.param("2013/7/14 17:01", "2013-07-14T09:01:00+00:00", id="slashes"),
        pytest.param("2022.07.25", "2022-07-24T16:00:00+00:00", id="dots"),
        pytest.param("2022-07-25", "2022-07-24T16:00:00+00:00", id="date only"),
        pytest.param("2022年7月25日 14:48", "2022-07-25T06:48:00+00:00", id="Chinese"),
        pytest.param("2022年7月25日 14:48:32", "2022-07-25T06:48:32+00:00", id="Chinese with seconds"),
        pytest.param("2022年07月25日", "2022-07-24T16:00:00+00:00", id="Chinese date only"),
        pytest.param("  2022-07-25\u00a014:48:32\n", "2022-07-25T06:48:32+00:00", id="odd white space"),
    ],
)
def test_a_date_is_read_as_written(text: str, expected: str) -> None:
    """Every way in which seeds and feeds write dates is understood; without a zone, the given one counts."""
    assert parse_date(text, SHANGHAI) == datetime.fromisoformat(expected)


def test_dates_are_utc() -> None:
    """A date says its zone, and it is UTC."""
    moment = parse_date("2022-07-25 14:48:32 +0800", SHANGHAI)

    assert moment is not None
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "  ", "Invalid Date", "invalid date", "null", "undefined", "NaN"])
def test_a_date_that_says_there_is_none_is_none(text: str) -> None:
    """What generators write for want of a date is no error."""
    assert parse_date(text, SHANGHAI) is None


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "12:30",
        "20220725",
        "2024-02-30",
        "2024-13-01",
        "2022年2月30日",
        "2024-01-01 25:00",
        "2024-01-01 12:30:61",
        "2022-07-25 14:48:32 +99:99",
        "Mon, 31 Feb 2022 14:48:32 GMT",
        "0001-01-01",
        "9999-12-31T23:59:59-10:00",
        "2022-07-25 and more",
    ],
)
def test_an_unreadable_date_is_an_error(text: str) -> None:
    """No guess is made about a date."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(text, SHANGHAI)


@law
@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_an_iso_date_survives(moment: datetime) -> None:
    """What was written in ISO 8601 is read as the same moment, to the second."""
    aware = moment.replace(tzinfo=SHANGHAI)

    assert parse_date(aware.isoformat(), UTC) == aware.replace(microsecond=0)


@law
@given(st.text(max_size=40))
def test_any_text_is_a_date_none_or_a_value_error(text: str) -> None:
    """No date, however odd, raises anything but ValueError."""
    try:
        moment = parse_date(text, SHANGHAI)
    except ValueError:
        return

    assert moment is None or moment.utcoffset() == timedelta(0)


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x00b\x0bc\x1fd", "abcd", id="C0"),
        pytest.param("a\ufffeb\uffffc", "abc", id="noncharacters"),
        pytest.param("a\ud800b\udfffc", "abc", id="lone surrogates"),
        pytest.param("a\tb\nc\rd", "a\tb\nc\rd", id="white space stays"),
        pytest.param("a\x7fb\x9fc", "abc", id="C1"),
        pytest.param("a\ufffdb", "ab", id="the replacement character"),
        pytest.param("a\ufdd0b\U0001fffec\U0010ffffd", "abcd", id="noncharacters of all planes"),
        pytest.param("a\x85b", "a\nb", id="next line"),
        pytest.param("漢😀\ufffc\ue000", "漢😀\ufffc\ue000", id="legal text stays"),
    ],
)
def test_xml_safe_removes_what_xml_cannot_hold(text: str, expected: str) -> None:
    """Text is legal in XML afterwards, and what was legal is untouched (XML 1.0, 2.2)."""
    assert xml_safe(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  a \n\t b\u3000c\u00a0d ", "a b c d", id="white space"),
        pytest.param("a\u202eb\u2066c\u2069d\u200fe", "abcde", id="direction controls"),
        pytest.param("e\u0301", "\u00e9", id="NFC"),
        pytest.param("\x00\u202e ", "", id="nothing left"),
    ],
)
def test_one_line_is_plain_and_composed(text: str, expected: str) -> None:
    """A title is one line, in NFC, with nothing invisible that turns it around."""
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("新媒体", "新媒体", id="Chinese"),
        pytest.param("C/C++ 语言", "C-C++-语言", id="slash and space"),
        pytest.param("a?b#c%d.e\\f", "a-b-c-d-e-f", id="breaking characters"),
        pytest.param(" ..a.. ", "a", id="edges"),
        pytest.param("a / b", "a-b", id="a run is one hyphen"),
        pytest.param("../..", "", id="nothing left"),
        pytest.param("Cafe\u0301", "Caf\u00e9", id="NFC"),
    ],
)
def test_a_slug_keeps_the_name_readable(name: str, expected: str) -> None:
    """A name becomes a URL's segment in its own script."""
    assert slug(name) == expected


@law
@given(st.text(max_size=30))
def test_a_slug_breaks_no_url(name: str) -> None:
    """Whatever a category is called, its slug is one segment of a path, and settled."""
    made = slug(name)

    assert not set(made) & set("/\\?#%.")
    assert not any(character.isspace() or unicodedata.category(character) in {"Cc", "Cs"} for character in made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tech", "tECH"), ("ＡＢ", "ab"), ("Caf\u00e9", "cafe\u0301"), ("straße", "STRASSE")],
    ids=["case", "width", "composition", "case folding"],
)
def test_slugs_that_look_alike_share_a_key(one: str, other: str) -> None:
    """Two slugs that a person would confuse are the same to us."""
    assert slug_key(one) == slug_key(other)


def test_different_slugs_have_different_keys() -> None:
    """Slugs that differ in more than looks are kept apart."""
    assert slug_key("科技") != slug_key("科学")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("中文", 4), ("e\u0301", 1), ("，", 2), ("", 0)],
    ids=["Latin", "Chinese", "combining", "wide punctuation", "empty"],
)
def test_a_wide_character_counts_two(text: str, columns: int) -> None:
    """Widths are what a terminal shows (UAX #11)."""
    assert display_width(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("abc", 3, "abc", id="fits"),
        pytest.param("abcd", 3, "ab…", id="Latin"),
        pytest.param("中文", 4, "中文", id="Chinese fits"),
        pytest.param("中文标题", 7, "中文标…", id="Chinese"),
        pytest.param("中文，标题", 8, "中文…", id="no comma before the ellipsis"),
        pytest.param("one two", 5, "one…", id="no space before the ellipsis"),
        pytest.param("见《标题", 5, "见…", id="no open bracket before the ellipsis"),
    ],
)
def test_a_cut_text_ends_cleanly(text: str, width: int, expected: str) -> None:
    """What is too long ends in an ellipsis, with nothing hanging before it; what fits is untouched."""
    assert cut(text, width) == expected


@law
@given(st.text(alphabet=st.sampled_from("ab 中，e\u0301\u0302😀\u200d"), max_size=20), st.integers(1, 12))
@example("e\u0301" * 6, 3)
def test_a_cut_text_fits(text: str, width: int) -> None:
    """A cut text is never wider than asked, combining characters or not."""
    assert display_width(cut(text, width)) <= width


def test_a_cut_leaves_no_letter_without_its_accent() -> None:
    """A letter and the marks upon it stay or go together."""
    assert cut("e\u0301" * 6, 4) == "e\u0301" * 3 + "…"
