"""Conditional requests, content codings, caching, and what browsers are told (RFC 9110, RFC 9111)."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from feedsvc.identity import article_id
from feedsvc.store import Store
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import TAG, client, fill, site

FEEDS = ["/feeds/all.rss", "/feeds/all.atom", "/feeds/all.json"]
RSS = "/feeds/all.rss"

#: When the documents of the site below were made, in the three forms of RFC 9110, 5.6.7.
MADE = {
    "imf-fixdate": "Tue, 24 Nov 2026 12:00:00 GMT",
    "rfc850": "Tuesday, 24-Nov-26 12:00:00 GMT",
    "asctime": "Tue Nov 24 12:00:00 2026",
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with three entries."""
    with site(tmp_path_factory.mktemp("site")) as (folder, store):
        yield client(folder, store)


@pytest.mark.parametrize("path", FEEDS)
def test_fields(web: FlaskClient, path: str) -> None:
    """A feed's answer has Cache-Control, Vary, Content-Length, ETag and Last-Modified."""
    opened = "" if path.endswith(".json") else ", Sec-Fetch-Dest"
    response = web.get(path)

    assert response.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=600, stale-if-error=86400"
    assert response.headers["Vary"] == f"Accept-Encoding{opened}"
    assert response.headers["Content-Length"] == str(len(response.data))
    assert response.headers["ETag"].startswith('"')
    assert response.headers["Last-Modified"] == MADE["imf-fixdate"]


OPENED = {"Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    "path", ["/feeds/all.rss", "/feeds/all.atom", "/feeds/all/archive/1.rss", "/feeds/all.atom?limit=2"]
)
def test_a_browser_gets_a_type_that_it_shows(web: FlaskClient, path: str) -> None:
    """A browser that opens RSS or Atom gets the same bytes as XML, with an ETag that stands for this type alone."""
    read, opened = web.get(path), web.get(path, headers=OPENED)
    same, other = ({**OPENED, "If-None-Match": one.headers["ETag"]} for one in (opened, read))

    assert (opened.status_code, opened.content_type, opened.data) == (200, "application/xml; charset=utf-8", read.data)
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert web.get(path, headers={"Sec-Fetch-Dest": "image"}).headers == read.headers
    assert {name for name, value in opened.headers.items() if read.headers[name] != value} == {"Content-Type", "ETag"}
    assert [web.get(path, headers=one).status_code for one in (same, other)] == [304, 200]


def test_other_answers_are_the_same_in_a_browser(web: FlaskClient) -> None:
    """Browsers show JSON Feed as they show JSON: it is no other answer, and neither is a page."""
    for path in ("/feeds/all.json", "/feeds.opml", "/", "/static/feed.css"):
        assert web.get(path, headers=OPENED).headers == web.get(path).headers
        assert "Sec-Fetch-Dest" not in web.get(path).headers["Vary"]


