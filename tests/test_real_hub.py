"""A hub that is not ours: Flask-WebSub's, over HTTP in both directions."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from feedsvc.cli.hubs import subscribe
from feedsvc.cli.polling import define, poll
from feedsvc.store import Store
from feedsvc.store.clock import Clock
from feedsvc.store.schema import subscription
from feedsvc.store.schema import upstream as upstream_table
from feedsvc.web import create_app
from tests.conftest import Folder
from tests.data.feeds import articles, rss
from tests.data.upstream import answer, serving
from tests.data.websub import flask_websub

CONFIG = """\
site: {{title: 测试站, base_url: "{url}", tag: "feeds.example.org,2026"}}
sources:
  news: {{kind: upstream, url: "{upstream}/feed", allow_private: true, push: {push}}}
"""


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def served(app: Callable[[str], Flask]) -> Iterator[str]:
    """An application at a free port; it gets its address."""
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True, request_handler=_Quiet)
    url = f"http://127.0.0.1:{server.server_port}"
    server.app = app(url)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield url
    server.shutdown()
    server.server_close()
    thread.join(5)


class Tasks:
    """Runs the hub's tasks, each in a thread: the hub asks for no more of a queue."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def task(self, **options: object) -> Callable[[Callable[..., object]], "Task"]:
        """The decorator of a task. One that is bound gets itself first."""
        return lambda function: Task(self, function, is_bound=bool(options.get("bind")))

    def finish(self) -> None:
        """Wait for all tasks."""
        for one in self.threads:
            one.join(10)


class Task:
    """A task of the hub."""

    def __init__(self, tasks: Tasks, function: Callable[..., object], *, is_bound: bool) -> None:
        self.tasks, self.function, self.bound = tasks, function, (self,) if is_bound else ()

    def delay(self, *values: object) -> None:
        """Run it now, in a thread."""
        thread = threading.Thread(target=self.function, args=(*self.bound, *values))
        self.tasks.threads.append(thread)
        thread.start()


def test_a_hub_of_others_pushes_news_within_two_seconds(folder: Folder, store: Store) -> None:
    """It verifies, pushes with its signature, and ends the subscription; the news are on the page of the feed soon."""
    module = flask_websub("hub")
    tasks = Tasks()
    hub = module.Hub(module.SQLite3HubStorage(str(folder.path / "hub.sqlite3")), tasks)

    def hub_app(_: str) -> Flask:
        app = Flask(__name__)
        app.register_blueprint(hub.build_blueprint("/hub"))
        return app

    def our_app(url: str) -> Flask:
        folder.configure(CONFIG.format(url=url, upstream=upstream.url, push="true"))
        return create_app(folder.config(), store)

    with serving() as upstream, served(hub_app) as hub_url, served(our_app) as our_url:
        topic = f"{upstream.url}/feed"

        def serve(number: int) -> None:
            link = f'<{hub_url}/hub>; rel="hub", <{topic}>; rel="self"'
            upstream.answers["/feed"] = answer(rss(articles(number)), link=link)

        serve(3)
        config = folder.config()
        define(config, store)
        poll(config, store)
        subscribe(config, store, Clock(store))
        tasks.finish()
        assert _states(store) == ["active"]
        _let_time_pass(store)
        serve(4)
        began = time.monotonic()
        hub.send_change_notification.delay(topic)
        while not poll(config, store):
            assert time.monotonic() - began < 10
            time.sleep(0.1)
        shown = create_app(config, store).test_client().get("/feeds/all.json").get_json()
        assert shown["items"][0]["title"] == articles(4)[0].title
        folder.configure(CONFIG.format(url=our_url, upstream=upstream.url, push="false"))
        define(folder.config(), store)
        subscribe(folder.config(), store, Clock(store))
        tasks.finish()
        assert (_states(store), list(hub.storage.get_callbacks(topic))) == ([], [])


def _states(store: Store) -> list[str]:
    with store.read() as db:
        return list(db.scalars(sa.select(subscription.c.state)))


def _let_time_pass(store: Store) -> None:
    """The last poll was long ago: after a poll, a push waits for half a minute."""
    with store.write() as db:
        db.execute(sa.update(upstream_table).values(polled_at=datetime(2026, 1, 1, tzinfo=UTC)))
