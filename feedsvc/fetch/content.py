"""The content of an answer: its head within bounds, and its decoded body or the page that came instead."""

import asyncio
import contextlib
from collections.abc import Mapping
from http import HTTPStatus

import aiohttp

from feedsvc.errors import FetchError
from feedsvc.fetch.decode import beginning, decoded, is_packed
from feedsvc.fetch.walls import EXCERPT
from feedsvc.model import FetchPolicy

OK, NOT_MODIFIED = HTTPStatus.OK, HTTPStatus.NOT_MODIFIED

#: From this status on, the body of an answer is a page about an error. AWS WAF sends its challenge with 202.
FIRST_ERROR = 202

CHUNK_BYTES = 65_536

#: Time limit for reading a page about an error, in seconds.
PAGE_SECONDS = 5

#: Headers whose value is a list.
LISTS = frozenset({"cache-control", "content-encoding", "link", "ratelimit", "ratelimit-policy", "vary"})

#: Largest head of an answer, in bytes.
MAX_HEAD = 262_144


def check_head(answer: aiohttp.ClientResponse) -> None:
    """Raise FetchError if the head of an answer is too large."""
    size = sum(len(name) + len(value) for name, value in answer.raw_headers)
    if size > MAX_HEAD:
        raise FetchError(f"the head of its answer is larger than {MAX_HEAD // 1024} kB")


async def content(answer: aiohttp.ClientResponse, policy: FetchPolicy) -> tuple[bytes, bytes]:
    """The body of an answer with status 200, else no bytes; and the beginning of the body or of the error page."""
    if answer.status == OK:
        body = await _body(answer, policy)
        return body, body[:EXCERPT]
    if answer.status < FIRST_ERROR or answer.status == NOT_MODIFIED:
        return b"", b""
    page = bytearray()
    # The page is only used to recognise a wall. The status suffices if the page does not come soon.
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
    # In a thread, because decoding may take a second and other requests are running.
    return await asyncio.to_thread(decoded, bytes(body), coding, policy.max_body)


def _coding(answer: aiohttp.ClientResponse) -> str:
    return ", ".join(answer.headers.getall("Content-Encoding", []))


def by_name(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers by lower-case name. Of repeated headers, the first counts; lists are joined (RFC 9110, 5.3)."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        lowered = name.lower()
        if lowered in LISTS and lowered in found:
            found[lowered] += f", {value}"
        found.setdefault(lowered, value)
    return found
