"""What people can do with the pages: languages, search, a choice of feeds, archives, players, frames."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, timedelta
from pathlib import Path
from string import Formatter
from urllib.parse import quote

import lxml.etree
import lxml.html
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

import feedsvc.web
from feedsvc.identity import article_id
from feedsvc.model import View
from feedsvc.publish import digests
from feedsvc.sanitize import fields, listing
from feedsvc.store import Store
from feedsvc.texts import LANGUAGES, Texts
from feedsvc.web.embeds import Embed, asked
from feedsvc.web.negotiation import chosen_language
from feedsvc.web.query import parse
from feedsvc.web.showing import readable
from feedsvc.web.views import view_address
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import TAG, client, site

#: A day later.
LATER = NOW + timedelta(days=1)

PLAYER = '<iframe src="https://www.youtube.com/embed/M7lc1UVf-VE" title="发布会"></iframe>'


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with three entries."""
    with site(tmp_path_factory.mktemp("site")) as (folder, store):
        yield client(folder, store)


@pytest.fixture
def many(folder: Folder, store: Store, take_in: Callable[..., object]) -> FlaskClient:
    """A site of five articles, two on a page."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 2, hours: 0}}}\n")
    for number in range(1, 6):
        text = f"<p>正文</p>{PLAYER}<pre>code</pre>" if number == 5 else "<p>正文</p>"
        folder.write(
            f"{number}.txt", seed(f"第{number}篇", text, date=f"2026-01-0{number}", categories=f"[类{number}]")
        )
    take_in()
    web = client(folder, store)
    web.get("/feeds/all.rss")
    return web


def read(web: FlaskClient, path: str, language: str = "") -> lxml.html.HtmlElement:
    """A page, read."""
    response = web.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, path
    return lxml.html.document_fromstring(response.text)


# --- languages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "usual", "language"),
    [
        ("", "zh-CN", "zh"), ("", "en", "en"), ("", "ja", "en"), ("en", "zh-CN", "en"), ("en-GB,en;q=0.8", "zh", "en"),
        ("fr,de", "zh-CN", "zh"), ("fr, en;q=0.5, zh;q=0.9", "en", "zh"), ("zh;q=0, en;q=0", "zh-CN", "zh"),
        ("*", "zh-CN", "zh"), ("en;q=0.1,*;q=0.5", "zh-CN", "zh"), ("zh-Hant-TW", "en", "zh"), ("EN", "zh", "en"),
        ("x" * 5000, "zh-CN", "zh"), (";;,,q=,en;q=x", "zh-CN", "zh"),
    ],
)  # fmt: skip
def test_the_language_of_a_page(accepted: str, usual: str, language: str) -> None:
    """Accept-Language decides among our languages; else the site's language; else English."""
    assert chosen_language(accepted, usual) == language


@pytest.mark.parametrize("path", ["/", "/feeds/all", f"/articles/{article_id(TAG + 'articles/000.txt')}", "/embed/all"])
def test_each_page_is_there_in_each_language(web: FlaskClient, path: str) -> None:
    """A client that states its language gets this language, and caches are told. Another client is not affected."""
    for _ in range(2):
        for language, texts in LANGUAGES.items():
            response = web.get(path, headers={"Accept-Language": language})
            assert response.headers["Vary"] == "Accept-Encoding, Accept-Language"
            stated = lxml.html.document_fromstring(response.text).get("lang")
            assert path == "/embed/all" or stated == texts.language


def test_errors_speak_the_language_of_the_client(web: FlaskClient) -> None:
    """An error page, and the line about a wrong parameter, are in the language of the client."""
    missing, wrong = "/nothing", "/feeds/all.rss?limit=0"
    found = {
        (path, language): web.get(path, headers={"Accept-Language": language}).text
        for path in (missing, wrong)
        for language in LANGUAGES
    }

    assert "There is no such page" in found[missing, "en"]
    assert "没有这个页面" in found[missing, "zh"]
    assert "The value of limit must be a whole number from 1 to 500." in found[wrong, "en"]
    assert "参数 limit 的值必须是 1 到 500 的整数。" in found[wrong, "zh"]


def test_all_texts_have_the_same_places() -> None:
    """A text is filled in with the same names in each language, and none is empty."""
    first, *others = LANGUAGES.values()
    for name in first.__dataclass_fields__:
        values = [getattr(texts, name) for texts in (first, *others)]
        assert all(values)
        if isinstance(values[0], str):
            assert len({_places(value) for value in values}) == 1, name
        if isinstance(values[0], Mapping):
            assert len({tuple((key, _places(value)) for key, value in one.items()) for one in values}) == 1, name


