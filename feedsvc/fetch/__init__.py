"""
The one door out: guarded, polite, bounded HTTP. aiohttp's one home.

    URL → checked as text → looked up, each address checked → dialled, that address checked → next hop, or answer

`Client.get` asks once and never retries: what an answer means for the next poll is for `schedule` to say.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
import yarl
from aiohttp.abc import AbstractResolver

from feedsvc.errors import FetchError
from feedsvc.fetch.content import NOT_MODIFIED, OK, by_name, check_head, content
from feedsvc.fetch.decode import ACCEPT_ENCODING
from feedsvc.fetch.dial import GuardedResolver, check_target, guarded_socket
from feedsvc.fetch.guard import checked_url, is_own, shown
from feedsvc.fetch.redirects import REDIRECTS, target
from feedsvc.fetch.walls import advice, wall_of
from feedsvc.model import FetchPolicy, Validators

__all__ = ["NOT_MODIFIED", "OK", "Answer", "Client", "checked_url", "fetch"]

MAX_HOPS = 5

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.3, */*;q=0.2"
)

#: Bytes of one line of an answer's head: shops list what to load before, or whom they trust.
MAX_LINE = 65_536

#: Seconds until a connection stands, and between two reads of it.
CONNECT_SECONDS = 10
READ_SECONDS = 15

#: Seconds that a name's addresses are remembered. Each is checked again when it is dialled.
DNS_SECONDS = 300

GOODBYE_SECONDS = 0.25

#: What ends a request, as an operator reads it: the first that fits. The rest is "cannot be fetched".
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
    (aiohttp.ClientResponseError, "the answer is no HTTP ({reason})"),
    (aiohttp.InvalidURL, "not a plain http(s) URL"),
    (ConnectionError, "the connection was cut"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. That nothing was modified is an answer like others."""

    status: int
    #: Where it came from, redirects followed.
    url: str
    #: By lower-case name.
    headers: Mapping[str, str]
    #: Decoded; empty unless the status is 200.
    body: bytes = b""
    #: Whether it was asked whether it changed.
    is_conditional: bool = False
    #: Where the URL moved for good: every hop said so, and none led from https to http.
    moved_to: str | None = None
    #: The wall against bots that the answer may be of: of a page that came instead of the feed, if it was one.
    wall: str | None = None
    #: Whether it came from the own machine or network.
    is_own: bool = False

    @property
    def validators(self) -> Validators:
        """To the letter, as the server will want them back; what is not ASCII could not be given back so."""
        etag, modified = (self.headers.get(name) for name in ("etag", "last-modified"))
        return Validators(
            etag=etag if etag and etag.isascii() else None,
            last_modified=modified if modified and modified.isascii() else None,
            url=self.url,
        )


def fetch(url: str, policy: FetchPolicy) -> bytes:
    """As `fetched`: the body alone."""
    return fetched(url, policy).body


def fetched(url: str, policy: FetchPolicy) -> Answer:
    """
    What is at `url`, decoded, redirects followed.

    Raises FetchError, in one line without credentials, for everything else.
    """

    async def get() -> Answer:
        async with Client() as client:
            return await client.get(url, policy)

    answer = asyncio.run(get())
    if answer.status != OK:
        why = f"; {advice(answer.wall)}" if answer.wall else ""
        raise FetchError(f"{shown(url)}: the server answers {answer.status}{why}")
    return answer


@dataclass(slots=True, kw_only=True)
class Client:
    """Fetches, over as many connections as there are hosts. A context: leaving it closes them."""

    #: Looks names up; every address it finds is checked.
    resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver
    #: A connection that one policy allowed must not serve another: each has its own.
    _sessions: dict[FetchPolicy, aiohttp.ClientSession] = field(default_factory=dict)
    #: Names, and the last address that was found for each.
    _addresses: dict[str, str] = field(default_factory=dict)

    async def __aenter__(self) -> "Client":
        """Nothing is opened yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            await session.close()
        if any(policy.fingerprint for policy in self._sessions):
            # A connection that was refused after its handshake is still saying goodbye (docs.aiohttp.org, shutdown).
            await asyncio.sleep(GOODBYE_SECONDS)
        self._sessions.clear()

    async def get(
        self, url: str, policy: FetchPolicy, validators: Validators | None = None, home: str | None = None
    ) -> Answer:
        """
        Ask for `url`, once; with `validators`, whether it changed since.

        The policy's headers go to the origin of `home` alone, which is `url` itself where it is not given.
        Raises FetchError, in one line without credentials, when there is no answer or none that may be taken.
        """
        try:
            async with asyncio.timeout(policy.timeout):
                return await self._follow(url, policy, validators or Validators(), _origin(home or url))
        except TimeoutError as error:
            raise FetchError(
                f"{shown(url)}: no complete answer within {policy.timeout:g} s; where it is slow, raise http.timeout"
            ) from error
        except FetchError as error:
            raise FetchError(f"{shown(url)}: {error}") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(f"{shown(url)}: {_cause(error)}") from error

    async def _follow(self, url: str, policy: FetchPolicy, validators: Validators, origin: tuple[str, str]) -> Answer:
        session = self._session(policy)
        is_for_good = True
        for hop in range(MAX_HOPS + 1):
            asked = checked_url(url, policy)
            if policy.proxy:
                await check_target(asked, policy, self.resolver(), self._found)
            conditions = _conditions(validators) if validators.url in {None, asked} else {}
            headers = conditions | (dict(policy.headers) if _origin(url) == origin else {})
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

    def _found(self, host: str, address: str) -> None:
        self._addresses[host.lower()] = address

    def _is_own(self, url: str, policy: FetchPolicy) -> bool:
        """Whether a host that was asked is one of the own machine or network."""
        host = (urlsplit(url).hostname or "").lower()
        return is_own(host, self._addresses.get(host), policy)

    def _session(self, policy: FetchPolicy) -> aiohttp.ClientSession:
        if policy not in self._sessions:
            connector = aiohttp.TCPConnector(
                # The proxy itself was chosen by the operator, wherever it is.
                socket_factory=None if policy.proxy else guarded_socket(policy),
                resolver=self.resolver() if policy.proxy else GuardedResolver(self.resolver(), policy, self._found),
                ssl=_tls(policy),
                limit=0,
                limit_per_host=1,
                ttl_dns_cache=DNS_SECONDS,
            )
            self._sessions[policy] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": policy.user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING},
                timeout=aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS),
                auto_decompress=False,
                max_line_size=MAX_LINE,
                max_field_size=MAX_LINE,
                trust_env=False,
                proxy=policy.proxy,
            )
        return self._sessions[policy]


# --- what is asked ---------------------------------------------------------------------------------------------------


def _conditions(validators: Validators) -> dict[str, str]:
    sent = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in sent.items() if value}


def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()


def _tls(policy: FetchPolicy) -> "ssl.SSLContext | aiohttp.Fingerprint | bool":
    if policy.fingerprint:
        return aiohttp.Fingerprint(bytes.fromhex(policy.fingerprint))
    if policy.ca:
        context = ssl.create_default_context()
        context.load_verify_locations(policy.ca)
        return context
    return True


# --- what went wrong -------------------------------------------------------------------------------------------------


def _cause(error: Exception) -> str:
    reason = getattr(error, "message", "") or getattr(getattr(error, "os_error", None), "strerror", "") or ""
    reason = getattr(getattr(error, "certificate_error", None), "verify_message", "") or reason
    for kind, said in CAUSES:
        if isinstance(error, kind):
            return said.format(reason=" ".join(str(reason).split())[:80] or type(error).__name__)
    return f"cannot be fetched ({type(error).__name__})"
