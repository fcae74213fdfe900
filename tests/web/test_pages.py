"""Pages for a person."""

from collections.abc import Callable, Iterator
from urllib.parse import quote, urljoin, urlsplit

import lxml.html
import pytest
from flask.testing import FlaskClient

from feedsvc.identity import article_id
from feedsvc.store import Store
from tests.conftest import CONFIG, Folder, seed
from tests.data.samples import TAG, client, fill, site

ARTICLE = f"/articles/{article_id(TAG + 'articles/000.txt')}"
MEDIA_ARTICLE = f"/articles/{article_id(TAG + 'articles/002.txt')}"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with three entries."""
    with site(tmp_path_factory.mktemp("site")) as (folder, store):
        yield client(folder, store)


def page(web: FlaskClient, path: str) -> lxml.html.HtmlElement:
    """A page, read."""
    response = web.get(path)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    return lxml.html.document_fromstring(response.text)


def test_catalogue(web: FlaskClient) -> None:
    """The front page lists every feed with its number of entries."""
    cards = page(web, "/").xpath("//ul[@class='cards']/li")
    rows = [(card.xpath("string(h2)").strip(), card.xpath("string(p[1])").partition(" · ")[0]) for card in cards]

    assert rows == [("全部文章", "3 篇"), ("新媒体", "3 篇"), ("cnBeta", "1 篇"), ("最新", "1 篇")]


def test_catalogue_of_nothing(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A site without an article has a front page and a feed."""
    take_in()
    web = client(folder, store)

    assert "测试站" in web.get("/").text
    assert "还没有文章" in web.get("/feeds/all").text


@pytest.mark.parametrize("path", ["/", "/feeds/all", f"/feeds/{quote('新媒体')}"])
def test_discovery(web: FlaskClient, path: str) -> None:
    """A reader that is given a page's address finds the feeds, each with its own media type."""
    links = page(web, path).xpath("//head/link[@rel='alternate']")
    found = {link.get("type"): web.get(urlsplit(link.get("href")).path).mimetype for link in links}

    assert list(found) == ["application/rss+xml", "application/atom+xml", "application/feed+json"]
    assert all(declared == sent for declared, sent in found.items())


