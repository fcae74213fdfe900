"""The HTTP client sends the right request, reads the answer, and names each trouble with an upstream."""

import asyncio
import gzip
import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
import trustme

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Answer, Client, Posted, fetch
from feedsvc.model import FetchPolicy, Validators
from tests.data.codings import zstd
from tests.data.upstream import Script, Upstream, answer, serving

POLICY = FetchPolicy(
    user_agent="feedsvc/test (+https://feeds.example.org)", allow_private=True, timeout=5, max_body=2_000_000
)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


def get(url: str, policy: FetchPolicy = POLICY, validators: Validators | None = None) -> Answer:
    """The answer to one request by a client of its own."""

    async def run() -> Answer:
        async with Client() as client:
            return await client.get(url, policy, validators)

    return asyncio.run(run())


def test_an_answer_says_how_long_it_took(upstream: Upstream) -> None:
    """The time goes to the end of the answer, with redirects and the waits of the server."""

    def late(connection: socket.socket) -> None:
        threading.Event().wait(0.05)
        connection.sendall(answer("x"))

    upstream.answers["/"] = answer(b"", 302, location="/late")
    upstream.answers["/late"] = late

    assert get(f"{upstream.url}/").seconds >= 0.05


# --- bodies that are sent --------------------------------------------------------------------------------------------


def post(url: str, body: bytes, policy: FetchPolicy = POLICY, **headers: str) -> Posted:
    """Send a body with a client of its own."""

    async def run() -> Posted:
        async with Client() as client:
            return await client.post(url, policy, body, headers)

    return asyncio.run(run())


def test_a_body_is_sent_once_with_its_headers(upstream: Upstream) -> None:
    """The server gets each byte of the body, and its answer comes back with its status."""
    upstream.answers["/hook?a=%e4"] = answer("thanks", 202, x_said="yes")

    said = post(f"{upstream.url}/hook?a=%e4", b"\x00{}\xff" * 50_000, x_hub_signature="sha256=1")

    (request,) = upstream.requests
    assert (request.method, request.body) == ("POST", b"\x00{}\xff" * 50_000)
    assert (request.headers["x_hub_signature"], request.headers["user-agent"]) == ("sha256=1", POLICY.user_agent)
    assert (said.status, said.body, said.headers["x-said"]) == (202, b"thanks", "yes")


def test_no_other_address_gets_a_body(upstream: Upstream) -> None:
    """A redirect is an answer. An address on the own network gets nothing, unless the policy allows it."""
    upstream.answers["/hook"] = answer(b"", 307, location="/other")

    assert post(f"{upstream.url}/hook", b"x").status == 307
    with pytest.raises(FetchError, match="private address"):
        post(f"{upstream.url}/hook", b"x", replace(POLICY, allow_private=False, ports=frozenset({upstream.port})))
    assert upstream.targets == ["/hook"]


def test_a_question_is_asked_once(upstream: Upstream) -> None:
    """The body of any answer comes back, also one that comes in parts; the target of a redirect is not asked."""

    def late(connection: socket.socket) -> None:
        whole = answer("challenge", 201)
        connection.sendall(whole[:-4])
        time.sleep(0.1)
        connection.sendall(whole[-4:])

    upstream.answers |= {"/parts": late, "/moved": answer("moved", 302, location="/parts")}

    async def run() -> list[Posted]:
        async with Client() as client:
            return [await client.ask(f"{upstream.url}{path}", POLICY) for path in ("/parts", "/moved")]

    said = asyncio.run(run())
    assert [(one.status, one.body) for one in said] == [(201, b"challenge"), (302, b"moved")]
    assert upstream.targets == ["/parts", "/moved"]


# --- what is sent ----------------------------------------------------------------------------------------------------


def test_a_request_names_the_client(upstream: Upstream) -> None:
    """The request names the client and the formats that it accepts, and nothing else."""
    upstream.answers["/feed?a=1&b=%e4"] = answer("hello")

    assert get(f"{upstream.url}/feed?a=1&b=%e4#part").body == b"hello"
    (request,) = upstream.requests
    assert (request.method, request.headers["user-agent"]) == ("GET", POLICY.user_agent)
    assert request.headers["accept-encoding"] == "gzip, br, zstd"
    assert "application/atom+xml" in request.headers["accept"]
    assert request.headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}


