"""
Jump links: the target of a link that goes through a counter, without tracking parameters. Pure.

The tables are part of the published policy (`sanitize/policy.py`). They stand here because an entry's own link, which
identifies it, follows the same rules as the links of its text.
"""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from feedsvc.normalize import web_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A host that redirects readers to other sites, to count them or to be paid for them."""

    #: Query parameters that may hold the target, the best first.
    parameters: tuple[str, ...]
    #: The beginning of its paths, if not all of the host redirects.
    path: str = "/"
    #: Whether the target may be the end of the path.
    is_in_path: bool = False
    #: Whether a link that does not contain its target is an affiliate link. Its address is removed.
    is_opaque: bool = False
    #: Parameters of the jump itself, if it does not encode its targets. A target ends before them.
    own: frozenset[str] = frozenset()
    #: Whether the target follows `path`, without a scheme.
    is_bare: bool = False


GOOGLE = frozenset({
    "sa", "ct", "source", "ust", "usg", "ved", "rct", "esrc", "cd", "cad", "uact", "opi", "sntz", "ei", "q", "url",
    "hl",
})  # fmt: skip

#: Host (with its subdomains) → where its links contain the target.
JUMPS: dict[str, Jump] = {
    # affiliate links
    "duomai.com": Jump(parameters=("t", "url"), is_opaque=True),
    "pvxt.net": Jump(parameters=("u", "url"), is_opaque=True),
    **dict.fromkeys(
        ("anrdoezrs.net", "jdoqocy.com", "tkqlhce.com", "dpbolvw.net", "kqzyfj.com"),
        Jump(parameters=("url",), is_in_path=True, is_opaque=True),
    ),
    "redirectingat.com": Jump(parameters=("url",), is_opaque=True),
    "linksynergy.com": Jump(
        parameters=("murl", "RD_PARM1"), is_opaque=True, own=frozenset({"u1", "mid", "id", "subid", "LSNSUBSITE"})
    ),
    "awin1.com": Jump(parameters=("ued", "p"), is_opaque=True),
    "shareasale.com": Jump(parameters=("urllink",), is_opaque=True),
    "skimresources.com": Jump(parameters=("url",), is_opaque=True),
    "viglink.com": Jump(parameters=("u",), is_opaque=True),
    "avantlink.com": Jump(parameters=("url",), is_opaque=True),
    "sjv.io": Jump(parameters=("u",), is_opaque=True),
    "prf.hn": Jump(parameters=("destination",), is_in_path=True, is_opaque=True),
    "union-click.jd.com": Jump(parameters=("to",), is_opaque=True),
    "s.click.taobao.com": Jump(parameters=("tu",), is_opaque=True),
    "click.simba.taobao.com": Jump(parameters=("u",), is_opaque=True),
    # interstitial pages: "you are leaving"
    "weibo.cn": Jump(parameters=("u", "toasturl"), path="/sinaurl"),
    "weibo.com": Jump(parameters=("u", "url"), path="/sinaurl"),
    "sina.com.cn": Jump(parameters=("url", "u"), path="/link"),
    "link.zhihu.com": Jump(parameters=("target",)),
    "douban.com": Jump(parameters=("url",), path="/link2"),
    "links.jianshu.com": Jump(parameters=("to",)),
    "jianshu.com": Jump(parameters=("url",), path="/go"),
    "link.juejin.cn": Jump(parameters=("target",)),
    "link.csdn.net": Jump(parameters=("target",)),
    "gitee.com": Jump(parameters=("target",), path="/link"),
    "oschina.net": Jump(parameters=("url",), path="/action/GoToLink"),
    "infoq.cn": Jump(parameters=("target",), path="/link"),
    "sspai.com": Jump(parameters=("target",), path="/link"),
    "link.sspai.com": Jump(parameters=("target",)),
    "c.pc.qq.com": Jump(parameters=("pfurl", "url")),
    "afdian.com": Jump(parameters=("target",), path="/link"),
    **dict.fromkeys(
        (
            "google.com",
            "google.com.hk",
            "google.com.tw",
            "google.com.au",
            "google.com.br",
            "google.co.jp",
            "google.co.uk",
            "google.co.in",
            "google.co.kr",
            "google.ca",
            "google.cn",
            "google.de",
            "google.es",
            "google.fr",
            "google.it",
            "google.nl",
            "google.pl",
            "google.ru",
        ),
        Jump(parameters=("q", "url"), path="/url", own=GOOGLE),
    ),
    # redirects that feeds put before the links of their entries
    "bing.com": Jump(parameters=("url",), path="/news/apiclick.aspx"),
    "feedproxy.google.com": Jump(parameters=("url",), is_in_path=True),
    "feeds.feedburner.com": Jump(parameters=("url",), is_in_path=True),
    "rd.yahoo.com": Jump(parameters=("url",), is_in_path=True),
    "go.theregister.com": Jump(parameters=(), path="/feed/", is_bare=True),
    "youtube.com": Jump(
        parameters=("q",), path="/redirect", own=frozenset({"v", "event", "redir_token", "html_redirect"})
    ),
    "facebook.com": Jump(parameters=("u",), path="/l.php", own=frozenset({"h", "s", "fbclid", "__tn__", "enc"})),
    "ebay.com": Jump(parameters=("mpre",), path="/rover", is_opaque=True),
    "out.reddit.com": Jump(parameters=("url",)),
    "t.umblr.com": Jump(parameters=("z",), path="/redirect"),
    "steamcommunity.com": Jump(parameters=("u", "url"), path="/linkfilter"),
    "vk.com": Jump(parameters=("to",), path="/away.php"),
    "linkedin.com": Jump(parameters=("url",), path="/redir"),
    "slack-redir.net": Jump(parameters=("url",), path="/link"),
}

#: Query parameters that only tell where a reader came from.
TRACKING = frozenset({
    "spm", "scm", "spm_id_from", "vd_source", "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "igshid",
    "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id", "wt_mc", "wt.mc_id", "ncid",
    "share_source", "share_medium", "share_plat", "share_session_id", "share_tag", "from_spmid", "unique_k",
    "xtor", "ref_src", "s_kwcid", "hmsr", "hmpl", "hmcu", "hmkw", "hmci",
})  # fmt: skip
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "pk_content", "_branch_")

#: A jump link may lead to another one, up to this number.
MAX_JUMPS = 3


def real_url(url: str) -> str | None:
    """
    The target of a web URL, without tracking parameters; None for a jump whose target only its owner knows.

    A jump link that contains its target is replaced by it, as JUMPS defines. None also for a chain that is too long.
    """
    for _ in range(MAX_JUMPS):
        jump = _jump(url)
        if jump is None:
            return without_tracking(url)
        target = _jump_target(url, jump)
        if target is None:
            return None if jump.is_opaque else without_tracking(url)
        url = target
    return None


def destination(url: str) -> str:
    """
    The target of an entry's own link.

    A jump link that does not contain its target is kept, because an entry must not lose its only link. A link that is
    not a jump is kept as it is, to the letter.
    """
    for _ in range(MAX_JUMPS):
        jump = _jump(url)
        target = _jump_target(url, jump) if jump else None
        if target is None:
            return url
        url = without_tracking(target)
    return url


def without_tracking(url: str) -> str:
    """A URL without the parameters that tell where a reader came from. The other parameters stay exactly the same."""
    rest, hash_mark, fragment = url.partition("#")
    head, mark, query = rest.partition("?")
    if not mark:
        return url
    kept = [part for part in query.split("&") if not _is_tracking(part.partition("=")[0].lower())]
    return head + ("?" + "&".join(kept) if kept else "") + hash_mark + fragment


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _jump(url: str) -> Jump | None:
    # Most links are not jumps. The host alone tells that, without parsing the URL.
    host = url.partition("://")[2].partition("/")[0].partition(":")[0]
    while host:
        jump = JUMPS.get(host)
        if jump and is_below(urlsplit(url).path, jump.path):
            return jump
        host = host.partition(".")[2]
    return None


def _jump_target(url: str, jump: Jump) -> str | None:
    parts = urlsplit(url)
    for name in jump.parameters:
        # If the target is not encoded, it extends to the end of the query, with its own parameters.
        _, mark, raw = f"&{parts.query}".partition(f"&{name}=http")
        if mark and raw.startswith(("://", "s://")):
            return web_url(f"http{_before_own(raw, jump)}" + (f"#{parts.fragment}" if parts.fragment else ""))
        value = unquote(dict(part.partition("=")[::2] for part in parts.query.split("&")).get(name, ""))
        if (found := value if "://" in value else unquote(value)) and "://" in found:
            return web_url(found)
    if jump.is_bare and "." in parts.path.removeprefix(jump.path).partition("/")[0]:
        return web_url(f"https://{parts.path.removeprefix(jump.path)}" + (f"?{parts.query}" if parts.query else ""))
    rest = unquote(url).partition("://")[2]
    at = max(rest.find("http://"), rest.find("https://")) if jump.is_in_path else -1
    return web_url(rest[at:]) if at >= 0 else None


def _before_own(raw: str, jump: Jump) -> str:
    """A target that is not encoded, up to the first parameter of the jump itself."""
    first, *rest = raw.split("&")
    if "?" not in first and "%3f" in first.lower():
        return unquote(first)  # only its scheme and slashes are not encoded, as in Google Alerts
    for number, part in enumerate(rest):
        if part.partition("=")[0] in jump.own:
            return "&".join((first, *rest[:number]))
    return raw


def is_below(path: str, prefix: str) -> bool:
    """Whether a path is `prefix` or below it: `/linkage` is not below `/link`."""
    return path.startswith(prefix) and (prefix.endswith("/") or path[len(prefix) :][:1] in {"", "/"} or not prefix)
