"""The hub over HTTP: how feeds name it, and which requests it takes."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedsvc.errors import ConfigError
from tests.conftest import CONFIG, Folder
from tests.data.samples import client, site

BASE = "https://feeds.example.org"
TOPIC = f"{BASE}/feeds/all.atom"

HUB = CONFIG.replace("site: {", "site: {hub: own, ")

Web = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def with_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Gives a client of a site with three entries, under a configuration."""
    with site(tmp_path_factory.mktemp("site")) as (folder, store):

        def run(configuration: str) -> FlaskClient:
            folder.configure(configuration)
            return client(folder, store)

        yield run


@pytest.fixture
def web(with_configuration: Web) -> FlaskClient:
    """A client of a site with a hub. Its requests do not count for other tests."""
    return with_configuration(HUB)


def ask(web: FlaskClient, **fields: str) -> TestResponse:
    """Send a request to the hub: by default, a subscription to all.atom."""
    said = {"mode": "subscribe", "topic": TOPIC, "callback": "https://reader.example/callback", **fields}
    return web.post("/hub", data={f"hub.{name}": value for name, value in said.items()})


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_names_the_hub(web: FlaskClient, form: str) -> None:
    """Every format names the hub and itself in the header and in the document; a view names no hub."""
    found, view = web.get(f"/feeds/all.{form}"), web.get(f"/feeds/all.{form}?limit=1")

    assert f'<{BASE}/hub>; rel="hub"' in found.headers["Link"]
    assert f'<{BASE}/feeds/all.{form}>; rel="self"' in found.headers["Link"]
    if form == "json":
        assert found.json is not None
        assert (found.json["hubs"], found.json["feed_url"]) == (
            [{"type": "WebSub", "url": f"{BASE}/hub"}],
            f"{BASE}/feeds/all.json",
        )
    else:
        assert f'link href="{BASE}/hub" rel="hub"/>' in found.text
    assert (f"{BASE}/hub" in view.text, "hub" in view.headers["Link"]) == (False, False)


def test_a_hub_of_others_is_named(with_configuration: Web) -> None:
    """With the address of a hub, feeds name that one, and there is no hub here."""
    web = with_configuration(CONFIG.replace("site: {", "site: {hub: 'https://hub.example/', "))

    assert '<https://hub.example/>; rel="hub"' in web.get("/feeds/all.atom").headers["Link"]
    assert '<link href="https://hub.example/" rel="hub"/>' in web.get("/feeds/all.atom").text
    assert (ask(web).status_code, web.get("/hub").status_code) == (404, 404)


def test_without_a_hub_none_is_named(with_configuration: Web) -> None:
    """A site without `site.hub` has documents without hubs, and no address of a hub."""
    web = with_configuration(CONFIG)

    assert "hub" not in web.get("/feeds/all.atom").headers["Link"]
    assert "hub" not in web.get("/feeds/all.atom").text
    assert (ask(web).status_code, web.get("/hub").status_code) == (404, 404)


def test_our_own_hub_needs_an_address(folder: Folder) -> None:
    """Without `site.base_url`, subscribers could not find the hub."""
    folder.configure("site: {hub: own, tag: 'example.org,2026'}\nsources: {a: {kind: seeds, path: seeds}}\n")

    with pytest.raises(ConfigError, match=r"site\.hub: our own hub needs site\.base_url"):
        folder.config()


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("/feeds/all.rss", 202),
        ("/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.json", 202),
        ("/feeds/新媒体.json", 202),
        ("/atom.xml", 202),
        ("/news/新媒体/feed", 202),
        ("/news/新媒体/x/feed", 404),
        ("/feeds/none.rss", 404),
        ("/feeds/all.rss?limit=1", 404),
        ("/feeds/all/archive/1.rss", 404),
        ("/feeds/all", 404),
        ("/", 404),
        ("", 404),
        (".evil.example/feeds/all.rss", 404),
    ],
)
def test_topics(with_configuration: Web, topic: str, status: int) -> None:
    """A topic is the document of a feed, also by an alias; nothing else is."""
    web = with_configuration(HUB + "web: {aliases: {/news/<name>/feed: <name>.rss}}\n")
    said = ask(web, topic=f"{BASE}{topic}")

    assert said.status_code == status
    assert said.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("callback", "status"),
    [
        ("http://10.0.0.1/", 403),
        ("http://127.0.0.1/", 403),
        ("http://169.254.169.254/latest/meta-data", 403),
        ("http://localhost:8000/", 403),
        ("http://[::1]/", 403),
        ("http://2130706433/", 403),
        ("https://example.org:22/", 403),
        ("ftp://example.org/", 400),
        ("http://user:secret@example.org/", 400),
        ("http://example.org/#part", 400),
        ("http://例.example/", 400),
        ("no address", 400),
        ("", 400),
        (f"http://example.org/{'x' * 2048}", 400),
    ],
)
def test_callbacks_that_are_refused(web: FlaskClient, callback: str, status: int) -> None:
    """An address that is private, has an unusual port, or is no plain address is refused. The answer repeats none."""
    said = ask(web, callback=callback)

    assert said.status_code == status
    assert "example" not in said.text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"x" * 9000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"hub.mode=subscribe&hub.topic=%ff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 51), "application/x-www-form-urlencoded", 400),
        (b"hub.mode=subscribe&hub.mode=unsubscribe", "application/x-www-form-urlencoded", 400),
        (b"hub.mode=denied&hub.topic=x", "application/x-www-form-urlencoded", 400),
    ],
)
def test_bodies_that_are_refused(web: FlaskClient, body: bytes, content_type: str, status: int) -> None:
    """A body that is too large, has another type, or is no form gets a short answer that says why."""
    said = web.post("/hub", data=body, content_type=content_type)

    assert (said.status_code, said.content_type) == (status, "text/plain; charset=utf-8")
    assert len(said.text) < 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"secret": "x" * 199}, 202),
        ({"secret": "x" * 200}, 400),
        ({"secret": "秘" * 67}, 400),
        ({"secret": "a\0"}, 400),
        ({"lease_seconds": "-1"}, 400),
        ({"lease_seconds": "1e9"}, 400),
        ({"lease_seconds": "9" * 13}, 400),
        ({"mode": "publish"}, 204),
        ({"mode": "publish", "topic": "https://elsewhere.example/"}, 404),
    ],
)
def test_fields(web: FlaskClient, fields: dict[str, str], status: int) -> None:
    """A secret has less than 200 bytes, and a lease is a number. A ping is welcome, and the hub needs none."""
    assert ask(web, **fields).status_code == status


def test_a_client_has_few_requests(web: FlaskClient) -> None:
    """A client that asks again and again has to wait."""
    answers = [web.post("/hub", data={"hub.mode": "x"}) for _ in range(40)]

    assert {one.status_code for one in answers} == {400, 429}
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_hub_says_what_it_is(web: FlaskClient) -> None:
    """A person who opens its address reads a sentence, which no search engine keeps."""
    said = web.get("/hub")

    assert (said.status_code, said.content_type) == (200, "text/plain; charset=utf-8")
    assert (said.headers["Cache-Control"], said.headers["X-Robots-Tag"]) == ("no-store", "noindex")
