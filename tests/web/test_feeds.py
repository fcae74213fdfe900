"""Feeds over HTTP: which address gives what."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import cache
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from feedsvc.identity import article_id
from feedsvc.store import Store
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import TAG, client, fill, site

SLUG = quote("新媒体")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with three entries."""
    with site(tmp_path_factory.mktemp("site")) as (folder, store):
        yield client(folder, store)


START = b"<?xml version='1.0' encoding='UTF-8'?>\n"
STYLED = START + b'<?xml-stylesheet type="text/css" href="/static/feed.css"?>'


@pytest.mark.parametrize(
    ("path", "content_type", "start"),
    [
        ("/feeds/all.rss", "application/rss+xml; charset=utf-8", STYLED + b"<rss "),
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8", STYLED + b"<feed "),
        ("/feeds/all.json", "application/feed+json; charset=utf-8", b'{"version":"https://jsonfeed.org/version/1.1"'),
        ("/feeds.opml", "text/x-opml; charset=utf-8", START + b"<opml "),
    ],
    ids=["rss", "atom", "json", "opml"],
)
def test_formats(web: FlaskClient, path: str, content_type: str, start: bytes) -> None:
    """Each format has its address and its registered media type."""
    response = web.get(path)

    assert (response.status_code, response.content_type) == (200, content_type)
    assert response.data.startswith(start)


@pytest.mark.parametrize(
    "accept", ["text/html", "application/atom+xml", "image/png;q=1, */*;q=0", ""], ids=["html", "other", "none", "-"]
)
def test_suffix_decides(web: FlaskClient, accept: str) -> None:
    """An address with a format's suffix gives that format, whatever Accept says."""
    response = web.get("/feeds/all.rss", headers={"Accept": accept})

    assert (response.status_code, response.mimetype) == (200, "application/rss+xml")


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_category(web: FlaskClient, form: str) -> None:
    """A category's feed has exactly the category's entries."""
    text = web.get(f"/feeds/最新.{form}").text

    assert "国家云揭开面纱" in text
    assert "问天实验舱抵达空间站" not in text


@pytest.mark.parametrize(
    "slug", ["新媒体", SLUG, SLUG.lower(), "%E6%96%B0媒体"], ids=["raw", "upper", "lower", "mixed"]
)
def test_chinese_slug(web: FlaskClient, slug: str) -> None:
    """A Chinese name works as it is and percent-encoded, in either case of the hex digits."""
    assert web.get(f"/feeds/{slug}.rss").status_code == 200


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/atom.xml", "all.atom"),
        ("/rss.xml", "all.rss"),
        ("/rss2.xml", "all.rss"),
        ("/feed", "all.rss"),
        ("/feed/", "all.rss"),
        ("/rss", "all.rss"),
        ("/feed.xml", "all.rss"),
        ("/index.xml", "all.rss"),
        ("/feed.json", "all.json"),
    ],
)
def test_alias(web: FlaskClient, alias: str, path: str) -> None:
    """The usual addresses of other software give the same bytes with the same ETag."""
    found, feed = web.get(alias), web.get(f"/feeds/{path}")

    assert (found.data, found.content_type, found.headers["ETag"]) == (
        feed.data,
        feed.content_type,
        feed.headers["ETag"],
    )


def test_alias_of_any_feed(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """An alias with `<name>` serves each feed; another case leads to the feed's address, and an unknown name to 404."""
    folder.configure(CONFIG + "web: {aliases: {/categories/<name>/feed: <name>.atom}}\n")
    folder.write("a.txt", seed("一", categories="[Tech]"))
    take_in()
    web = client(folder, store)
    found = [web.get(f"/categories/{name}/feed") for name in ("Tech", "tech", "none")]

    assert [one.status_code for one in found] == [200, 301, 404]
    assert found[0].data == web.get("/feeds/Tech.atom").data
    assert found[1].headers["Location"] == "/feeds/Tech.atom"


@pytest.mark.parametrize("alias", ["/news/feed.xml", "/新闻.xml"])
def test_configured_alias(folder: Folder, store: Store, take_in: Callable[..., object], alias: str) -> None:
    """A configured address gives the feed that it names."""
    folder.configure(CONFIG + f"web: {{aliases: {{{alias}: 新媒体.rss}}}}\n")
    fill(folder)
    take_in()
    web = client(folder, store)

    assert web.get(alias).data == web.get(f"/feeds/{SLUG}.rss").data


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/feeds/ALL.rss", "/feeds/all.rss"),
        ("/feeds/CNBETA.json", "/feeds/cnBeta.json"),
        ("/feeds/%EF%BC%A3nBeta.atom", "/feeds/cnBeta.atom"),
        ("/feeds/All", "/feeds/all"),
    ],
    ids=["rss", "json", "full width", "page"],
)
def test_other_case(web: FlaskClient, path: str, location: str) -> None:
    """A slug in another case or width redirects permanently to the feed's address."""
    response = web.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, location)
    assert web.get(location).status_code == 200