def test_validators_are_sent_back_unchanged(upstream: Upstream) -> None:
    """An ETag is sent back with its quotes and W/, a date even if it is not valid."""
    upstream.answers["/"] = answer(b"", 304, etag='W/"x y"', last_modified="yesterday at 5", content_length=None)
    found = get(f"{upstream.url}/", validators=Validators(etag='W/"x y"', last_modified="yesterday at 5"))

    sent = upstream.requests[0].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"x y"', "yesterday at 5")
    assert (found.status, found.body) == (304, b"")
    assert found.validators == Validators(etag='W/"x y"', last_modified="yesterday at 5", url=f"{upstream.url}/")


def test_validators_are_sent_only_to_the_url_that_gave_them(upstream: Upstream) -> None:
    """If the URL redirects elsewhere now, the request is not conditional: two servers may use one ETag."""
    upstream.answers["/"] = answer(b"", 302, location="/b")
    upstream.answers["/b"] = answer("x", etag='"1"')
    known = Validators(etag='"1"', url=f"{upstream.url}/a")
    found = get(f"{upstream.url}/", validators=known)
    again = get(f"{upstream.url}/", validators=found.validators)

    assert ["if-none-match" in one.headers for one in upstream.requests] == [False, False, False, True]
    assert (found.is_conditional, again.is_conditional) == (False, True)


def test_validators_that_cannot_be_sent_back_are_none(upstream: Upstream) -> None:
    """Non-ASCII bytes cannot be sent back in a header."""
    upstream.answers["/"] = answer("x", etag='"caf\xe9"')

    assert not get(f"{upstream.url}/").validators


def test_several_lines_of_a_list_are_one_list(upstream: Upstream) -> None:
    """Lists are joined. Of other repeated headers, the first counts (RFC 9110, 5.3)."""
    upstream.answers["/"] = answer("x", cache_control="public\r\nCache-Control: max-age=60", age="1\r\nAge: 2")
    headers = get(f"{upstream.url}/").headers

    assert (headers["cache-control"], headers["age"]) == ("public, max-age=60", "1")


def test_no_cookie_is_sent(upstream: Upstream) -> None:
    """No cookie is sent, so an upstream cannot link two polls."""
    upstream.answers["/"] = answer("x", set_cookie="a=b; Path=/")
    with_cookie = [get(f"{upstream.url}/") for _ in range(2)]

    assert [found.body for found in with_cookie] == [b"x", b"x"]
    assert all("cookie" not in request.headers for request in upstream.requests)


