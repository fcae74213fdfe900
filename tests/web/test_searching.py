"""The search over all entries, as a page and as documents."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from feedsvc.store import Store
from feedsvc.web.query import name_of
from feedsvc.web.rate import CLIENT_TOKENS, FILTER_TOKENS
from feedsvc.web.searching import MOST_HITS
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import SITE, client, site

SPECIAL = '"></title><script>alert(1)</script>&amp;'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Store]]:
    """A site with three entries."""
    with site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def web(served: tuple[Folder, Store]) -> FlaskClient:
    """A client that asked for nothing yet."""
    return client(*served)


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize("query", ["{}=国家云", "mode=summary&{}=%E5%9B%BD%E5%AE%B6%E4%BA%91&limit=1&_=2"])
def test_a_search_is_a_view_of_all(web: FlaskClient, form: str, query: str) -> None:
    """The document of a search has the bytes and the links of the view, also with more parameters."""
    found, view = web.get(f"/search.{form}?{query.format('q')}"), web.get(f"/feeds/all.{form}?{query.format('search')}")

    assert (found.status_code, found.data) == (200, view.data)
    assert [found.headers[name] for name in ("ETag", "Link")] == [view.headers[name] for name in ("ETag", "Link")]
    assert "国家云揭开面纱" in found.text
    assert web.get(f"/search.{form}?q=雾港").data != found.data


@pytest.mark.parametrize("query", ["", "?q=", "?q=a&q=b", "?q=a&search=b", "?q=date:x", "?q=%E4%B8"])
def test_a_wrong_search(web: FlaskClient, query: str) -> None:
    """A document needs one search. The answer is no document, and nothing keeps it."""
    found = web.get(f"/search.rss{query}")

    assert (found.status_code, found.headers["Cache-Control"]) == (400, "no-store")


def test_the_page(web: FlaskClient) -> None:
    """The page shows the hits and the addresses of the three formats, for people alone and not for search engines."""
    found = web.get("/search?q=国家云")

    assert (found.status_code, found.headers["X-Robots-Tag"], found.headers["Vary"]) == (
        200, "noindex", "Accept-Encoding, Accept-Language",
    )  # fmt: skip
    assert found.text.count('<section class="entry">') == 1
    for form in ("rss", "atom", "json"):
        assert f'value="https://feeds.example.org/feeds/all.{form}?search={quote("国家云")}"' in found.text
    assert "Every word" in web.get("/search?q=国家云", headers={"Accept-Language": "en"}).text
    assert "没有文章" in web.get("/search?q=没有的词").text


def test_an_empty_search_is_the_form(web: FlaskClient) -> None:
    """Without words, the page has the form, no results and no addresses. Search engines may list it."""
    for path in ("/search", "/search?q=", "/search?q=+"):
        found = web.get(path)
        assert (found.status_code, "X-Robots-Tag" in found.headers, found.text.count("<form")) == (200, False, 1)
        assert "feeds/all.rss" not in found.text


def test_a_bad_search_is_explained(web: FlaskClient) -> None:
    """The form shows the words again, escaped, and the remedy beside them."""
    found = web.get("/search", query_string={"q": f"date:x {SPECIAL}"})

    assert (found.status_code, found.headers["Cache-Control"]) == (400, "no-store")
    assert 'aria-invalid="true"' in found.text
    assert "日期写作 2026" in found.text
    assert "<script>alert" not in found.text
    assert (
        "form-action &#39;self&#39;" in found.text or "form-action 'self'" in found.headers["Content-Security-Policy"]
    )


def test_special_characters(web: FlaskClient) -> None:
    """Words with markup are text in title, field, addresses and header fields."""
    found = web.get("/search", query_string={"q": SPECIAL})

    assert found.status_code == 200
    assert "<script>alert" not in found.text
    assert "&lt;script&gt;alert(1)" in found.text


def test_too_many_searches(web: FlaskClient) -> None:
    """A new search costs as much as a view with filters. A known one costs nothing."""
    most = int(CLIENT_TOKENS) // (FILTER_TOKENS + 1)
    known = [web.get(f"/search?q=w{number}").status_code for number in (*range(most), *range(most))]
    refused = web.get("/search?q=other")

    assert set(known) == {200}
    assert refused.status_code == 429
    assert f"请在 {refused.headers['Retry-After']} 秒后再试" in refused.text


def test_the_newest_hits(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Pages show the newest hits, and try the newest entries. A new entry changes the page at once."""
    folder.configure(CONFIG)
    for number in range(MOST_HITS + 1):
        folder.write(
            f"{number}.txt", seed(f"手机 第{number}篇", date=f"2026-01-{1 + number // 24:02} {number % 24}:00:00")
        )
    take_in()
    web = client(folder, store)
    found, filtered = web.get("/search?q=手机"), web.get("/feeds/all/filter?filter_title=第50篇&filterout_author=甲")
    folder.write("new.txt", seed("最新手机", date="2026-11-24 12:00:00"))
    take_in(NOW + timedelta(hours=1))

    assert found.text.count('<section class="entry">') == MOST_HITS
    assert "第0篇" not in found.text
    assert "还有更多" in found.text
    assert f"最新的 {MOST_HITS} 篇里留下 1 篇" in filtered.text
    assert "最新手机" in web.get("/search?q=手机").text


def test_names_of_searches() -> None:
    """Searches of other words have other names in memory, below any path. A filtered page is not kept."""
    for path in ("/search", "/search.rss", "/feeds/search.json", "/feeds/search"):
        names = {
            name_of(path, query, SITE.timezone) for query in ("q=a", "q=b", "q=a&q=b", "q=a&limit=2", "q=&search=a")
        }
        assert len(names) == 5
        assert name_of(path, "_=1&q=a", SITE.timezone) == name_of(path, "q=a", SITE.timezone)
    assert name_of("/feeds/all/filter", "filter=a", SITE.timezone) is None


def test_the_catalogue_has_both_searches(web: FlaskClient) -> None:
    """The catalogue says which form finds feeds, and which one finds articles."""
    found = web.get("/").text

    assert found.index("按名称找订阅源") < found.index("在全部文章中搜索")
    assert 'action="/search"' in found