def test_new_slug(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The former address of a category with a new slug redirects to the new one."""
    fill(folder)
    take_in()
    folder.configure(CONFIG + "categories: {新媒体: {slug: media}}\n")
    take_in()
    response = client(folder, store).get(f"/feeds/{SLUG}.rss")

    assert (response.status_code, response.headers["Location"]) == (301, "/feeds/media.rss")


@pytest.mark.parametrize("suffix", [".rss", ".atom", ".json", ""])
def test_unknown_feed(web: FlaskClient, suffix: str) -> None:
    """A feed that never existed gives 404."""
    assert web.get(f"/feeds/没有{suffix}").status_code == 404


@pytest.mark.parametrize("suffix", [".rss", ".atom", ".json", ""])
def test_retired_feed(folder: Folder, store: Store, take_in: Callable[..., object], suffix: str) -> None:
    """A feed that was removed from the configuration gives 410, and no list names it."""
    folder.configure(CONFIG + "feeds: {tech: {title: 科技, categories: [新媒体]}}\n")
    fill(folder)
    take_in()
    was = client(folder, store).get(f"/feeds/tech{suffix}").status_code
    folder.configure(CONFIG)
    take_in()
    web = client(folder, store)

    assert (was, web.get(f"/feeds/tech{suffix}").status_code) == (200, 410)
    assert "/feeds/tech" not in web.get("/").text + web.get("/feeds.opml").text


def test_an_address_that_was_handed_over_answers_with_its_feed(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """A reader that has the other feed's document gets the new one, also if it asks by date alone."""
    folder.write("a.txt", seed("甲", categories="[电脑]"))
    folder.write("b.txt", seed("乙", categories="[手机]"))
    of_category = CONFIG + "categories: {手机: {slug: tech}}\n"
    of_feed = CONFIG + "categories: {手机: {slug: phones}}\nfeeds: {tech: {categories: [电脑]}}\n"
    found, date = [], ""
    for hours, text in enumerate((of_category, of_feed, of_category, of_feed)):
        folder.configure(text)
        take_in(now := NOW + timedelta(hours=hours))
        answer = client(folder, store, now).get("/feeds/tech.rss", headers={"If-Modified-Since": date})
        date = answer.headers["Last-Modified"]
        found.append((answer.status_code, "甲" in answer.text))

    assert found == [(200, False), (200, True), (200, False), (200, True)]


def test_edited_seed(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """An edited article keeps its guid, and the feed gets a new ETag."""
    folder.write("a.txt", seed("旧标题"))
    take_in()
    web = client(folder, store)
    before = web.get("/feeds/all.rss")
    folder.write("a.txt", seed("新的标题"))
    take_in()
    after = web.get("/feeds/all.rss")

    assert "新的标题" in after.text and "旧标题" not in after.text  # noqa: PT018 - one promise
    assert f"{TAG}articles/a.txt" in before.text and f"{TAG}articles/a.txt" in after.text  # noqa: PT018
    assert before.headers["ETag"] != after.headers["ETag"]


def test_window(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A feed's documents show the newest entries, as many as its window allows."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 2, hours: 0}}}\n")
    for day in range(1, 5):
        folder.write(f"{day}.txt", seed(f"第{day}篇", date=f"2022-07-0{day} 12:00:00"))
    take_in()
    items = client(folder, store).get("/feeds/all.json").get_json(force=True)["items"]

    assert [item["title"] for item in items] == ["第4篇", "第3篇"]


def test_opml_lists_every_feed(web: FlaskClient) -> None:
    """The OPML list has all feeds, and each of its addresses can be opened."""
    urls = etree.fromstring(web.get("/feeds.opml").data).xpath("body/outline/@xmlUrl")
    assert isinstance(urls, list)
    found = {str(url): web.get(urlsplit(str(url)).path).mimetype for url in urls}

    assert [f"https://feeds.example.org/feeds/{slug}.rss" for slug in ("all", SLUG, "cnBeta", quote("最新"))] == list(
        found
    )
    assert set(found.values()) == {"application/rss+xml"}


@pytest.mark.parametrize("path", ["/feeds/all.rss", "/feeds/all.atom", "/feeds/all.json", "/feeds.opml"])
def test_links_open(web: FlaskClient, path: str) -> None:
    """Every link of a document to this site can be opened."""
    text = web.get(path).text.replace('"', " ").replace("<", " ").replace(">", " ")
    links = {word for word in text.split() if word.startswith("https://feeds.example.org")}

    assert len(links) >= 4
    assert {link: web.get(urlsplit(link).path).status_code for link in links} == dict.fromkeys(links, 200)


PREFIXES = ["https://example.org/news", "https://example.org/a/b", "https://example.org/%E6%96%B0", "https://h/feeds"]


@pytest.fixture(scope="module")
def web_below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], FlaskClient]]:
    """A site with three entries below each base_url that a test asks for."""
    with ExitStack() as stack:

        @cache
        def made(base_url: str) -> FlaskClient:
            folder, store = stack.enter_context(site(tmp_path_factory.mktemp("site")))
            folder.configure(CONFIG.replace("https://feeds.example.org", base_url))
            return client(folder, store)

        yield made