def test_repeatable(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """An hour and a restart later, bytes, ETag and date of an unchanged feed are the same."""
    fill(folder)
    take_in()
    first, later = client(folder, store).get(RSS), client(folder, store, NOW + timedelta(hours=1)).get(RSS)

    assert first.data == later.data
    assert [first.headers[key] for key in ("ETag", "Last-Modified")] == [
        later.headers[key] for key in ("ETag", "Last-Modified")
    ]


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("path", FEEDS)
def test_head(web: FlaskClient, path: str, coding: str) -> None:
    """HEAD gives the headers of GET, without the body."""
    get, head = (web.open(path, method=method, headers={"Accept-Encoding": coding}) for method in ("GET", "HEAD"))

    assert (head.status_code, head.data) == (200, b"")
    assert dict(head.headers, Date="") == dict(get.headers, Date="")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "known",
    ["{}", "W/{}", '"a", {}, W/"b"', '"a,b" ,{}', "*"],
    ids=["same", "weak", "list", "comma in a tag", "any"],
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_not_modified(web: FlaskClient, method: str, known: str, coding: str) -> None:
    """A client that sends the current ETag, in any form, gets 304 with caching headers and no body."""
    first = web.get(RSS, headers={"Accept-Encoding": coding})
    headers = {"Accept-Encoding": coding, "If-None-Match": known.format(first.headers["ETag"])}
    again = web.open(RSS, method=method, headers=headers)

    assert (again.status_code, again.data) == (304, b"")
    assert not {"Content-Type", "Content-Encoding", "Content-Length"} & set(again.headers.keys())
    for field in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert again.headers[field] == first.headers[field]


@pytest.mark.parametrize(
    "known",
    [
        '"other"',
        'W/"other"',
        '"',
        "garbage",
        "",
        ",,,",
        '"' + "x" * 6000,
        ", ".join(f'"{n}"' for n in range(900)),
        "\xff",
    ],
    ids=["other", "weak", "quote", "bare", "empty", "commas", "6 kB", "900 tags", "latin-1"],
)
def test_other_tag(web: FlaskClient, known: str) -> None:
    """Another ETag, or none, gives the whole feed."""
    assert web.get(RSS, headers={"If-None-Match": known}).status_code == 200


@pytest.mark.parametrize("form", MADE)
def test_not_modified_since(web: FlaskClient, form: str) -> None:
    """A client that sends the date of its copy, in any form of date, gets 304."""
    assert web.get(RSS, headers={"If-Modified-Since": MADE[form]}).status_code == 304


@pytest.mark.parametrize(
    "since",
    [
        "Tue, 24 Nov 2026 11:59:59 GMT",
        "yesterday",
        "0",
        "",
        " ",
        "24 Nov",
        "Tue, 99 Nov 2026 12:00:00 GMT",
        "Tue, 24 Nov 99999999999999999999 12:00:00 GMT",
        "Tue, 24 Nov 2026 12:00:00 +99999999999999999999",
        "9" * 6000,
    ],
)
def test_modified_since(web: FlaskClient, since: str) -> None:
    """An older or invalid date gives the whole feed."""
    assert web.get(RSS, headers={"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize(
    ("tag", "since", "status"),
    [('"other"', MADE["imf-fixdate"], 200), ("{}", "Mon, 01 Jan 2001 00:00:00 GMT", 304)],
    ids=["other tag", "old date"],
)
def test_tag_beats_date(web: FlaskClient, tag: str, since: str, status: int) -> None:
    """If a client sends an ETag and a date, the ETag decides (RFC 9110, 13.2.2)."""
    headers = {"If-None-Match": tag.format(web.get(RSS).headers["ETag"]), "If-Modified-Since": since}

    assert web.get(RSS, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, gzip", "zstd"),
        ("gzip, br;q=0.5", "gzip"),
        ("x-gzip", "gzip"),
        ("br;q=1.0, gzip;q=0.2", "br"),
        ("*", "br"),
        ("gzip;q=0", None),
        ("gzip;q=0.0, *", "br"),
        ("br;q=0, zstd;q=0, gzip;q=0.0, *", None),
        ("*;q=0", None),
        ("br, *;q=0", "br"),
        ("gzip;q=0.001, *;q=0", "gzip"),
        ("identity", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=1", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("snappy, x", None),
        (";;,=", None),
    ],
)
def test_coding(web: FlaskClient, accepted: str | None, coding: str | None) -> None:
    """A client gets the content coding that it prefers, never one that it refuses (RFC 9110, 12.5.3)."""
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    response = web.get(RSS, headers=headers)

    assert (response.status_code, response.headers.get("Content-Encoding")) == (200, coding)
    assert response.headers["Vary"] == "Accept-Encoding, Sec-Fetch-Dest"


@pytest.mark.parametrize("path", FEEDS)
def test_gzip(web: FlaskClient, path: str) -> None:
    """A compressed feed has the same content in fewer bytes, which never change, with an ETag of its own."""
    plain, packed = web.get(path), web.get(path, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert packed.data[4:8] == b"\0\0\0\0"
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_tag_of_another_coding(web: FlaskClient) -> None:
    """The ETag of one coding does not match another coding."""
    tag = web.get(RSS).headers["ETag"]

    assert web.get(RSS, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}).status_code == 200


def test_last_modified_is_never_in_the_future(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A server whose clock is behind that of the importer does not send a date in the future."""
    take_in()
    client(folder, store).get(RSS)
    lagging = NOW - timedelta(hours=1)
    date = client(folder, store, lagging).get(RSS).headers["Last-Modified"]

    assert parsedate_to_datetime(date) <= lagging


def test_two_changes_in_a_second(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A client that sends only dates gets the second of two changes within a second."""
    later = client(folder, store, NOW + timedelta(minutes=1))
    for title in ("第一版", "改了的第二版"):
        folder.write("a.txt", seed(title))
        take_in()
        client(folder, store).get(RSS)
    response = later.get(RSS, headers={"If-Modified-Since": MADE["imf-fixdate"]})

    assert response.status_code == 200
    assert "改了的第二版" in response.text


EVERYTHING = [
    ("GET", "/", 200),
    ("GET", "/feeds/all", 200),
    ("GET", f"/articles/{article_id(TAG + 'articles/000.txt')}", 200),
    ("GET", RSS, 200),
    ("HEAD", RSS, 200),
    ("GET", "/atom.xml", 200),
    ("GET", "/feeds.opml", 200),
    ("GET", "/static/style.css", 200),
    ("GET", "/livez", 200),
    ("GET", "/readyz", 200),
    ("GET", "/robots.txt", 200),
    ("OPTIONS", RSS, 200),
    ("GET", "/feeds/ALL.rss", 301),
    ("GET", "/feeds/ALL", 301),
    ("GET", "/embed/all", 200),
    ("GET", "/nothing", 404),
    ("GET", "/static/nothing", 404),
    ("POST", RSS, 405),
]


@pytest.mark.parametrize(("method", "path", "status"), EVERYTHING)
def test_security(web: FlaskClient, method: str, path: str, status: int) -> None:
    """No answer lets a browser run a script of others, guess a type, send a referrer or keep a cookie."""
    response = web.open(path, method=method, buffered=True)
    csp = response.headers["Content-Security-Policy"]

    assert response.status_code == status
    assert "default-src 'none'" in csp
    assert not {"'unsafe-inline'", "allow-scripts", "allow-same-origin"} & set(csp.replace(";", " ").split())
    # A page of ours may run our own file. A page with the content of an article runs nothing.
    is_ours = path in {"/", "/feeds/all"} and status == 200
    assert ("script-src 'self'" in csp) is is_ours
    assert ("sandbox" in csp) is not is_ours or path == "/embed/all"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response.headers


def test_server_error_is_secured(folder: Folder, store: Store) -> None:
    """The answer to an internal error has the same security headers."""
    web = client(folder, store)
    web.application.add_url_rule("/fault", view_func=lambda: str(1 // 0))
    response = web.get("/fault")

    assert response.status_code == 500
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("ancestors", "policy"),
    [("[]", "frame-ancestors 'none';"), ('["https://a.example"]', "frame-ancestors https://a.example;")],
)
def test_frame_ancestors(folder: Folder, store: Store, ancestors: str, policy: str) -> None:
    """Only configured sites may show our pages in a frame."""
    folder.configure(CONFIG + f"web: {{frame_ancestors: {ancestors}}}\n")

    assert policy in client(folder, store).get("/livez").headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*FEEDS, "/atom.xml", "/feeds.opml", "/feeds/ALL.rss"])
def test_cors(web: FlaskClient, path: str) -> None:
    """A script of another site may read feeds and their ETags."""
    response = web.get(path, headers={"Origin": "https://reader.example"})

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", [*FEEDS, "/atom.xml", "/feeds.opml"])
def test_cors_preflight(web: FlaskClient, path: str) -> None:
    """A script of another site may send conditional requests: the preflight request is allowed."""
    question = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    response = web.options(path, headers={"Origin": "https://reader.example", **question})

    assert response.headers.get("Access-Control-Allow-Origin") == "*"
    assert "If-None-Match" in response.headers.get("Access-Control-Allow-Headers", "")


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_link(web: FlaskClient, form: str) -> None:
    """A feed's answer links to itself and to its web page, percent-encoded."""
    feed = f"https://feeds.example.org/feeds/{quote('新媒体')}"
    link = web.get(f"/feeds/新媒体.{form}").headers["Link"]

    assert link == f'<{feed}.{form}>; rel="self", <{feed}>; rel="alternate"; type="text/html"'


def test_links_of_archives(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The header has the links of the document, also in the answer for which pages of the archive were closed."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 1, hours: 0}}}\n")
    for day in range(1, 4):
        folder.write(f"{day}.txt", seed(f"第{day}篇", date=f"2022-07-0{day} 12:00:00"))
    take_in()
    web = client(folder, store)
    links = {path: web.get(path).headers["Link"] for path in ("/feeds/all.atom", "/feeds/all/archive/2.atom")}
    feed = "https://feeds.example.org/feeds/all"
    page = f'<{feed}>; rel="alternate"; type="text/html"'

    assert links == {
        "/feeds/all.atom": f'<{feed}.atom>; rel="self", {page}, <{feed}/archive/3.atom>; rel="prev-archive"',
        "/feeds/all/archive/2.atom": (
            f'<{feed}/archive/2.atom>; rel="self", {page}, <{feed}/archive/1.atom>; rel="prev-archive", '
            f'<{feed}/archive/3.atom>; rel="next-archive", <{feed}.atom>; rel="current"'
        ),
    }


def test_options(web: FlaskClient) -> None:
    """OPTIONS names the methods, and has no body."""
    response = web.options(RSS)

    assert (response.status_code, response.data) == (200, b"")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", [RSS, "/", "/feeds.opml", "/livez", f"/feeds/{quote('新媒体')}"])
def test_other_methods(web: FlaskClient, method: str, path: str) -> None:
    """Methods that change something are refused, and the answer names the allowed ones."""
    response = web.open(path, method=method)

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("range_", ["bytes=0-9", "bytes=-5", "bytes=999999-", "lines=1-2"])
def test_range(web: FlaskClient, range_: str) -> None:
    """Range requests get the whole feed."""
    response = web.get(RSS, headers={"Range": range_})

    assert (response.status_code, response.data) == (200, web.get(RSS).data)
