"""The answers to readers before the first update has come to its end."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import feedparser
import pytest
from flask.testing import FlaskClient

from feedsvc.model import FORMATS
from feedsvc.store import Store, opening
from tests.conftest import CONFIG, NOW, Folder, catalogue, seed
from tests.data.samples import client

FEEDS = CONFIG + "feeds: {best: {sources: [articles]}}\ncategories: {科技: {slug: tech}}\n"

KNOWN = ("all", "best", "tech")


@pytest.fixture
def web(folder: Folder, store: Store) -> FlaskClient:
    """A service whose first update is yet to come."""
    folder.configure(FEEDS)
    opening.announce(store, catalogue(folder.config()), NOW)
    return client(folder, store, NOW + timedelta(seconds=1))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("slug", KNOWN)
def test_a_feed_of_the_configuration_is_there(web: FlaskClient, slug: str, form: str) -> None:
    """A reader that subscribes before the first update gets a feed without entries, which no cache keeps for long."""
    response = web.get(f"/feeds/{slug}.{form}")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=10"
    if form == "json":
        assert response.get_json(force=True)["items"] == []
    else:
        parsed = feedparser.parse(response.data)
        assert (parsed.bozo, len(parsed.entries), "测试站" in parsed.feed.title) == (False, 0, True)


def test_a_browser_shows_an_empty_feed(web: FlaskClient) -> None:
    """A browser that opens a feed before the first update sees its page, as it does later."""
    response = web.get("/feeds/all.rss", headers={"Sec-Fetch-Dest": "document"})

    assert response.content_type == "application/xml; charset=utf-8"
    assert (response.headers["Vary"], "Vary" in web.get("/feeds/all.json").headers) == ("Sec-Fetch-Dest", False)


def test_an_empty_feed_has_no_validators(web: FlaskClient, folder: Folder, take_in: Callable[..., object]) -> None:
    """A reader that got the empty feed gets the whole feed later. A feed that stays empty is then as any other."""
    before = web.get("/feeds/all.rss")
    folder.write("a.txt", seed("甲"))
    take_in()
    after, still_empty = web.get("/feeds/all.rss"), web.get("/feeds/tech.rss")

    assert not {"ETag", "Last-Modified"} & set(before.headers.keys())
    assert {"ETag", "Last-Modified"} <= set(after.headers.keys()) & set(still_empty.headers.keys())
    assert "甲" in after.text


PATHS = ("/", "/feeds/all", "/feeds.opml", "/articles/x", f"/feeds/{quote('新媒体')}.rss", "/feeds/nothing.atom")


def test_an_address_that_may_come_is_not_missing(
    web: FlaskClient, folder: Folder, take_in: Callable[..., object]
) -> None:
    """An address that the first update may bring answers 503 until its end; then it is there, or it is missing."""
    before = [web.get(path) for path in PATHS]
    folder.write("a.txt", seed("甲"))
    take_in()
    after = [web.get(path).status_code for path in PATHS]

    assert [(one.status_code, one.headers["Retry-After"]) for one in before] == [(503, "10")] * len(PATHS)
    assert after == [200, 200, 200, 404, 200, 404]


def test_feeds_answer_while_the_first_update_is_at_work(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """An update makes the feeds of the configuration at its beginning, and /readyz says how far it is."""
    folder.configure(FEEDS)
    for number in range(120):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
    web = client(folder, store)
    seen: list[tuple[int, int, object]] = []

    def ask(_: int, __: int) -> None:
        known, coming = web.get("/feeds/best.rss"), web.get("/feeds/nothing.rss")
        seen.append((known.status_code, coming.status_code, web.get("/readyz").json))

    take_in(NOW, ask)

    def progress(done: int) -> dict[str, object]:
        said = {"done": done, "total": 120}
        return {"status": "starting", "database": "ok", "import": {**said, "sources": {"articles": said}}}

    assert seen == [(200, 503, progress(100)), (200, 503, progress(120))]
    assert (web.get("/feeds/nothing.rss").status_code, web.get("/readyz").json) == (
        404, {"status": "ok", "database": "ok"},
    )  # fmt: skip


class _CutOffError(Exception):
    """The import is cut off."""


def test_an_update_that_was_cut_off_has_not_ended(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A missing address answers 503 until an update has come to its end."""
    folder.write("a.txt", seed("甲"))
    web = client(folder, store)

    def cut(_: int, __: int) -> None:
        raise _CutOffError

    with pytest.raises(_CutOffError):
        take_in(NOW, cut)
    before = [web.get(f"/feeds/{slug}.rss").status_code for slug in ("all", "nothing")]
    take_in()
    after = [web.get(f"/feeds/{slug}.rss").status_code for slug in ("all", "nothing")]

    assert (before, after) == ([200, 503], [200, 404])