@pytest.mark.parametrize("proxy", ["keeps", "strips"])
@pytest.mark.parametrize("base_url", PREFIXES, ids=["news", "deep", "chinese", "feeds"])
class TestPrefix:
    """A site below a path of a larger one."""

    @pytest.fixture
    def get(
        self, web_below: Callable[[str], FlaskClient], base_url: str, proxy: str
    ) -> Callable[[str], tuple[int, str, str]]:
        """Status, text and Location of a path below the prefix, asked through the proxy."""
        web = web_below(base_url)

        def get(path: str) -> tuple[int, str, str]:
            response = web.get((urlsplit(base_url).path if proxy == "keeps" else "") + path)
            return response.status_code, response.text, response.headers.get("Location", "")

        return get

    @pytest.mark.parametrize(
        "path", ["/feeds/all.rss", f"/feeds/{SLUG}.json", "/atom.xml", "/feeds.opml", "/", "/feeds/all", "/livez"]
    )
    def test_address(self, get: Callable[[str], tuple[int, str, str]], path: str) -> None:
        """Every address works, whether the reverse proxy removes the prefix or not."""
        assert get(path)[0] == 200

    def test_article(self, get: Callable[[str], tuple[int, str, str]]) -> None:
        """The pages of articles work with and without the prefix."""
        assert get(f"/articles/{article_id(TAG + 'articles/000.txt')}")[0] == 200

    def test_links(self, get: Callable[[str], tuple[int, str, str]], base_url: str) -> None:
        """Links in documents, on pages and in redirects carry the prefix."""
        prefix = urlsplit(base_url).path

        assert f"<link>{base_url}/feeds/all</link>" in get("/feeds/all.rss")[1]
        assert f'href="{prefix}/static/style.css"' in get("/")[1]
        assert get("/feeds/ALL.rss")[2] == f"{prefix}/feeds/all.rss"


@pytest.mark.parametrize(
    "path",
    ["/", "/feeds/all", "/feeds/all.rss", "/feeds/all.json", "/feeds.opml", "/feeds/ALL.rss", "/feeds/ALL", "/nothing",
     "/feeds//all.rss", "/feeds/./all.rss", "/static//style.css", "/articles//x", "/robots.txt"],
)  # fmt: skip
def test_host_is_never_repeated(web: FlaskClient, path: str) -> None:
    """The Host header appears in no answer, because a cache would keep it for other clients."""
    spoofed = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    response = web.get(path, headers=spoofed)

    assert "evil.example" not in response.text + str(response.headers)
