"""Everything that feedsvc does under a configuration: documents, pages, requests to upstreams, stored rows."""

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from flask.testing import FlaskClient

from feedsvc.cli.hubs import subscribe
from feedsvc.config import Config
from feedsvc.publish import Publisher
from feedsvc.publish.webhooks import Deliverer
from feedsvc.store import Store, polls
from feedsvc.store.schema import entry, feed_slug, revision, story, subscription, upstream
from feedsvc.update import update
from feedsvc.update.upstreams import Poller
from feedsvc.web import create_app
from tests.conftest import SANDBOX, Folder, seed
from tests.data.new_stores import new_store
from tests.data.upstream import Upstream, answer

NOW = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)

#: Every page and document, besides those of the feeds.
PATHS = ("/", "/feeds.opml", "/news.xml", "/atom.xml", "/robots.txt")

#: Stored columns that no document shows. Digests of settings are not here: they change with every setting.
ROWS = (
    sa.select(upstream.c.next_due, upstream.c.error),
    sa.select(subscription.c.hub, subscription.c.error),
    sa.select(entry.c.guid, entry.c.article_key, entry.c.is_shown).order_by(entry.c.guid),
)

#: Seconds after which `/slow` answers.
SLOW = 2

#: A program that replaces titles; for one entry, it needs time and memory.
REWRITE = """
import json, sys, time
entry = json.load(sys.stdin)
if "甲" in entry["title"]:
    held = bytearray(100_000_000)
    time.sleep(1.5)
print(json.dumps({"title": "改" + entry["title"]}))
"""


def fill(path: Path) -> None:
    """Write two folders of seeds, and Hexo's own file."""
    folder = Folder(path=path)
    for number in range(8):
        date = f"2026-03-0{1 + number // 4} {number % 4 * 6:02}:30:00"
        body = f'<p>第{number}篇<img src="{number}.png"></p>'
        folder.write(f"a{number}.txt", seed(f"第{number}篇文章", body, date=date, categories="[科技]", tags="[标签]"))
    (path / "other").mkdir()
    (path / "other" / "b.txt").write_text(seed("另一篇"), "utf-8")
    (path / "rewrite").write_text(f"#!{sys.executable} -S\n{REWRITE}", "utf-8")
    (path / "rewrite").chmod(0o755)
    (path / "_config.yml").write_text("url: https://blog.example.org\nsource_dir: seeds\n", "utf-8")


def _phone(text: str) -> str:
    player = f'<p>{text}</p><iframe src="https://player.example.org/1"></iframe>'
    return seed("手机文章", player, date="2026-03-01 09:00:00", categories="[手机]")


def serve(server: Upstream) -> None:
    """Let a server have two feeds, and one that answers late."""
    links = f'<other>; rel="next", <{server.url}/hub>; rel="hub", <https://a.example/>; rel="self"'
    server.answers["/feed"] = answer(_rss(12), link=links)
    server.answers["/other"] = answer(_rss(3))
    server.answers["/hook"] = server.answers["/hook/other"] = answer(status=204)

    def late(connection: socket.socket) -> None:
        time.sleep(SLOW)
        connection.sendall(answer(_rss(12)))

    server.answers["/slow"] = late


def _rss(number: int) -> str:
    """A feed of one item with the word 甲 in each field, and of others without. Its dates state no zone."""
    return f"<rss version='2.0'><channel><title>新闻</title>{''.join(map(_item, range(number)))}</channel></rss>"


def _item(number: int) -> str:
    word = "" if number else "甲"
    return (
        f"<item><title>第{number}条{word}</title><link>https://news.example.org/{word or 'x'}/{number}.htm</link>"
        f"<author>{word}</author><category>{word or 'x'}</category>"
        f"<description>{'正文内容。' * 60}{word}</description><pubDate>2026-03-03 {number:02}:00:00</pubDate></item>"
    )


def effects(path: Path, values: dict[str, Any], server: Upstream, secure: Upstream) -> dict[str, object]:
    """Update, poll and publish under a configuration, with an empty database; `URL` stands for the server's address."""
    folder = Folder(path=path, url=f"sqlite:///{path / 'effects.sqlite3'}")
    (path / "effects.sqlite3").unlink(missing_ok=True)
    late = path / "seeds" / "late.txt"
    late.unlink(missing_ok=True)
    text = yaml.safe_dump(values, allow_unicode=True)
    folder.configure(text.replace("SECURE", secure.url).replace("URL", server.url).replace("PORT", str(server.port)))
    config = folder.config()
    server.requests.clear()
    with closing(new_store(folder.database_url)) as store:
        for text in ("电话", "手机"):  # so that an article has a revision
            folder.write("phone.txt", _phone(text))
            update(store, SANDBOX, config.sources, config.catalogue, NOW)
            _deliver(store, config)
            # The second update reads it: it arrives after newer ones.
            folder.write(late.name, seed("旧闻", date="2026-03-01 01:00:00", categories="[科技]"))
        _poll(store, config)
        _deliver(store, config)
        subscribe(config, store, lambda: NOW)
        web = create_app(config, store, lambda: NOW).test_client()
        found = dict(_published(web, store))
        wanted = {
            "hub.mode": "subscribe",
            "hub.topic": f"{config.site.base_url}/feeds/all.rss",
            "hub.callback": server.url,
        }
        found["subscribed"] = web.post("/hub", data=wanted).status_code
        with store.read() as db:
            rows = [[tuple(row) for row in db.execute(query)] for query in ROWS]
    return {**found, "requests": [(one.target, one.headers) for one in server.requests], "rows": rows}


def _poll(store: Store, config: Config) -> None:
    specs = {spec.name: spec for spec in config.upstreams}
    with store.write() as db:
        polls.define(db, config.upstreams, NOW)
    Poller(store=store, specs=specs, catalogue=config.catalogue, clock=lambda: NOW, pause=0).drain()


def _deliver(store: Store, config: Config) -> None:
    publisher = Publisher(store=store, configured=config.catalogue)
    Deliverer(publisher=publisher, webhooks=config.webhooks, clock=lambda: NOW).deliver()


def _published(web: FlaskClient, store: Store) -> Iterator[tuple[str, object]]:
    with store.read() as db:
        slugs = db.scalars(sa.select(feed_slug.c.key).order_by(feed_slug.c.key)).all()
        revised = db.scalars(sa.select(story.c.article_id).join(entry).join(revision)).all()
    forms = ("", ".rss", ".atom", ".json")
    articles = [f"/articles/{article}" for article in revised]
    for path in (*PATHS, *articles, *(f"/feeds/{slug}{form}" for slug in slugs for form in forms)):
        response = web.get(path)
        del response.headers["Date"]  # the time of the test
        yield path, (response.status_code, dict(response.headers), response.data)
    yield "status", web.get("/status", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code
    # The first client takes all its new views. The second one has its own, if the proxy counts.
    for turn, client in enumerate(("198.51.100.1",) * 3 + ("198.51.100.2",)):
        forwarded = {"X-Forwarded-For": client}
        yield f"a view for {client}", web.get(f"/feeds/all.rss?limit={500 - turn}", headers=forwarded).status_code
