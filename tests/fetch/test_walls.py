"""Walls against bots are told from what sites answer themselves."""

import asyncio
import gzip
from collections.abc import Iterator

import pytest

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Answer, Client, fetch
from feedsvc.fetch.walls import WALLS, wall_of
from feedsvc.model import FetchPolicy
from tests.data.upstream import Upstream, answer, serving

POLICY = FetchPolicy(user_agent="feedsvc/test", allow_private=True, timeout=5)

#: Report → who answers, the status, headers, and the page that came.
REPORTED = {
    "TecharoHQ/anubis#721, Thunderbird's reader": (
        "Anubis", 200, {},
        '<!doctype html><html><head><link rel="stylesheet" href="/.within.website/x/xess/xess.min.css?cachebuster=1">',
    ),
    "martinrotter/rssguard#1888": (
        "Anubis", 200, {},
        '<!DOCTYPE html><html><head><script id="anubis_challenge" type="application/json">{"rules":{}}</script>',
    ),
    "zen-browser/www#396": (
        "Cloudflare", 403, {"server": "cloudflare"},
        '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex">',
    ),
    "OpenCTI-Platform/opencti#8968": (
        "Cloudflare", 403, {"cf_mitigated": "challenge", "server": "cloudflare"}, "",
    ),
    "FreshRSS/FreshRSS#1646": (
        "Cloudflare", 503, {"server": "cloudflare-nginx", "refresh": "8;URL=/cdn-cgi/l/chk_jschl?pass=1"},
        '<!DOCTYPE HTML><html><body><form id="challenge-form" action="/cdn-cgi/l/chk_jschl" method="get"></form>',
    ),
    "synzen/MonitoRSS-Clone#9, error 1020": (
        "Cloudflare", 403, {"server": "cloudflare"},
        '<!doctype html><html><head><title>Access denied</title></head><body><div id="cf-error-details"></div>',
    ),
    "a page in another language": (
        "Cloudflare", 403, {}, "<!DOCTYPE html><html><title>请稍候…</title><script>window._cf_chl_opt={}</script>",
    ),
    "DataDome's own JSON": (
        "DataDome", 403, {"content_type": "application/json"}, '{"url":"https://geo.captcha-delivery.com/captcha/?x=1"}',
    ),
    "Imperva": (
        "Imperva", 200, {},
        '<html style="height:100%"><body><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9"></iframe>',
    ),
    "HUMAN": ("HUMAN (PerimeterX)", 403, {}, "<html><script>window._pxAppId = 'PXabc';</script><div id='px-captcha'>"),
    "Sucuri": ("Sucuri", 403, {"x_sucuri_id": "1", "x_sucuri_block": "BOT"}, "<html>blocked</html>"),
    "AWS": ("AWS WAF", 202, {"x_amzn_waf_action": "challenge"}, ""),
    "Vercel": ("Vercel", 429, {"x_vercel_mitigated": "challenge"}, "<!DOCTYPE html><title>Vercel Security Checkpoint"),
    "Aliyun": ("Aliyun WAF", 200, {}, "<html><script>var arg1='1';document.cookie='acw_sc__v2='+x;</script></html>"),
}  # fmt: skip


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


def get(url: str) -> Answer:
    """The answer to one request by a client of its own."""

    async def run() -> Answer:
        async with Client() as client:
            return await client.get(url, POLICY)

    return asyncio.run(run())


@pytest.mark.parametrize("report", REPORTED)
def test_a_wall_is_named(upstream: Upstream, report: str) -> None:
    """A wall is recognised by pages that people reported, compressed or not."""
    name, status, headers, page = REPORTED[report]
    upstream.answers["/plain"] = answer(page, status, **headers)
    upstream.answers["/packed"] = answer(gzip.compress(page.encode()), status, content_encoding="gzip", **headers)

    assert [get(f"{upstream.url}{path}").wall for path in ("/plain", "/packed")] == [name, name]


FEED = "<rss version='2.0'><channel><title>{}</title></channel></rss>"


@pytest.mark.parametrize(
    ("status", "headers", "page"),
    [
        (200, {"server": "cloudflare"}, FEED.format("Just a moment... and _cf_chl_opt explained")),
        (200, {"x_datadome": "protected"}, FEED.format("captcha-delivery.com bought")),
        (
            404,
            {"server": "cloudflare"},
            '<html><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        ),
        (403, {"server": "nginx"}, "<html><title>403 Forbidden</title></html>"),
        (404, {"x_iinfo": "1-2-3"}, "<html>not here</html>"),
        (503, {"server": "cloudflare", "retry_after": "60"}, "busy"),
        (500, {}, ""),
    ],
    ids=[
        "a feed about Cloudflare",
        "a feed",
        "a page with a script of Cloudflare",
        "nginx",
        "Imperva's 404",
        "busy",
        "500",
    ],
)
def test_an_answer_of_the_site_itself_is_no_wall(
    upstream: Upstream, status: int, headers: dict[str, str], page: str
) -> None:
    """Services that stand before a site pass on what it says, and add headers and scripts of theirs."""
    upstream.answers["/"] = answer(page, status, **headers)

    assert get(f"{upstream.url}/").wall is None


def test_a_large_or_broken_page_costs_nothing(upstream: Upstream) -> None:
    """Only the beginning of an error page is read. A page that is cut off or wrongly compressed has no effect."""
    upstream.answers["/large"] = answer(b"x" * 5_000_000, 403)
    upstream.answers["/broken"] = answer(b"<html>", 403, content_length="999")
    upstream.answers["/packed"] = answer(b"\x1f\x8b\x08nonsense", 403, content_encoding="gzip")

    assert [get(f"{upstream.url}{path}").status for path in ("/large", "/broken", "/packed")] == [403, 403, 403]


def test_a_command_says_who_answers(upstream: Upstream) -> None:
    """`feedsvc discover` and `adopt` name the wall and the remedy."""
    upstream.answers["/"] = answer("", 403, cf_mitigated="challenge")
    with pytest.raises(FetchError, match=r"answers 403; a wall against bots \(Cloudflare\).*ask its owner"):
        fetch(f"{upstream.url}/", POLICY)


def test_each_wall_has_a_mark() -> None:
    """Each row of the table has a mark."""
    assert all(wall.header or wall.page for wall in WALLS)
    assert wall_of(403, {}, b"") is None