def _places(text: str) -> frozenset[str]:
    """The names that a text is filled in with."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def test_no_text_is_dead() -> None:
    """Each text stands on some page, in the page of an error, or in the line of an entry that names its sources."""
    root = Path(feedsvc.web.__file__).parent
    used = "".join(file.read_text("utf-8") for file in [*root.glob("*.py"), *root.glob("templates/*.html")])
    for in_words in (Texts.entries_text, Texts.unchanged_text, Texts.older_revisions_text, Texts.fault_text):
        used += inspect.getsource(in_words)
    used += "".join(map(inspect.getsource, (fields, listing, digests)))
    names = set(Texts.__dataclass_fields__)

    assert {name for name in names if not re.search(rf"(?:texts|self)\.{name}\b|\"{name}\"", used)} == set()


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_search_over_feeds(many: FlaskClient) -> None:
    """The catalogue shows the feeds that have all words of a query, without regard to case and width."""
    found = {
        query: read(many, f"/?q={quote(query)}").xpath("//ul/li/h2/a/text()")
        for query in ("类1", "类 3", "ＡＬＬ", "无")
    }

    assert found == {"类1": ["类1"], "类 3": ["类3"], "ＡＬＬ": ["全部文章"], "无": []}
    assert "没有符合“<b>”的订阅源" in str(read(many, "/?q=<b>").xpath("string()"))
    assert [many.get(path).status_code for path in ("/?page=x&q=", "/page/2", "/page/1", "/page/0")] == [
        200,
        404,
        301,
        404,
    ]


def test_opml_of_a_choice(many: FlaskClient) -> None:
    """The form of the catalogue gives an OPML list of the feeds that a person chose."""
    chosen = many.get(f"/feeds.opml?feed={quote('类2')}&feed=all&feed=none")
    outlines = lxml.etree.fromstring(chosen.data).findall(".//outline")

    assert [one.get("title") for one in outlines] == ["测试站", "类2 - 测试站"]
    assert len(lxml.etree.fromstring(many.get("/feeds.opml").data).findall(".//outline")) == 6
    assert many.get("/feeds.opml?feed=none").status_code == 404


def test_the_catalogue_is_dated(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A feed that comes or goes changes the lists, and a client that asks by date gets the new ones."""
    folder.write("a.txt", seed("一"))
    take_in()
    web = client(folder, store)
    before = {path: web.get(path) for path in ("/", "/feeds.opml")}
    folder.configure(CONFIG + "feeds: {more: {sources: [articles], title: 更多}}\n")
    take_in(LATER)
    later = client(folder, store, LATER)
    for path, old in before.items():
        new = later.get(path, headers={"If-Modified-Since": old.headers["Last-Modified"]})
        assert (new.status_code, new.data != old.data) == (200, True)


# --- archives --------------------------------------------------------------------------------------------------------


def test_older_pages_lead_to_all_articles(many: FlaskClient) -> None:
    """From the page of a feed, links to older pages lead through all its articles, and back."""
    path, titles, way = "/feeds/all", [], []
    while path:
        tree = read(many, path)
        way.append(path)
        titles += tree.xpath("//section[@class='entry']/h3/a/text()")
        path = next(iter(tree.xpath("//nav/a[@rel='next']/@href")), "")
    back = read(many, way[-1]).xpath("//nav/a[@rel='prev']/@href")

    assert list(dict.fromkeys(titles)) == ["第5篇", "第4篇", "第3篇", "第2篇", "第1篇"]
    assert back == [way[-2]]
    assert many.get("/feeds/all/archive/9").status_code == many.get("/feeds/all/archive/0").status_code == 404


def test_articles_lead_to_each_other(many: FlaskClient) -> None:
    """The page of an article links to the article before and after it, and to the feeds of its categories."""
    tree = read(many, f"/articles/{article_id(TAG + 'articles/3.txt')}")

    assert [link.text_content().split()[-1] for link in tree.xpath("//nav/a")] == ["第4篇", "第2篇"]
    assert tree.xpath("//article//p[@class='meta']/a/@href") == [f"/feeds/{quote('类3')}"]


# --- content ---------------------------------------------------------------------------------------------------------


def test_a_player_is_a_link(many: FlaskClient) -> None:
    """A page asks nothing of the host of a player before a click. What scrolls can be focused."""
    tree = read(many, f"/articles/{article_id(TAG + 'articles/5.txt')}")
    (link,) = tree.xpath("//a[@class='player']")

    assert not tree.xpath("//iframe")
    assert link.get("href").startswith("https://www.youtube")
    assert link.text_content().endswith("播放")
    assert tree.xpath("//pre/@tabindex") == ["0"]


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://a.example/%E6%96%B0/", "a.example/新"), ("http://a.example/a%20b", "a.example/a%20b"),
        ("https://a.example/%FF", "a.example/%FF"), ("https://a.example/%E2%80%AEb", "a.example/%E2%80%AEb"),
        ("https://a.example/a%0Ab", "a.example/a%0Ab"), ("https://a.example/%41%3a%2F%26", "a.example/%41:%2F%26"),
        ("https://a.example/%E6%96%B0%20%FF%E6%96%B0%e3%80%80", "a.example/新%20%FF%E6%96%B0%e3%80%80"),
    ],
)  # fmt: skip
def test_readable_addresses(url: str, text: str) -> None:
    """Chinese is shown as it is. Signs that hide or turn text around stay encoded."""
    assert readable(url) == text


