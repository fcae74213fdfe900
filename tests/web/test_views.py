"""Views of feeds over HTTP: addresses, conditional requests, errors, limits."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import etree

from feedsvc.store import Store
from feedsvc.web.rate import CLIENT_TOKENS
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client, fill, site

SLUG = quote("新媒体")
BASE = "https://feeds.example.org"
TITLE = "{http://www.w3.org/2005/Atom}title"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Store]]:
    """A site with three entries."""
    with site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def web(served: tuple[Folder, Store]) -> FlaskClient:
    """A client that asked for nothing yet."""
    return client(*served)


@pytest.mark.parametrize("query", ["_=1700000000", "utm_source=reader&x=", "sorted=true", "mode=full", "format=json"])
def test_an_unknown_parameter_changes_nothing(web: FlaskClient, query: str) -> None:
    """A query that asks for nothing gives the feed itself, with its ETag."""
    plain, found = web.get("/feeds/all.rss"), web.get(f"/feeds/all.rss?{query}")

    assert (found.data, found.headers["ETag"], found.headers["Link"]) == (
        plain.data,
        plain.headers["ETag"],
        plain.headers["Link"],
    )


@pytest.mark.parametrize(("form", "count"), [("rss", b"<item>"), ("atom", b"<entry>"), ("json", b'"date_published"')])
def test_a_view_is_a_document(web: FlaskClient, form: str, count: bytes) -> None:
    """A view has the media type, the codings and the headers of the feed's document."""
    whole, found = web.get(f"/feeds/all.{form}"), web.get(f"/feeds/all.{form}?limit=2")
    packed = web.get(f"/feeds/all.{form}?limit=2", headers={"Accept-Encoding": "gzip"})

    assert (found.status_code, found.content_type, found.data.count(count)) == (200, whole.content_type, 2)
    assert packed.headers["Content-Encoding"] == "gzip"
    same = {"Last-Modified", "Cache-Control", "Access-Control-Allow-Origin", "Content-Security-Policy", "Vary"}
    assert {name: found.headers[name] for name in same} == {name: whole.headers[name] for name in same}
    assert f'<{BASE}/feeds/all.{form}?limit=2>; rel="self"' in found.headers["Link"]


def test_equal_views_are_one_document(web: FlaskClient) -> None:
    """The order of parameters makes no difference."""
    one, other = (web.get(f"/feeds/all.rss?{query}") for query in ("limit=2&brief=100&_=1", "brief=100&limit=2"))

    assert (one.data, one.headers["ETag"]) == (other.data, other.headers["ETag"])


def test_a_view_is_not_sent_twice(web: FlaskClient) -> None:
    """A client that has the view gets 304, by its ETag or its date."""
    found = web.get("/feeds/all.rss?limit=2")
    conditions = ({"If-None-Match": found.headers["ETag"]}, {"If-Modified-Since": found.headers["Last-Modified"]})

    assert [web.get("/feeds/all.rss?limit=2", headers=one).status_code for one in conditions] == [304, 304]
    assert web.get("/feeds/all.rss?limit=1", headers=conditions[0]).status_code == 200


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_the_page_answers_in_a_format(web: FlaskClient, form: str) -> None:
    """The address without a suffix has the bytes of the address with the suffix that `format` names."""
    for query in ("", "&limit=2"):
        page, document = web.get(f"/feeds/all?format={form}{query}"), web.get(f"/feeds/all.{form}?{query}")
        fields = ("ETag", "Content-Type", "Link", "Access-Control-Allow-Origin")
        assert page.data == document.data
        assert [page.headers[name] for name in fields] == [document.headers[name] for name in fields]


@pytest.mark.parametrize("query", ["limit=x", "after=0", "since=&brief=1"])
def test_a_page_has_no_other_parameters(web: FlaskClient, query: str) -> None:
    """Without a format, the page for people stays a page."""
    assert web.get(f"/feeds/all?{query}").data == web.get("/feeds/all").data


def test_last_modified_follows_the_feed(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A feed may change without a change of its own bytes. The date of its views moves then, as a view may differ."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 1, hours: 0}}}\n")
    for day in (1, 2):
        folder.write(f"{day}.txt", seed(f"第{day}篇", date=f"2026-11-0{day}"))
    take_in()
    before = client(folder, store).get("/feeds/all.json?limit=2")
    (folder.path / "seeds" / "1.txt").unlink()
    take_in(NOW + timedelta(hours=1))
    condition = {"If-Modified-Since": before.headers["Last-Modified"]}
    after = client(folder, store, NOW + timedelta(hours=2)).get("/feeds/all.json?limit=2", headers=condition)

    assert (before.text.count("date_published"), after.text.count("date_published")) == (2, 1)


def test_aliases_have_views(web: FlaskClient) -> None:
    """The addresses of other software take parameters, too. The self link is that of the feed."""
    assert web.get("/rss.xml?limit=1").data == web.get("/feeds/all.rss?limit=1").data


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/feeds/ALL.rss?limit=2&_=1", "/feeds/all.rss?limit=2"),
        ("/feeds/ALL.rss?_=1", "/feeds/all.rss"),
        ("/feeds/ALL?format=json&limit=2", "/feeds/all.json?limit=2"),
    ],
)
def test_a_redirect_keeps_the_view(web: FlaskClient, path: str, location: str) -> None:
    """A former slug, or another case, leads to the same view."""
    response = web.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, location)


