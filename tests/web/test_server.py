"""The real server, over a real socket: what only the two together can get wrong."""

import gzip
import html
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.parser import BytesHeaderParser
from urllib.parse import quote, urljoin

import lxml.html
import pytest

from tests.conftest import CONFIG, Folder, Server
from tests.data.samples import fill, site
from tests.data.tools import serving

SLUG = quote("新媒体")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of three entries."""
    with site(tmp_path_factory.mktemp("site")) as (folder, _), serving(folder) as running:
        yield running


def ask(server: Server, request: bytes) -> tuple[bytes, dict[str, list[str]], bytes]:
    """Status line, header fields in lower case with all their values, and body, exactly as they come."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, _, lines = head.partition(b"\r\n")
    fields: dict[str, list[str]] = {}
    for name, value in BytesHeaderParser().parsebytes(lines).items():
        fields.setdefault(name.lower(), []).append(value)
    return status, fields, body


def get(path: bytes, *fields: bytes, method: bytes = b"GET", version: bytes = b"1.1") -> bytes:
    """A request that closes its connection."""
    host = (b"Host: x",) if version == b"1.1" else ()
    return b"\r\n".join((method + b" " + path + b" HTTP/" + version, *host, b"Connection: close", *fields, b"", b""))


@pytest.mark.parametrize(
    "path",
    [f"/feeds/{SLUG}.rss".encode(), f"/feeds/{SLUG.lower()}.rss".encode(), "/feeds/新媒体.rss".encode()],
    ids=["upper", "lower", "raw"],
)
def test_chinese_address(server: Server, path: bytes) -> None:
    """A Chinese address works percent-encoded in either case, and as the bare bytes that some readers send."""
    status, fields, body = ask(server, get(path))

    assert (status, fields["content-type"]) == (b"HTTP/1.1 200 OK", ["application/rss+xml; charset=utf-8"])
    assert "国家云揭开面纱".encode() in body


@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
@pytest.mark.parametrize("path", [b"/feeds/all.rss", b"/", b"/static/style.css", b"/readyz", b"/nothing"])
def test_one_of_each(server: Server, path: bytes, method: bytes) -> None:
    """No header comes twice, no cookie is set, and Content-Length is that of the body."""
    _, fields, body = ask(server, get(path, method=method))

    assert {name: values for name, values in fields.items() if len(values) > 1} == {}
    assert {"date", "content-type", "content-security-policy", "x-content-type-options"} <= fields.keys()
    assert "set-cookie" not in fields
    assert len(body) == (int(fields["content-length"][0]) if method == b"GET" else 0)


def test_http_1_0(server: Server) -> None:
    """A client of HTTP/1.0 gets a whole body without chunks."""
    status, fields, body = ask(server, get(b"/feeds/all.rss", version=b"1.0"))

    assert status.split()[1] == b"200"
    assert "transfer-encoding" not in fields
    assert body.rstrip().endswith(b"</rss>")


@pytest.mark.parametrize("coding", [b"identity", b"gzip"])
def test_not_modified(server: Server, coding: bytes) -> None:
    """A conditional request gets 304 with the ETag, without body, Content-Type, coding or length."""
    accepting = b"Accept-Encoding: " + coding
    _, first, _ = ask(server, get(b"/feeds/all.rss", accepting))
    tag = first["etag"][0].encode()
    status, fields, body = ask(
        server, get(b"/feeds/all.rss", accepting, b'If-None-Match: "a"', b"If-None-Match: " + tag)
    )

    assert (status.split()[1], body, fields["etag"]) == (b"304", b"", first["etag"])
    assert not {"content-type", "content-encoding", "transfer-encoding"} & fields.keys()
    assert fields.get("content-length", first["content-length"]) == first["content-length"]
    assert len(fields["date"]) == 1


