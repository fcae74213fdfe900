"""Sample entries and sites, written in the shape of scraped cnBeta news."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedsvc.model import Author, Enclosure, Entry, FeedSpec, SafeHtml, Site
from feedsvc.render import Channel
from feedsvc.store import Store
from feedsvc.update import update
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed
from tests.data.new_stores import new_store

TAG = "tag:example.org,2026:"

SITE = Site(
    title="测试站",
    base_url="https://feeds.example.org",
    language="zh-CN",
    timezone=ZoneInfo("Asia/Shanghai"),
    tag="example.org,2026",
    rights="© 2026 测试站 & 作者",
    image="https://feeds.example.org/logo.png",
)

#: Every field set, and whatever XML, HTML and URLs give a meaning to in it.
FULL = Entry(
    guid=f"{TAG}articles/2022/%E4%BA%91.md",
    link="https://www.cnbeta.com.tw/articles/tech/1297149.htm?from=rss&hd=1",
    title="国家云 & 四家央企：1 < 2 ]]> 同台",
    content=SafeHtml("<p>正文 &amp; <b>重点</b> ]]> 之后 𠮷😀</p>"),
    summary=SafeHtml("摘要 &lt;一&gt; &amp; 二"),
    authors=(Author(name="ugmbbc"), Author(name="王小二 & 友", url="https://example.com/wang?a=1&b=2")),
    published=datetime(2022, 7, 25, 14, 48, 32, tzinfo=UTC),
    updated=datetime(2022, 7, 26, 1, 2, 3, tzinfo=UTC),
    categories=("新媒体", "cnBeta", "最新"),
    image="https://static.example.com/article/2022/0725/a878.PNG?w=3&h=2",
    enclosures=(
        Enclosure(url="https://static.example.com/1.mp3?a=1&b=2", type="audio/mpeg", length=1234),
        Enclosure(url="https://static.example.com/2.mp4", type="video/mp4", length=5678),
        Enclosure(url="https://static.example.com/3.pdf", type="application/pdf"),
    ),
    language="zh-Hant-TW",
    rights="© cnBeta",
)

#: As little as an entry can say.
MINIMAL = Entry(
    guid=f"{TAG}articles/minimal.md",
    link=None,
    title="只有标题",
    content=SafeHtml(""),
    summary=SafeHtml(""),
    authors=(),
    published=datetime(2022, 7, 20, 11, 32, 45, tzinfo=UTC),
    updated=None,
    categories=(),
    image=None,
    enclosures=(),
    language=None,
    rights=None,
)


def channel(site: Site = SITE) -> Channel:
    """The feed of the category 新媒体."""
    feed = FeedSpec(slug="新媒体", title="新媒体 & 科技", description="科技 <媒体> 的文章", language=site.language)
    return Channel(site=site, feed=feed, key="category/新媒体")


def fill(folder: Folder) -> None:
    """Write three seeds: one without a page of its own, one with, one with everything."""
    folder.write(
        "000.txt", seed("国家云揭开面纱", "<p>酝酿一年多的“国家云”。</p>", categories="[新媒体, cnBeta, 最新]")
    )
    folder.write("001.txt", seed("问天实验舱抵达空间站", link="https://www.cnbeta.com.tw/articles/1297.htm?a=1&b=2"))
    media = '[{url: "https://static.example.com/1.mp3", type: audio/mpeg, length: "1234"}]'
    folder.write(
        "002.txt", seed("雾港来信", author="yinghe", headimg="https://static.example.com/2.jpg", enclosures=media)
    )


def client(folder: Folder, store: Store, now: datetime = NOW) -> FlaskClient:
    """A client of the folder's site, at a given time. The site sees each change at once."""
    app = create_app(folder.config(), store, lambda: now)
    app.test_client_class = Attentive
    return app.test_client(use_cookies=False)


class Attentive(FlaskClient):
    """Lets the site look for changes before each request: a test does not wait for the moment of the next look."""

    def open(self, *arguments: Any, **more: Any) -> TestResponse:
        """Send a request."""
        self.application.extensions["feedsvc.changes"].look()
        return super().open(*arguments, **more)


@contextmanager
def site(path: Path) -> Iterator[tuple[Folder, Store]]:
    """The three seeds, imported: for tests that only read."""
    folder = Folder(path=path)
    folder.configure(CONFIG)
    fill(folder)
    store = new_store(folder.database_url)
    config = folder.config()
    update(store, SANDBOX, config.sources, catalogue(config), NOW)
    yield folder, store
    store.close()
