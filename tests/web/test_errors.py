"""Errors are short pages that give nothing away and repeat nothing."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import abort
from flask.testing import FlaskClient

from feedsvc.store import Store, open_store
from tests.conftest import CONFIG, Folder, seed
from tests.data.samples import client, site

MARK = "xyzzy"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with three entries, and with faults built in."""
    with site(tmp_path_factory.mktemp("site")) as (folder, store):
        made = client(folder, store)
        made.application.add_url_rule("/fault", "fault", lambda: str(int(MARK)))
        made.application.add_url_rule("/teapot", "teapot", lambda: abort(418, MARK))
        yield made


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/{MARK}", 404),
        ("GET", f"/<script>{MARK}</script>", 404),
        ("GET", f"/feeds/{MARK}.rss", 404),
        ("GET", f"/feeds/all/archive/{2**31}.rss", 404),
        ("GET", f"/feeds/all/archive/{2**70}.json", 404),
        ("GET", f"/feeds/{MARK}", 404),
        ("GET", f"/articles/{MARK}", 404),
        ("GET", f"/static/{MARK}", 404),
        ("GET", f"/static/../{MARK}", 404),
        ("GET", f"/nothing?{MARK}={MARK}", 404),
        ("GET", f"/feeds//{MARK}", 404),
        ("GET", f"/%ff%fe{MARK}", 404),
        ("POST", f"/feeds/{MARK}.rss", 405),
        ("GET", f"/fault?{MARK}", 500),
        ("GET", f"/teapot?{MARK}", 418),
    ],
)
def test_repeats_nothing(web: FlaskClient, method: str, path: str, status: int) -> None:
    """An error page is short HTML without any part of the request or of the error, also in its headers."""
    response = web.open(path, method=method)

    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")
    assert MARK not in response.text + str(response.headers)
    assert len(response.data) < 1000


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/feeds/all/", "/feeds/all"),
        ("/feeds/all.rss/?limit=5&x=%0d%0aA:%20b", "/feeds/all.rss?limit=5&x=%0d%0aA:%20b"),
        ("/feeds/新闻/", "/feeds/%E6%96%B0%E9%97%BB"),
        ("/page/1", "/"),
        (f"/{MARK}/", None),
        (f"//{MARK}/feeds/all/", None),
        ("//feeds/all/", None),
        ("/\\feeds/all/", None),
    ],
)
@pytest.mark.parametrize("base", ["", "/sub/文"])
def test_slash_at_the_end(tmp_path: Path, base: str, path: str, address: str | None) -> None:
    """A known address with a slash at its end leads to the address without the slash, and never to another host."""
    with site(tmp_path) as (folder, store):
        folder.configure(CONFIG.replace("https://feeds.example.org", f"https://feeds.example.org{base}"))
        path, _, query = path.partition("?")
        # Not as a URL: the client takes `//host` for a host.
        raw = {"PATH_INFO": (base + path).encode().decode("latin-1"), "QUERY_STRING": query}
        response = client(folder, store).get("/", environ_overrides=raw)

    location = None if address is None else quote(base) + address
    assert (response.status_code, response.headers.get("Location")) == (301 if location else 404, location)


@pytest.mark.parametrize(
    ("path", "caching"),
    [("/nothing", "public, max-age=60"), ("/fault", "no-store"), ("/teapot", "no-store")],
)
def test_caching(web: FlaskClient, path: str, caching: str) -> None:
    """A 404 may be cached for a minute. An error must not be cached."""
    assert web.get(path).headers["Cache-Control"] == caching


def test_gone_may_be_remembered(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A retired feed gives 410, which may be cached for a minute, with a link to the front page."""
    folder.configure(CONFIG + "feeds: {tech: {categories: [新媒体]}}\n")
    take_in()
    folder.configure(CONFIG)
    take_in()
    response = client(folder, store).get("/feeds/tech.rss")

    assert (response.status_code, response.headers["Cache-Control"]) == (410, "public, max-age=60")
    assert 'href="/"' in response.text


def test_fault_is_logged(web: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """An error in our code is logged with its traceback."""
    with caplog.at_level(logging.ERROR):
        web.get("/fault")

    assert "ValueError" in caplog.text
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("path", ["/", "/feeds/all", "/feeds/all.rss", "/feeds.opml", "/articles/0123456789abcdef"])
def test_database_trouble(folder: Folder, path: str) -> None:
    """Without its database, the service asks clients to come later, and gives no reason."""
    opened = open_store(folder.database_url)
    response = client(folder, opened).get(path)
    opened.close()

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Cache-Control"] == "no-store"
    assert "table" not in response.text and "feedsvc" not in response.text  # noqa: PT018 - one promise


def test_prefix(folder: Folder, store: Store) -> None:
    """An error page below a path prefix finds its stylesheet and the front page."""
    folder.configure(CONFIG.replace("https://feeds.example.org", "https://example.org/news"))
    text = client(folder, store).get("/news/nothing").text

    assert 'href="/news/static/style.css"' in text
    assert 'href="/news/"' in text


def test_bad_seed_is_no_error(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A seed that cannot be read affects its own article only."""
    folder.write("bad.txt", "---\ntitle: [\n---\n")
    folder.write("good.txt", seed("好文章"))
    take_in()

    assert "好文章" in client(folder, store).get("/feeds/all.rss").text