def test_the_environment_is_ignored(upstream: Upstream, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A proxy or a password in the environment is not used."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    (tmp_path / ".netrc").chmod(0o600)
    for name, value in {"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    upstream.answers["/"] = answer("x")

    assert get(f"{upstream.url}/").body == b"x"
    assert "authorization" not in upstream.requests[0].headers


def test_headers_of_a_source_stay_with_its_host(upstream: Upstream) -> None:
    """A token of the configuration is not sent to the target of a redirect."""
    policy = replace(POLICY, headers=(("X-Token", "secret"),))
    with serving("127.0.0.2") as other:
        upstream.answers["/"] = answer(b"", 302, location=f"{other.url}/there")
        other.answers["/there"] = answer("x")
        get(f"{upstream.url}/", policy)

        assert upstream.requests[0].headers["x-token"] == "secret"
        assert "x-token" not in other.requests[0].headers


def test_a_proxy_is_used() -> None:
    """The proxy gets the whole URL. A private target is refused before the proxy is used."""
    with serving() as proxy:
        proxy.answers["http://192.0.2.1/feed"] = answer("through")
        policy = replace(POLICY, proxy=proxy.url, networks=("192.0.2.0/24",), allow_private=False)

        assert get("http://192.0.2.1/feed", policy).body == b"through"
        with pytest.raises(FetchError, match="private address"):
            get("http://192.0.2.1/feed", replace(policy, networks=()))
        assert proxy.connections == 1


# --- redirects -------------------------------------------------------------------------------------------------------


def _chain(upstream: Upstream, *statuses: int) -> None:
    for number, status in enumerate(statuses):
        upstream.answers[f"/{number}"] = answer(b"", status, location=f"/{number + 1}")
    upstream.answers[f"/{len(statuses)}"] = answer("there")


@pytest.mark.parametrize(
    ("statuses", "is_moved"),
    [((301,), True), ((308, 301), True), ((301, 302), False), ((302, 301), False), ((303,), False), ((307,), False),
     ((), False), ((302, 302, 302, 302, 302), False)],
)  # fmt: skip
def test_redirects_are_followed(upstream: Upstream, statuses: tuple[int, ...], is_moved: bool) -> None:  # noqa: FBT001
    """Up to five redirects are followed. The URL has moved only if every one of them is permanent."""
    _chain(upstream, *statuses)
    found = get(f"{upstream.url}/0")

    there = f"{upstream.url}/{len(statuses)}"
    assert (found.body, found.url, found.moved_to) == (b"there", there, there if is_moved else None)


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_only_redirect_statuses_are_followed(upstream: Upstream, status: int) -> None:
    """`Location` with another status, `Refresh` and `Alt-Svc` are not followed."""
    upstream.answers["/"] = answer(
        b"", status, location="/other", refresh="0;url=/other", alt_svc='h2="127.0.0.1:80"', content_length=None
    )

    assert get(f"{upstream.url}/").status == status
    assert upstream.targets == ["/"]


# --- what arrives ----------------------------------------------------------------------------------------------------

TEXT = ("<rss>" + "正文" * 5000 + "</rss>").encode()


#: Name → coding, and the text in it.
CODED = {
    "gzip": ("gzip", gzip.compress(TEXT)), "x-gzip": ("x-gzip", gzip.compress(TEXT)),
    "brotli": ("br", brotli.compress(TEXT)), "zstd": ("zstd", zstd.compress(TEXT)), "none": ("identity", TEXT),
    "two": ("gzip, br", brotli.compress(gzip.compress(TEXT))),
    "gzip in parts": ("gzip", gzip.compress(TEXT[:7]) + gzip.compress(TEXT[7:])),
    "zstd in parts": ("zstd", zstd.compress(TEXT[:7]) + zstd.compress(TEXT[7:])),
    "gzip and more": ("gzip", gzip.compress(TEXT) + b"\0\0"),
}  # fmt: skip


@pytest.mark.parametrize("name", CODED)
def test_content_codings(upstream: Upstream, name: str) -> None:
    """Each coding in Accept-Encoding can be decoded, in several members too."""
    coding, packed = CODED[name]
    upstream.answers["/"] = answer(packed, content_encoding=coding)

    assert get(f"{upstream.url}/").body == TEXT


def _drip(said: bytes, pause: float = 0.2) -> Script:
    def run(connection: socket.socket) -> None:
        connection.sendall(said)
        for _ in range(50):
            threading.Event().wait(pause)
            connection.sendall(b"x")

    return run


def _endless(said: bytes, more: bytes) -> Script:
    def run(connection: socket.socket) -> None:
        connection.sendall(said)
        for _ in range(2000):
            connection.sendall(more)

    return run


def _silence(_: socket.socket) -> None:
    threading.Event().wait(3)


FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title></channel></rss>'


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("UTF-8", FEED), ("utf-8", b"\xef\xbb\xbf" + FEED), ("GB2312", FEED), ("iso-8859-1", b"caf\xe9"),
        ("none", FEED), ("binary", b"x"), ("7bit", FEED), ("", FEED), ("identity, none", FEED), ('"utf-8"', FEED),
        ("gzip", FEED), ("br", FEED), ("zstd", b"\n  " + FEED), ("deflate", b'{"version": "1"}'), ("amz-1.0", FEED),
    ],
)  # fmt: skip
def test_a_body_without_compression_is_read(upstream: Upstream, coding: str, body: bytes) -> None:
    """A body is read if its coding is a charset, nothing, a coding of mail, or was not applied."""
    upstream.answers["/"] = answer(body, content_encoding=coding)

    assert get(f"{upstream.url}/").body == body