def test_no_page_looks_like_a_feed_itself(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """
    A reader that is given a feed page's address gets each entry once: from the linked feed.

    Liferea follows `<link rel="alternate">`, and besides takes a page for a feed that has three `<article>` with
    headings in them, or JSON-LD; other readers look for the microformats `h-feed` and `hentry`, and for schema.org.
    """
    for number in range(5):
        folder.write(f"{number}.txt", seed(f"标题 {number}", "<article><h2>一</h2></article>" * 3))
    take_in()
    web = client(folder, store)
    marks = (
        "//article[.//h1 | .//h2 | .//h3 | .//h4 | .//h5]", "//script[contains(@type, 'json')]",
        "//*[contains(@class, 'h-feed') or contains(@class, 'h-entry') or contains(@class, 'hentry')]",
        "//*[@itemtype or @itemscope or @typeof]",
    )  # fmt: skip
    one_article = f"/articles/{article_id(TAG + 'articles/0.txt')}"
    found = {path: [len(page(web, path).xpath(mark)) for mark in marks] for path in ("/", "/feeds/all", one_article)}

    assert found == {"/": [0, 0, 0, 0], "/feeds/all": [0, 0, 0, 0], one_article: [1, 1, 0, 0]}
    assert len(page(web, "/feeds/all").xpath("//section//h3")) == 5


def test_feed_page(web: FlaskClient) -> None:
    """A feed's page shows its addresses to copy, and its entries with title, date, author and summary."""
    found = page(web, "/feeds/最新")
    text = found.text_content()

    assert found.xpath("//input/@value")[0] == f"https://feeds.example.org/feeds/{quote('最新')}.rss"
    assert "feeds.example.org/feeds/最新.rss" in text
    assert "国家云揭开面纱" in text
    assert "2022-07-25 22:48" in text
    assert "酝酿一年多的“国家云”。" in text


def test_feed_page_links(web: FlaskClient) -> None:
    """An entry on a feed's page links to its original page, else to its page here."""
    links = {link.text: link.get("href") for link in page(web, "/feeds/all").xpath("//h3/a")}

    assert links["问天实验舱抵达空间站"] == "https://www.cnbeta.com.tw/articles/1297.htm?a=1&b=2"
    assert links["国家云揭开面纱"] == ARTICLE


def test_article(web: FlaskClient) -> None:
    """An article's page has its title, date, categories and text."""
    main = page(web, ARTICLE).find(".//article")

    assert main is not None
    assert main.findtext("h1") == "国家云揭开面纱"
    assert "2022-07-25 22:48 · 新媒体 · cnBeta · 最新" in main.text_content()
    assert "<p>酝酿一年多的“国家云”。</p>" in lxml.html.tostring(main, encoding="unicode")


def test_article_media(web: FlaskClient) -> None:
    """An article's page names its author and links to its files."""
    main = page(web, MEDIA_ARTICLE)

    assert "yinghe" in main.text_content()
    assert main.xpath("//a[@href='https://static.example.com/1.mp3']")


def test_article_with_original(web: FlaskClient) -> None:
    """An article with an original page has a page here too, which links to it."""
    main = page(web, f"/articles/{article_id(TAG + 'articles/001.txt')}")

    assert main.xpath("//p[@class='original']/a/@href") == ["https://www.cnbeta.com.tw/articles/1297.htm?a=1&b=2"]


def test_titles_are_text(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Markup in a title, a name or a category is escaped on every page."""
    fields = {"author": "A & <b>", "categories": '["1 < 2 & 3"]', "rights": "© <i> & 友"}
    folder.write("a.txt", seed("1 < 2 & 3 > 2", **fields))
    take_in()
    web = client(folder, store)
    address = f"/articles/{article_id(TAG + 'articles/a.txt')}"

    assert page(web, address).findtext(".//h1") == "1 < 2 & 3 > 2"
    assert all(not page(web, path).xpath("//main//*[self::b or self::i]") for path in ("/", "/feeds/all", address))


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "zh-CN"),
        ("/feeds/all", "zh-Hant"),
        (f"/feeds/{quote('新媒体')}", "en"),
        (f"/articles/{article_id(TAG + 'articles/a.txt')}", "ja"),
        (f"/articles/{article_id(TAG + 'articles/b.txt')}", "zh-CN"),
    ],
)
def test_a_page_states_its_language(
    folder: Folder, store: Store, take_in: Callable[..., object], path: str, language: str
) -> None:
    """The name of a feed has the feed's language, an article the entry's. The texts around have the page's."""
    stated = "feeds:\n  all: {language: zh-Hant}\ncategories:\n  新媒体: {language: en}\n"
    folder.configure(CONFIG + stated)
    folder.write("a.txt", seed("題名", language="ja"))
    folder.write("b.txt", seed("标题"))
    take_in()

    found = page(client(folder, store), path)
    assert found.get("lang") == "zh-CN"
    assert (found.xpath("//h1/@lang | //article/@lang") or ["zh-CN"]) == [language]


def test_withdrawn_article(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The page of an article whose file was removed gives 410, without the article's text."""
    fill(folder)
    take_in()
    (folder.path / "seeds" / "000.txt").unlink()
    take_in()
    response = client(folder, store).get(ARTICLE)

    assert response.status_code == 410
    assert "国家云" not in response.text


@pytest.mark.parametrize("article", ["0123456789abcdef", "x", "..", "%00", "国家云", "a" * 5000])
def test_unknown_article(web: FlaskClient, article: str) -> None:
    """An article that never existed gives 404."""
    assert web.get(f"/articles/{article}").status_code == 404


def test_future_article(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """An article dated in the future has no page before its time."""
    fill(folder)
    folder.write("000.txt", seed("国家云揭开面纱", date="2030-01-01 12:00:00"))
    take_in()
    web = client(folder, store)

    assert web.get(ARTICLE).status_code == 404
    assert "国家云" not in web.get("/feeds/all").text


def test_site_notes(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Rights and contact of the site are on every page."""
    folder.configure(CONFIG.replace("site: {", "site: {rights: © 2026 某人, contact: editor@example.org, "))
    fill(folder)
    take_in()
    text = client(folder, store).get(ARTICLE).text

    assert "© 2026 某人" in text
    assert "editor@example.org" in text


def crawl(web: FlaskClient, start: str) -> dict[str, int]:
    """The status of everything on this site that can be reached by links from a page."""
    found: dict[str, int] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        response = web.get(path, buffered=True)
        found[path] = response.status_code
        if response.mimetype == "text/html":
            elements = lxml.html.document_fromstring(response.text).iterfind(".//*[@href]")
            urls = (urljoin(path, element.get("href", "")) for element in elements)
            ours = {url.removeprefix("https://feeds.example.org") for url in urls}
            waiting += {url for url in ours if url.startswith("/")} - found.keys() - set(waiting)
    return found


def test_links_open(web: FlaskClient) -> None:
    """Every link on every page to this site can be opened: catalogue, feeds, articles, stylesheet."""
    found = crawl(web, "/")

    assert {"/", "/feeds.opml", "/feeds/all", "/feeds/cnBeta.atom", ARTICLE, "/static/style.css"} <= found.keys()
    assert set(found.values()) == {200}


@pytest.mark.parametrize("path", ["/", "/feeds/all", ARTICLE])
def test_nothing_foreign(web: FlaskClient, path: str) -> None:
    """A page has no inline script and no inline style. Script, stylesheet and forms are those of this site."""
    tree = page(web, path)

    assert tree.xpath("//script[not(@src) and @type != 'application/ld+json'] | //style | //@style | //@onclick") == []
    assert set(tree.xpath("//script/@src")) <= {"/static/page.js"}
    assert set(tree.xpath("//form/@action")) <= {"/", "/feeds.opml", "/search", "/feeds/all/filter"}
    assert tree.xpath("//link[@rel='stylesheet']/@href") == ["/static/style.css"]


CACHING = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"


@pytest.mark.parametrize("path", ["/", "/feeds/all", ARTICLE, "/feeds.opml"])
def test_pages_are_conditional(web: FlaskClient, path: str) -> None:
    """A page that has not changed gives 304."""
    first = web.get(path)
    again = web.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == CACHING
