"""What an answer holds: its head within bounds, its body decoded, or the page that came instead."""

import asyncio
import contextlib
from collections.abc import Mapping

import aiohttp

from feedsvc.errors import FetchError
from feedsvc.fetch.decode import beginning, decoded, is_packed
from feedsvc.fetch.walls import EXCERPT
from feedsvc.model import FetchPolicy

OK, NOT_MODIFIED = 200, 304

#: From here on, an answer's body is a page that says what is wrong. AWS asks bots for a proof with 202.
FIRST_ERROR = 202

CHUNK_BYTES = 65_536

#: Seconds for the page of an answer that is none for us.
PAGE_SECONDS = 5

#: Headers that are lists.
LISTS = frozenset({"cache-control", "content-encoding", "ratelimit", "ratelimit-policy", "vary"})

#: Bytes of an answer's head.
MAX_HEAD = 262_144


def check_head(answer: aiohttp.ClientResponse) -> None:
    """Raise FetchError for more of a head than any server means."""
    size = sum(len(name) + len(value) for name, value in answer.raw_headers)
    if size > MAX_HEAD:
        raise FetchError(f"the head of its answer is larger than {MAX_HEAD // 1024} kB")


async def content(answer: aiohttp.ClientResponse, policy: FetchPolicy) -> tuple[bytes, bytes]:
    """The body of an answer that has one for us; and the beginning of it, or of the page that is there instead."""
    if answer.status == OK:
        body = await _body(answer, policy)
        return body, body[:EXCERPT]
    if answer.status < FIRST_ERROR or answer.status == NOT_MODIFIED:
        return b"", b""
    page = bytearray()
    # What does not come soon is not worth the wait: the status says enough.
    with contextlib.suppress(aiohttp.ClientError, OSError):
        async with asyncio.timeout(PAGE_SECONDS):
            while len(page) < EXCERPT and not answer.content.at_eof():
                page += await answer.content.read(EXCERPT)
    return b"", beginning(bytes(page), _coding(answer), EXCERPT)


async def _body(answer: aiohttp.ClientResponse, policy: FetchPolicy) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > policy.max_body:
            raise FetchError(f"larger than {policy.max_body / 1_000_000:g} MB; to take it, raise http.max_body")
    coding = _coding(answer)
    if not coding and not is_packed(body):
        return bytes(body)
    # In a thread: it may take a second, and others are waiting.
    return await asyncio.to_thread(decoded, bytes(body), coding, policy.max_body)


def _coding(answer: aiohttp.ClientResponse) -> str:
    return ", ".join(answer.headers.getall("Content-Encoding", []))


def by_name(headers: Mapping[str, str]) -> dict[str, str]:
    """Of several lines of a header the first, or all of them where it is a list (RFC 9110, 5.3)."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        lowered = name.lower()
        if lowered in LISTS and lowered in found:
            found[lowered] += f", {value}"
        found.setdefault(lowered, value)
    return found