@pytest.mark.parametrize(
    "value",
    [
        "R&D",
        r"C/C\+\+",
        "100%25",
        "100%",
        "a=b&c",
        "#1",
        "a b",
        "华为 小米;",
        '^"(云|$|新)*,:',
        "％",
        "\u3000新\u202e",
        r"\\",
    ],
)
def test_the_address_that_is_shown_is_the_view(value: str) -> None:
    """Somebody who types the text of an address gets the same view."""
    view = View(filters=(("filterout_title", value),))
    shown = readable(view_address("https://a.example", "all", "rss", view))

    assert parse(shown.partition("?")[2], UTC) == view


# --- frames ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "embed"),
    [
        ({}, Embed()),
        ({"items": "3", "theme": "dark", "images": "1"}, Embed(items=3, theme="dark", has_images=True)),
        ({"items": "0", "theme": "x", "images": "no"}, Embed(items=1)),
        ({"items": "999"}, Embed(items=50)),
        ({"items": "-1"}, Embed()), ({"items": "1e9"}, Embed()), ({"items": "９"}, Embed()),
        ({"items": "9" * 50}, Embed()),
    ],
)  # fmt: skip
def test_parameters_of_a_frame(query: dict[str, str], embed: Embed) -> None:
    """A value that is not allowed counts as the usual one: a frame in a page of others has no use for an error."""
    assert asked(MultiDict(query)) == embed


def test_a_frame(many: FlaskClient) -> None:
    """A frame has so many titles as asked for, in the look that was asked for, and no script."""
    tree = read(many, "/embed/all?items=1&theme=dark")

    assert tree.xpath("//li/a/text()") == ["第5篇"]
    assert tree.get("data-theme") == "dark"
    assert not tree.xpath("//script")


def test_the_snippet_is_the_address_of_the_preview(many: FlaskClient) -> None:
    """The page for embedding shows the code to paste, and below it the frame that this code makes."""
    tree = read(many, "/feeds/all/embed?items=1&theme=light&images=1")
    pasted = lxml.html.fragment_fromstring(tree.xpath("string(//textarea)").strip())

    assert pasted.get("src") == "https://feeds.example.org/embed/all?items=1&theme=light&images=1"
    assert tree.xpath("//iframe/@src") == ["/embed/all?items=1&theme=light&images=1"]


@pytest.mark.parametrize(
    ("key", "ancestors"), [("", "'self'"), ("[https://blog.example]", "'self' https://blog.example")]
)
def test_who_may_show_a_frame(
    folder: Folder, store: Store, take_in: Callable[..., object], key: str, ancestors: str
) -> None:
    """Pages of the configured origins may show a frame, and our own page for embedding, which names them."""
    folder.configure(CONFIG + (f"web: {{frame_ancestors: {key}}}\n" if key else ""))
    take_in()
    web = client(folder, store)
    policy = web.get("/embed/all").headers["Content-Security-Policy"]
    page = web.get("/feeds/all/embed", headers={"Accept-Language": "en"}).text

    assert policy.endswith(f"frame-ancestors {ancestors}")
    assert ("https://blog.example" if key else "web.frame_ancestors") in page


def test_no_dead_file(tmp_path: Path) -> None:
    """Each file beside the stylesheet is served with its type."""
    with site(tmp_path) as (folder, store):
        web = client(folder, store)
        found = {name: web.get(f"/static/{name}").mimetype for name in ("style.css", "page.js", "icon.svg")}

    assert found == {"style.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}


def test_no_query_takes_the_place_of_a_page(many: FlaskClient) -> None:
    """A parameter whose name is percent-encoded gives an answer of its own. The next visitor gets the page."""
    for path, query in (
        ("/", "%71=none"), ("/feeds/all", "%66ormat=rss"), ("/feeds.opml", "%66eed=all"), ("/embed/all", "%69tems=1"),
    ):  # fmt: skip
        other = many.get(f"{path}?{query}").data
        assert many.get(path).data != other


def test_a_second_page_of_the_catalogue(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Feeds beyond those of a page are on the next one, at an address that files can have."""
    folder.write("a.txt", seed("一", categories=f"[{', '.join(f'类{number}' for number in range(100))}]"))
    folder.write("b.txt", seed("二", categories=f"[{', '.join(f'类{number}' for number in range(50, 120))}]"))
    take_in()
    web = client(folder, store)
    titles = [read(web, path).xpath("//ul[@class='cards']//h2/a/text()") for path in ("/", "/page/2")]

    assert [len(one) for one in titles] == [60, 60]
    assert read(web, "/").xpath("//nav/a/@href") == ["/page/2"]
    assert read(web, "/page/2").xpath("//nav/a/@href") == ["/", "/page/3"]