@pytest.mark.parametrize("path", ["/feeds/all.rss?limit=xyzzy&q=xyzzy", "/feeds/all?format=xyzzy"])
def test_a_wrong_value(web: FlaskClient, path: str) -> None:
    """A wrong value gives 400 with the parameter and its values, and repeats nothing of the request."""
    response = web.get(path)

    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert "xyzzy" not in response.text + str(response.headers)
    assert "必须是" in response.text
    assert len(response.data) < 1000


@pytest.mark.parametrize(
    ("path", "status"),
    [("/feeds/no.rss?limit=2", 404), (f"/feeds/{SLUG}.rss?limit=2", 200), ("/feeds/no.rss?limit=x", 404)],
)
def test_the_feed_comes_first(web: FlaskClient, path: str, status: int) -> None:
    """A feed that is not there is missing, whatever the query."""
    assert web.get(path).status_code == status


def test_a_list_of_changes_is_followed_by_header_fields(web: FlaskClient) -> None:
    """A program that reads no body finds the next cursor in the header field Link."""
    path, seen = "/feeds/all.json?after=0&limit=1", []
    while 'rel="next"' in (found := web.get(path)).headers["Link"]:
        seen += [item["title"] for item in found.get_json(force=True)["items"]]
        (path,) = (
            one.partition(">")[0].removeprefix(f"<{BASE}")
            for one in found.headers["Link"].split(", ")
            if one.endswith('rel="next"')
        )

    assert len(set(seen)) == len(seen) == 3


def test_too_many_new_views(web: FlaskClient) -> None:
    """A client that asks for too many new views gets 429 with a time. Known views and feeds are answered."""
    paths = [f"/feeds/all.rss?brief={100 + number}" for number in range(int(CLIENT_TOKENS))]
    known = [web.get(path).status_code for path in paths * 2]
    refused = web.get("/feeds/all.rss?brief=999")

    assert set(known) == {200}
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert refused.headers["Cache-Control"] == "no-store"
    assert (web.get("/feeds/all.rss").status_code, web.get(paths[0]).status_code) == (200, 200)


def test_a_view_follows_its_feed(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A view of changed entries has a new ETag and a later date. A feed that moved on leaves other bytes alone."""
    folder.configure(CONFIG)
    fill(folder)
    take_in()
    before = client(folder, store).get("/feeds/all.json?limit=1")
    folder.write("new.txt", seed("新的", date="2026-11-24 12:00:00"))
    take_in(NOW + timedelta(hours=1))
    after = client(folder, store, NOW + timedelta(hours=2)).get("/feeds/all.json?limit=1")

    assert "新的" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]
    assert before.headers["Last-Modified"] != after.headers["Last-Modified"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"search": "国家云 -<b>&amp;\x0b\u202e]]>"}, "国家云 -<b>&amp;]]>"),
        ({"filterout": "甲|乙", "filter_title": "云", "filter_case_sensitive": "false"}, "title:云 -甲|乙"),
        ({"filter": "长" * 90}, "长" * 59 + "…"),
        ({"filter_case_sensitive": "false", "limit": "2"}, None),
    ],
)
def test_a_title_names_the_filters(web: FlaskClient, query: dict[str, str], name: str | None) -> None:
    """Every format has the same title, whatever characters the query has. Other parameters change no title."""
    json, rss, atom = (web.get(f"/feeds/all.{form}", query_string=query) for form in ("json", "rss", "atom"))
    site = web.get("/feeds/all.json").get_json(force=True)["title"]
    wanted = f"{site}: {name}" if name else site

    assert json.get_json(force=True)["title"] == wanted
    assert [etree.fromstring(one.data).findtext(path) for one, path in ((rss, "channel/title"), (atom, TITLE))] == [
        wanted,
        wanted,
    ]


def test_a_view_in_another_script(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Titles, texts and summaries are converted; names, addresses, code and Japanese are not. The language follows."""
    body = "<p>软件与<a href='https://example.com/国'>鼠标</a></p><pre>打印 鼠标</pre>"
    folder.write("a.txt", seed("国产软件", body, author="国强"))
    folder.write("b.txt", seed("国会", "<p>国会</p>", language="ja"))
    take_in()
    web = client(folder, store)
    found = web.get("/feeds/all.json?opencc=s2twp&limit=2").json
    assert found
    entries = {one["title"]: one for one in found["items"]}
    brief = web.get("/feeds/all.rss?brief=100&opencc=s2twp").text
    wrong = web.get("/feeds/all.rss?opencc=klingon", headers={"Accept-Language": "en"})

    assert set(entries) == {"國產軟體", "国会"}
    assert found["language"] == "zh-Hant-TW"
    content = entries["國產軟體"]["content_html"]
    assert "軟體與" in content
    assert ">滑鼠</a>" in content
    assert "打印 鼠标</pre>" in content
    assert "%E5%9B%BD" in content or "https://example.com/国" in content
    assert entries["國產軟體"]["authors"] == [{"name": "国强"}]
    assert ("軟體與滑鼠" in brief, "<language>zh-Hant-TW</language>" in brief) == (True, True)
    assert (wrong.status_code, "s2twp" in wrong.text) == (400, True)
    assert "opencc=s2twp" in found["feed_url"]
