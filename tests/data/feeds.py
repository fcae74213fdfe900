"""Upstream feeds as sites write them: of one site's articles, in every format."""

import html
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)

SUBJECTS = (
    "国产大模型",
    "新能源汽车",
    "折叠屏手机",
    "商业航天公司",
    "固态硬盘",
    "开源操作系统",
    "量子计算机",
    "卫星互联网",
)
EVENTS = (
    "公布季度财报",
    "完成新一轮测试",
    "宣布降价",
    "推出测试版",
    "遭遇供应短缺",
    "刷新销量纪录",
    "获得监管批准",
    "开始内部招募",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of the site, by its number; `section` may change, the number does not."""

    number: int
    section: str = "tech"
    host: str = "https://www.news.example"

    @property
    def title(self) -> str:
        """The article's headline."""
        return f"{SUBJECTS[self.number % 8]}{EVENTS[self.number // 8 % 8]}：第{self.number}号报道"

    @property
    def link(self) -> str:
        """The address of the article's page."""
        return f"{self.host}/articles/{self.section}/{self.number}.htm"

    @property
    def published(self) -> datetime:
        """Twenty minutes after the one before."""
        return FIRST + timedelta(minutes=20 * (self.number - 1_500_000))

    @property
    def teaser(self) -> str:
        """The teaser in the site's own feed."""
        return f"<p>{self.title}。<strong>据介绍</strong>，该消息由本站编辑整理，更多细节将在正文中公布。</p>"

    @property
    def text(self) -> str:
        """The whole article."""
        return self.teaser + "".join(
            f"<p>第{number}段：{self.title}的后续进展，涉及多家上下游企业与研究机构。</p>" for number in range(1, 9)
        )


def articles(count: int, first: int = 1_500_000, **fields: str) -> list[Article]:
    """`count` articles, newest first."""
    return [Article(number=first + number, **fields) for number in reversed(range(count))]


def rss(some: list[Article], encoding: str | None = "utf-8", head: str = "") -> str:
    """As cnBeta writes it: a teaser in CDATA, a link to read on, a source without URL, an author without e-mail."""
    declared = f' encoding="{encoding}"' if encoding else ""
    items = "".join(
        f"<item><title><![CDATA[{one.title}]]></title><link>{one.link}</link>"
        f'<description><![CDATA[ {one.teaser} <a href="{one.link}" target="_blank"><strong>阅读全文</strong></a> ]]>'
        f"</description><author>ugmbbc</author><source>新闻网</source>"
        f"<pubDate>{one.published:%a, %d %b %Y %H:%M:%S} GMT</pubDate><guid>{one.link}</guid></item>\n"
        for one in some
    )
    return (
        f'<?xml version="1.0"{declared} ?>\n<rss version="2.0" ><channel><title>新闻网 RSS订阅</title>'
        "<link>https://www.news.example</link><description>简明新闻</description><language>zh-cn</language>"
        f"{head}\n{items}</channel></rss>\n"
    )


def atom(some: list[Article]) -> str:
    """Atom 1.0 with the whole text, as XHTML and as HTML in turn."""
    entries = "".join(
        f"<entry><id>{one.link}</id><title>{html.escape(one.title)}</title>"
        f'<link rel="alternate" href="{one.link}"/><published>{one.published.isoformat()}</published>'
        f"<updated>{one.published.isoformat()}</updated><author><name>编辑部</name></author>"
        + (
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{one.text}</div></content>'
            if one.number % 2
            else f'<content type="html">{html.escape(one.text)}</content>'
        )
        + "</entry>"
        for one in some
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>新闻网</title>'
        "<id>tag:news.example,2026:feed</id><updated>2026-03-03T08:00:00Z</updated>"
        f'<link href="https://www.news.example/"/>{entries}</feed>'
    )


def rdf(some: list[Article]) -> str:
    """RSS 1.0, its dates with a zone, its text in content:encoded."""
    items = "".join(
        f'<item rdf:about="{one.link}"><title>{one.title}</title><link>{one.link}</link>'
        f"<dc:date>{one.published.isoformat()}</dc:date><dc:creator>ugmbbc</dc:creator>"
        f"<description>{html.escape(one.teaser)}</description>"
        f"<content:encoded><![CDATA[{one.text}]]></content:encoded></item>"
        for one in some
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="https://www.news.example/">'
        f"<title>新闻网</title><link>https://www.news.example/</link></channel>{items}</rdf:RDF>"
    )


def json_feed(some: list[Article]) -> str:
    """JSON Feed 1.1."""
    items = [
        {"id": one.link, "url": one.link, "title": one.title, "content_html": one.text,
         "date_published": one.published.isoformat(), "authors": [{"name": "ugmbbc"}]}
        for one in some
    ]  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "新闻网", "home_page_url": "https://www.news.example/",
        "items": items,
    }  # fmt: skip
    return json.dumps(feed, ensure_ascii=False)