@pytest.mark.parametrize("coding", [None, "utf-8", "identity", "gzip", "br"])
def test_gzip_is_decoded_without_a_stated_coding(upstream: Upstream, coding: str | None) -> None:
    """A gzip body is decoded without a stated coding, and if it was compressed twice."""
    packed = gzip.compress(FEED)
    outer = {"gzip": gzip.compress, "br": brotli.compress}.get(coding or "", bytes)(packed)
    upstream.answers["/"] = answer(outer, content_encoding=coding)

    assert get(f"{upstream.url}/").body == FEED


@pytest.mark.parametrize("header", ["Link", "Content-Security-Policy", "Set-Cookie"])
def test_long_headers_are_read(upstream: Upstream, header: str) -> None:
    """Shops send headers of 8 kB and more."""
    upstream.answers["/"] = answer(
        FEED, 200, **{header.replace("-", "_"): "<https://cdn.example/a.css>; rel=preload, " * 700}
    )

    assert get(f"{upstream.url}/").body == FEED


CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
ZEROS = bytes(200_000_000)

#: Name → what the server says, and what we say of it.
HOSTILE: dict[str, tuple[bytes | Script, str]] = {
    "headers that drip": (_drip(b"HTTP/1.1 200 OK\r\nx: "), "no complete answer within 1 s"),
    "a body that drips": (_drip(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"), "no complete answer within 1 s"),
    "silence": (_silence, "no complete answer within 1 s"),
    "an endless body": (_endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), "larger than 2 MB"),
    "an endless chunked body": (_endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "larger than 2 MB"),
    "endless headers": (_endless(b"HTTP/1.1 200 OK\r\n", b"x: " + b"y" * 5000 + b"\r\n"), "the answer is not HTTP"),
    "an endless header": (_endless(b"HTTP/1.1 200 OK\r\nx: ", b"y" * 65536), "the answer is not HTTP"),
    "a gzip bomb": (answer(gzip.compress(ZEROS), content_encoding="gzip"), "larger than 2 MB, unpacked"),
    "a brotli bomb": (answer(brotli.compress(ZEROS, quality=5), content_encoding="br"), "times what was sent"),
    "a zstd bomb": (answer(zstd.compress(ZEROS), content_encoding="zstd"), "times what was sent"),
    "a bomb in a bomb": (
        answer(gzip.compress(gzip.compress(ZEROS)), content_encoding="gzip, gzip"), "larger than 2 MB, unpacked"
    ),
    "a body that breaks off": (answer(b"x" * 10, content_length="1000"), "the answer broke off"),
    "a chunk that breaks off": (CHUNKED + b"10\r\nxx", "the answer broke off"),
    "a chunk of no length": (CHUNKED + b"zz\r\nxx\r\n", "the answer"),
    "gzip that breaks off": (answer(gzip.compress(TEXT)[:-9], content_encoding="gzip"), "broken off"),
    "gzip with a wrong sum": (
        answer(gzip.compress(TEXT)[:-8] + bytes(8), content_encoding="gzip"), "content coding is broken"
    ),
    "brotli that breaks off": (answer(brotli.compress(TEXT)[:-2], content_encoding="br"), "broken off"),
    "zstd that breaks off": (answer(zstd.compress(TEXT)[:-4], content_encoding="zstd"), "broken off"),
    "no gzip at all": (answer(b"no text" + bytes(99), content_encoding="gzip"), "content coding is broken"),
    "a foreign coding": (answer(b"]qh\x00\x01", content_encoding="lzma"), "was not asked for"),
    "too much of a head": (
        answer(TEXT, 200, **{f"x_{number}": "y" * 60_000 for number in range(5)}), "larger than 256 kB"
    ),
    "a line of a head without an end": (answer(TEXT, link="<a>; " * 20_000), "is not HTTP"),
    "no HTTP": (b"220 ftp.example.org ready\r\n", "the answer is not HTTP"),
    "nothing": (b"", "without an answer"),
    "two lengths": (answer(b"xx", content_length="2\r\nContent-Length: 3"), "the answer is not HTTP"),
    "a redirect to itself": (answer(b"", 302, location="/"), "more than 5 redirects"),
    "a redirect to a file": (answer(b"", 302, location="file:///etc/passwd"), "not a plain http(s) URL"),
    "a redirect with a password": (answer(b"", 302, location="//a:secret@127.0.0.1/"), "not a plain http(s) URL"),
    "a redirect to no URL": (answer(b"", 302, location="http://["), "cannot be fetched"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_an_error_is_one_line(upstream: Upstream, name: str) -> None:
    """The message names the URL and the fault, comes in time, needs little memory, and contains no secret."""
    upstream.answers["/"], words = HOSTILE[name]
    with pytest.raises(FetchError) as caught:
        get(f"{upstream.url}/", replace(POLICY, timeout=1 if "within" in words else 20))

    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{upstream.url}/: ")
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_closed_port_is_reported() -> None:
    """If no server listens, the message says so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchError, match="no connection"):
        get(f"http://127.0.0.1:{port}/")


def test_an_error_status_is_returned(upstream: Upstream) -> None:
    """An error status is returned with its headers, without its body. `fetch` raises for it."""
    upstream.answers["/"] = answer("sorry", 503, retry_after="120")
    found = get(f"{upstream.url}/")

    assert (found.status, found.headers["retry-after"], found.body) == (503, "120", b"")
    with pytest.raises(FetchError, match="the server answers 503"):
        fetch(f"{upstream.url}/", POLICY)


# --- TLS -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Somebody who signs certificates, and whom nobody trusts by default."""
    return trustme.CA()


def _context(cert: trustme.LeafCert, change: Callable[[ssl.SSLContext], None] = lambda _: None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    change(context)
    return context


def _only_tls_1_1(context: ssl.SSLContext) -> None:
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_is_verified(authority: trustme.CA, tmp_path: Path) -> None:
    """Unknown signers, expired certificates, other names and old protocols are each reported."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    trusting = replace(POLICY, ca=str(tmp_path / "ca.pem"))
    good = authority.issue_cert("127.0.0.1")
    old = authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1))
    cases = [
        (_context(good), POLICY, "its certificate is not valid"),
        (_context(old), trusting, "its certificate is not valid (certificate has expired)"),
        (_context(authority.issue_cert("other.test")), trusting, "its certificate is not valid"),
        (_context(good, _only_tls_1_1), trusting, "no secure connection"),
        (_context(good), replace(POLICY, fingerprint="00" * 32), "not the one of `fingerprint`"),
    ]
    for context, policy, words in cases:
        with serving(tls=context) as upstream, pytest.raises(FetchError) as caught:
            get(f"{upstream.url}/", policy)

        assert words in str(caught.value)


def test_a_certificate_can_be_trusted_for_one_source(authority: trustme.CA, tmp_path: Path) -> None:
    """A certificate is accepted by its authority, or by its own fingerprint."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    cert = authority.issue_cert("127.0.0.1")
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(cert.cert_chain_pems[0].bytes().decode())).hexdigest()
    with serving(tls=_context(cert)) as upstream:
        upstream.answers["/"] = answer("x")

        assert get(f"{upstream.url}/", replace(POLICY, ca=str(tmp_path / "ca.pem"))).body == b"x"
        assert get(f"{upstream.url}/", replace(POLICY, fingerprint=digest)).body == b"x"


def test_a_downgrade_is_followed_and_not_remembered(authority: trustme.CA, tmp_path: Path, upstream: Upstream) -> None:
    """A redirect from https to http is followed, but the new URL is not adopted."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    upstream.answers["/"] = answer("x")
    with serving(tls=_context(authority.issue_cert("127.0.0.1"))) as secure:
        secure.answers["/"] = answer(b"", 301, location=f"{upstream.url}/")
        found = get(f"{secure.url}/", replace(POLICY, ca=str(tmp_path / "ca.pem")))

    assert (found.body, found.moved_to) == (b"x", None)
