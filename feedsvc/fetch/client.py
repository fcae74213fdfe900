"""
The HTTP client.

    URL → text checked → name resolved, each address checked → connected, that address checked → redirect or answer

A `Client` sends each request once and never retries. `schedule` decides what an answer means for the next poll.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import aiohttp
import yarl
from aiohttp.abc import AbstractResolver

from feedsvc.errors import FetchError
from feedsvc.fetch.content import OK, by_name, check_head, content
from feedsvc.fetch.decode import ACCEPT_ENCODING
from feedsvc.fetch.dial import GuardedResolver, Lookups, check_target, guarded_socket, tls
from feedsvc.fetch.guard import checked_url, is_own, without_secrets
from feedsvc.fetch.redirects import REDIRECTS, target
from feedsvc.fetch.walls import EXCERPT, advice, wall_of
from feedsvc.model import FetchPolicy, Validators

MAX_HOPS = 5

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.3, */*;q=0.2"
)

#: Longest line in an answer's head, in bytes. Shops send long Link and Content-Security-Policy headers.
MAX_LINE = 65_536

#: Time limit for making a connection, in seconds. The whole of a request has the limit of its policy.
CONNECT_SECONDS = 10

#: Hosts whose last address is remembered.
MOST_ADDRESSES = 10_000

#: For how long a name's addresses are cached, in seconds. Each address is checked again when a connection is made.
DNS_SECONDS = 300

#: Time for TLS connections to close.
CLOSE_SECONDS = 0.25

#: Exceptions, each with the message for the operator. The first match counts. All others are "cannot be fetched".
CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ServerFingerprintMismatch, "its certificate is not the one of `fingerprint`; see whether it was renewed"),
    (
        aiohttp.ClientConnectorCertificateError,
        "its certificate is not valid ({reason}); where its chain is incomplete, give its source ca: <file>",
    ),
    (aiohttp.ClientConnectorSSLError, "no secure connection ({reason})"),
    (aiohttp.ClientConnectorDNSError, "its name has no address"),
    (aiohttp.ClientProxyConnectionError, "the proxy cannot be reached"),
    (aiohttp.ClientHttpProxyError, "the proxy refuses to ask it"),
    (aiohttp.ClientConnectorError, "no connection ({reason})"),
    (aiohttp.ServerDisconnectedError, "the connection ended without an answer"),
    (aiohttp.ClientPayloadError, "the answer broke off"),
    (aiohttp.ClientResponseError, "the answer is not HTTP ({reason})"),
    (aiohttp.InvalidURL, "not a plain http(s) URL"),
    (ConnectionError, "the connection was cut"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer of a server. "Not modified" is an answer too, not an error."""

    status: int
    #: The last URL, after redirects.
    url: str
    #: Headers, by lower-case name.
    headers: Mapping[str, str]
    #: The body without content coding; empty unless the status is 200.
    body: bytes = b""
    #: Whether the request was conditional.
    is_conditional: bool = False
    #: The last URL, if all redirects were permanent and none led from https to http.
    moved_to: str | None = None
    #: The name of the wall against bots that may have sent the page; None if no wall is recognised.
    wall: str | None = None
    #: Whether the server is on our own machine or network.
    is_own: bool = False
    #: Seconds from the request to the end of the answer, redirects included.
    seconds: float = 0.0

    @property
    def validators(self) -> Validators:
        """The validators, exactly as the server sent them. One with non-ASCII characters could not be sent back."""
        etag, modified = (self.headers.get(name) for name in ("etag", "last-modified"))
        return Validators(
            etag=etag if etag and etag.isascii() else None,
            last_modified=modified if modified and modified.isascii() else None,
            url=self.url,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The answer of a server to a body that it was sent, or to a question."""

    status: int
    #: Headers, by lower-case name.
    headers: Mapping[str, str]
    #: The beginning of the body, as it came.
    body: bytes


def fetch(url: str, policy: FetchPolicy) -> bytes:
    """The body of what `fetched` returns."""
    return fetched(url, policy).body


def fetched(url: str, policy: FetchPolicy) -> Answer:
    """
    The answer of `url` with status 200, after redirects.

    Raises FetchError, in one line without credentials, for every other answer and for every failure.
    """

    async def get() -> Answer:
        async with Client() as client:
            return await client.get(url, policy)

    answer = asyncio.run(get())
    if answer.status != OK:
        why = f"; {advice(answer.wall)}" if answer.wall else ""
        raise FetchError(f"{without_secrets(url)}: the server answers {answer.status}{why}")
    return answer


@dataclass(slots=True, kw_only=True)
class Client:
    """Fetches, over one connection for each host. It is a context manager: leaving it closes the connections."""

    #: Resolves names, where not the system does. Every address that is found is checked.
    resolver: Callable[[], AbstractResolver] | None = None
    #: Connections to one host at a time.
    per_host: int = 1
    #: One session for each policy: a connection that one policy allows must not be used under another.
    _sessions: dict[FetchPolicy, aiohttp.ClientSession] = field(default_factory=dict)
    _lookups: Lookups = field(default_factory=Lookups)
    #: Names, each with the last address that was found for it.
    _addresses: dict[str, str] = field(default_factory=dict)

    async def __aenter__(self) -> "Client":
        """Connections are opened later."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            await session.close()
        if any(policy.fingerprint for policy in self._sessions):
            # A connection that was refused after its TLS handshake closes later (docs.aiohttp.org, graceful shutdown).
            await asyncio.sleep(CLOSE_SECONDS)
        self._sessions.clear()
        self._lookups.close()

    async def get(
        self, url: str, policy: FetchPolicy, validators: Validators | None = None, home: str | None = None
    ) -> Answer:
        """
        Request `url` once. With `validators`, the request is conditional.

        The policy's headers are sent only to the origin of `home`, by default `url` itself.
        Raises FetchError, in one line without credentials, if no answer comes or the answer is not allowed.
        """
        with _explained(url, policy):
            began = asyncio.get_running_loop().time()
            async with asyncio.timeout(policy.timeout):
                answer = await self._follow(url, policy, validators or Validators(), _origin_of(home or url))
            return replace(answer, seconds=asyncio.get_running_loop().time() - began)

    async def post(self, url: str, policy: FetchPolicy, body: bytes, headers: Mapping[str, str]) -> Posted:
        """
        Send a body to `url` once, with these headers. A redirect is an answer: its target gets nothing.

        Raises FetchError, in one line without credentials, if no answer comes or the address is not allowed.
        """
        return await self._once("POST", url, policy, body, headers)

    async def ask(self, url: str, policy: FetchPolicy) -> Posted:
        """Request `url` once. As with `post`, a redirect is an answer. Raises FetchError likewise."""
        return await self._once("GET", url, policy, None, {"Accept": "*/*", "Accept-Encoding": "identity"})

    async def _once(
        self, method: str, url: str, policy: FetchPolicy, body: bytes | None, headers: Mapping[str, str]
    ) -> Posted:
        with _explained(url, policy):
            asked = checked_url(url, policy)
            async with asyncio.timeout(policy.timeout):
                if policy.proxy:
                    await check_target(asked, policy, self._resolver(), self._found)
                send, to = self._session(policy).request, yarl.URL(asked, encoded=True)
                async with send(method, to, data=body, headers=headers, allow_redirects=False) as answer:
                    check_head(answer)
                    beginning = await answer.content.read(EXCERPT)
                    # All of an answer to a question counts. Who got a body may send the rest as slowly as it likes.
                    while body is None and len(beginning) < EXCERPT and not answer.content.at_eof():
                        beginning += await answer.content.read(EXCERPT)
                    return Posted(status=answer.status, headers=by_name(answer.headers), body=beginning)

    async def _follow(self, url: str, policy: FetchPolicy, validators: Validators, origin: tuple[str, str]) -> Answer:
        session = self._session(policy)
        is_for_good = True
        for hop in range(MAX_HOPS + 1):
            asked = checked_url(url, policy)
            if policy.proxy:
                await check_target(asked, policy, self._resolver(), self._found)
            conditions = _conditions(validators) if validators.url in {None, asked} else {}
            headers = conditions | (dict(policy.headers) if _origin_of(url) == origin else {})
            async with session.get(yarl.URL(asked, encoded=True), headers=headers, allow_redirects=False) as answer:
                check_head(answer)
                location = answer.headers.get("Location")
                if answer.status not in REDIRECTS or not location:
                    body, page = await content(answer, policy)
                    return Answer(
                        status=answer.status,
                        url=asked,
                        headers=by_name(answer.headers),
                        body=body,
                        is_conditional=bool(conditions),
                        moved_to=asked if hop and is_for_good else None,
                        wall=wall_of(answer.status, by_name(answer.headers), page),
                        is_own=self._is_own(asked, policy),
                    )
                is_for_good &= REDIRECTS[answer.status]
                following = target(asked, location)
                is_for_good &= not (asked.lower().startswith("https:") and not following.lower().startswith("https:"))
                url = following
        raise FetchError(f"more than {MAX_HOPS} redirects")

    def _resolver(self) -> AbstractResolver:
        return self.resolver() if self.resolver else self._lookups.resolver()

    def _found(self, host: str, address: str) -> None:
        if len(self._addresses) >= MOST_ADDRESSES:
            self._addresses.pop(next(iter(self._addresses)))
        self._addresses[host.lower()] = address

    def _is_own(self, url: str, policy: FetchPolicy) -> bool:
        """Whether the host of `url` is on our own machine or network."""
        host = (urlsplit(url).hostname or "").lower()
        return is_own(host, self._addresses.get(host), policy)

    def _session(self, policy: FetchPolicy) -> aiohttp.ClientSession:
        if policy not in self._sessions:
            connector = aiohttp.TCPConnector(
                # The operator chose the proxy, so its address is not checked.
                socket_factory=None if policy.proxy else guarded_socket(policy),
                resolver=self._resolver() if policy.proxy else GuardedResolver(self._resolver(), policy, self._found),
                ssl=tls(policy),
                limit=0,
                limit_per_host=self.per_host,
                ttl_dns_cache=DNS_SECONDS,
            )
            self._sessions[policy] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": policy.user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING},
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                auto_decompress=False,
                max_line_size=MAX_LINE,
                max_field_size=MAX_LINE,
                trust_env=False,
                proxy=policy.proxy,
            )
        return self._sessions[policy]


# --- the request -----------------------------------------------------------------------------------------------------


def _conditions(validators: Validators) -> dict[str, str]:
    sent = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in sent.items() if value}


def _origin_of(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()


# --- errors ----------------------------------------------------------------------------------------------------------


@contextmanager
def _explained(url: str, policy: FetchPolicy) -> Iterator[None]:
    """Turn all failures of a request into FetchErrors, in one line without credentials."""
    try:
        yield
    except TimeoutError as error:
        raise FetchError(
            f"{without_secrets(url)}: no complete answer within {policy.timeout:g} s; if the server is slow, raise "
            "http.timeout"
        ) from error
    except FetchError as error:
        raise FetchError(f"{without_secrets(url)}: {error}") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchError(f"{without_secrets(url)}: {_cause(error)}") from error


def _cause(error: Exception) -> str:
    reason = getattr(error, "message", "") or getattr(getattr(error, "os_error", None), "strerror", "") or ""
    reason = getattr(getattr(error, "certificate_error", None), "verify_message", "") or reason
    for kind, said in CAUSES:
        if isinstance(error, kind):
            return said.format(reason=" ".join(str(reason).split())[:80] or type(error).__name__)
    return f"cannot be fetched ({type(error).__name__})"
