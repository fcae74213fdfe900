"""Walls against bots: services that send a page of their own instead of the site's feed. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

#: Number of bytes of a page that are searched.
EXCERPT = 32_768


#: The beginning of a web page, and the number of bytes in which it is searched.
PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
PAGE_HEAD = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A service in front of a site, with the marks of its own answers."""

    name: str
    #: A header and the pattern of a value that only its own answers have; None if only its pages have a mark.
    header: tuple[str, str] | None = None
    #: A pattern that only its own pages contain.
    page: str | None = None


#: `/cdn-cgi/challenge-platform/scripts/` is not a mark: Cloudflare adds it to pages of the site too.
WALLS = (
    Wall(
        name="Cloudflare",
        header=("cf-mitigated", "challenge"),
        page=r"<title>Just a moment\.\.\.</title>|_cf_chl_opt|/cdn-cgi/challenge-platform/h/|cf-browser-verification"
        r"|chk_jschl|Attention Required! \| Cloudflare|id=\"cf-error-details\"",
    ),
    Wall(name="Anubis", page=r"/\.within\.website/x/cmd/anubis/|anubis_challenge|/\.within\.website/x/xess/"),
    Wall(name="DataDome", page=r"captcha-delivery\.com"),
    Wall(name="HUMAN (PerimeterX)", page=r"_pxAppId|px-captcha|captcha\.px-c(?:dn|loud)\.net"),
    Wall(name="Imperva", page=r"_Incapsula_Resource|Incapsula incident ID"),
    Wall(name="Sucuri", header=("x-sucuri-block", "."), page=r"sucuri_cloudproxy_js|Sucuri Web[Ss]ite Firewall"),
    Wall(
        name="AWS WAF",
        header=("x-amzn-waf-action", "challenge|captcha"),
        page=r"awsWafCookieDomainList|token\.awswaf\.com",
    ),
    Wall(name="Vercel", header=("x-vercel-mitigated", "challenge|deny"), page=r"Vercel Security Checkpoint"),
    Wall(name="Kasada", header=("x-kpsdk-ct", "."), page=r"window\.KPSDK"),
    Wall(name="Akamai", page=r"https?(?:://|&#58;&#47;&#47;)errors(?:\.|&#46;)edgesuite(?:\.|&#46;)net"),
    Wall(name="DDoS-Guard", page=r"/\.well-known/ddos-guard/|check\.ddos-guard\.net"),
    Wall(name="go-away", page=r"/git/go-away/(?:cmd|assets)|go-away\s*=\s*\{"),
    Wall(name="Aliyun WAF", page=r"acw_sc__v2|aliyun_waf_"),
    Wall(name="Jiasule", page=r"__jsl_clearance"),
    Wall(name="SafeLine", page=r"/\.safeline/|SafeLineChallenge"),
)

_HEADERS = tuple((one, re.compile(one.header[1], re.IGNORECASE)) for one in WALLS if one.header)
_PAGES = tuple((one, re.compile(one.page.encode())) for one in WALLS if one.page)


def wall_of(status: int, headers: Mapping[str, str], page: bytes) -> str | None:
    """
    The name of the wall that sent an answer; None for an answer of the site itself.

    The names in `headers` are in lower case. `page` is the beginning of the body. An answer with status 200 that is not
    a web page is never from a wall.
    """
    if status == HTTPStatus.OK and not is_page(page):
        return None
    for wall, value in _HEADERS:
        if wall.header and value.search(headers.get(wall.header[0], "")):
            return wall.name
    return next((wall.name for wall, mark in _PAGES if mark.search(page)), None)


def is_page(body: bytes) -> bool:
    """Whether a body is a web page, by its beginning."""
    return PAGE.search(body[:PAGE_HEAD]) is not None


def advice(wall: str) -> str:
    """The message with what an operator can do about a wall."""
    return (
        f"a wall against bots ({wall}) answers instead of the site; ask its owner to let this user agent read the "
        "feed, look for another address of it (a mirror, a route of RSSHub), or give its source the headers that its "
        "owner names"
    )