def test_gzip(server: Server) -> None:
    """The compressed body is the feed, and Content-Length is that of the compressed body."""
    _, plain, body = ask(server, get(b"/feeds/all.atom"))
    _, fields, packed = ask(server, get(b"/feeds/all.atom", b"Accept-Encoding: gzip"))

    assert "content-encoding" not in plain
    assert (fields["content-encoding"], fields["content-length"]) == (["gzip"], [str(len(packed))])
    assert gzip.decompress(packed) == body


@pytest.mark.parametrize("method", [b"POST", b"DELETE", b"BREW"])
def test_other_methods(server: Server, method: bytes) -> None:
    """Other methods are refused."""
    status, fields, _ = ask(server, get(b"/feeds/all.rss", b"Content-Length: 0", method=method))

    assert status.split()[1] == b"405"
    assert set(fields["allow"][0].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "request_",
    [get(b"/%"), get(b"/%zz%00%ff"), get(b"/feeds/" + b"a" * 9000), get(b"/?" + b"a" * 9000), get(b"http://evil.example/x"),
     get(b"/x", b"If-None-Match: \xff\xfe"), get(b"/x", b"Host: evil.example")],
    ids=["percent", "not UTF-8", "long path", "long query", "absolute", "latin-1 field", "two hosts"],
)  # fmt: skip
def test_strange_request(server: Server, request_: bytes) -> None:
    """An invalid request gets a 4xx answer, and the next request is served."""
    status, _, body = ask(server, request_)

    assert status.split()[1] in {b"200", b"400", b"404", b"414", b"431"}
    assert b"evil.example" not in body
    assert server.get("/livez")[0] == 200


def crawl(server: Server) -> Iterator[tuple[str, int]]:
    """Status of everything on the server that its front page leads to, by links in pages and in feeds."""
    seen, waiting = {server.url + "/"}, [server.url + "/"]
    while waiting:
        url = waiting.pop()
        status, fields, body = server.get(url.removeprefix(server.url))
        yield url, status
        text = html.unescape(body.decode())
        urls = set(re.findall(rf"{server.url}[^\s<>\"]*", text))
        if fields["content-type"].startswith("text/html"):
            elements = lxml.html.document_fromstring(text).iterfind(".//*[@href]")
            urls |= {urljoin(url, element.get("href", "")) for element in elements}
        new = {one for one in urls if one.startswith(server.url + "/")} - seen
        seen |= new
        waiting += new


def test_every_link_opens(folder: Folder, start: Callable[..., Server]) -> None:
    """Without a base_url, links use the listen address, and every link can be opened."""
    folder.configure(CONFIG.replace('base_url: "https://feeds.example.org", ', ""))
    fill(folder)
    found = dict(crawl(start("up")))

    assert len(found) >= 20
    assert set(found.values()) == {200}


def test_many_at_once(server: Server) -> None:
    """Many clients at once get the same bytes."""
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: server.get("/feeds/all.atom"), range(200)))

    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1


def test_restart(folder: Folder, start: Callable[..., Server]) -> None:
    """From a process that starts later, a feed has the same bytes, tag and date."""
    fill(folder)
    first = start("up")
    first.get("/feeds/all.rss")
    second = start("serve")
    # Asked late: a document that changed twice within a second has the date of the next second (RFC 9110, 8.8.2.1).
    before, after = (each.get("/feeds/all.rss") for each in (first, second))

    assert before[2] == after[2]
    assert {key: before[1][key] for key in ("etag", "last-modified")} == {
        key: after[1][key] for key in ("etag", "last-modified")
    }


def test_prefix(folder: Folder, start: Callable[..., Server]) -> None:
    """Below a path prefix with Chinese in it, addresses work with the prefix and without."""
    fill(folder)
    server = start("up", FEEDSVC_SITE__BASE_URL="https://example.org/新")
    prefix = quote("/新")

    assert [server.get(f"{path}/feeds/{SLUG}.rss")[0] for path in ("", prefix, prefix.lower())] == [200, 200, 200]
    assert f"<link>https://example.org{prefix}/feeds/{SLUG}</link>" in server.get(f"/feeds/{SLUG}.rss")[2].decode()
