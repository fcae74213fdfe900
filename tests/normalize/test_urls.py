"""URLs."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.normalize import web_url

BASE = "https://www.example.com/a/b.htm"

law = settings(max_examples=200, deadline=None)

#: Text that has a fair chance of being read as a URL.
URLISH = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTPS://", "//", "/", "", "javascript:", "mailto:", "http:", "?", "#"]),
    st.sampled_from(["example.com", "例子.测试", "[::1]", "a:80", "u:p@h", "h..x", "", "EXAMPLE.com:443"]),
    st.sampled_from(["/", "", "\\", "/%", "/%e4%BD", "?", "#", "/../", ";", ":"]),
    st.text(max_size=12),
)


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
    """Every accepted spelling becomes a URL that all clients understand."""
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
def test_an_unsafe_url_is_refused(url: str) -> None:
    """Only an absolute http(s) URL with a plain host is accepted."""
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
    """A relative URL is resolved as on the original page, and a base does not make an unsafe URL safe."""
    assert web_url(url, BASE) == expected


def test_protocol_relative_takes_the_scheme_of_its_page() -> None:
    """`//host/` on an http page means http."""
    assert web_url("//cdn.example.com/c", "http://www.example.com/") == "http://cdn.example.com/c"


@law
@given(URLISH, st.sampled_from([None, BASE]))
@example("https://e.com/\ud800%", None)
def test_web_url_is_ascii_http_and_settled(url: str, base: str | None) -> None:
    """Any text gives None, or an ASCII http(s) URL that does not change if it is normalised again."""
    made = web_url(url, base)

    assert made is None or (made.isascii() and made.startswith(("http://", "https://")) and web_url(made) == made)
