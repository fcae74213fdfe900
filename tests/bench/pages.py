"""
What a page costs that is in nobody's memory, and how large it is.

    python -m tests.bench.pages [ROUNDS]        20 rounds; 200 articles of about 6 kB

CPU milliseconds of this process, the median of the rounds, on SQLite: from the request to the HTML, by Flask, without
compression. The baseline is feedgen alone, which writes the 50 entries of the feed as RSS. In each round, all run in
turn: a machine that is busy for a while slows all of them. Then, the bytes of the page with gzip, together with
stylesheet and script.
"""

import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from feedsvc.config import load
from feedsvc.publish import Publisher
from feedsvc.update import update
from feedsvc.web import create_app
from tests.bench.articles import write
from tests.bench.importing import CONFIG
from tests.bench.measure import median
from tests.bench.views import ARTICLES, _feed, _feedgen, _store
from tests.conftest import NOW
from tests.test_machine_seeds import Inline


def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "seeds", ARTICLES)
        (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
        config = load(folder / "feedsvc.yaml", {"DATABASE_URL": "sqlite:///unused"})
        store = _store(folder / "articles.sqlite3")
        update(store, Inline(), list(config.sources), config.catalogue, NOW)  # type: ignore[arg-type]  # as the sandbox
        publisher = Publisher(store=store, configured=config.catalogue)
        publisher.refresh(NOW)
        app = create_app(config, store, lambda: NOW)
        layer = app.wsgi_app
        app.wsgi_app = layer.app  # type: ignore[method-assign, attr-defined]  # without the memory of known pages
        web = app.test_client()
        article = publisher.articles()[-1]
        paths = ("/", "/feeds/all", f"/articles/{article}", "/embed/all", "/feeds/all/embed")
        assert {web.get(path).status_code for path in paths} == {200}
        feedgen = partial(_feedgen, publisher.entries(_feed(store, "all")), "rss")
        baseline, *costs = _in_turn([feedgen, *(_request(app, path) for path in paths)], rounds)
        print(f"feedgen alone, 50 entries: {baseline:.1f} ms CPU")
        for path, cost in zip(paths, costs, strict=True):
            print(f"{path}: {cost:.1f} ms CPU, {cost / baseline:.2f} x feedgen, {_size(web, path):,} bytes with gzip")
        store.close()


def _request(app: Flask, path: str) -> Callable[[], object]:
    """A request as a server makes it. A test client takes 0.25 ms for itself."""
    environ = EnvironBuilder(path).get_environ()

    def begin(_status: str, _fields: object, _error: object = None) -> Callable[[bytes], object]:
        return lambda _: None

    return lambda: b"".join(app.wsgi_app(dict(environ), begin))


def _in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median of the CPU milliseconds of each work, after one round that does not count."""
    costs = [[_cpu(work) for work in works] for _ in range(rounds + 1)][1:]
    return [median(of_one) for of_one in zip(*costs, strict=True)]


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def _size(web: FlaskClient, path: str) -> int:
    files = (path, "/static/style.css", "/static/page.js")
    return sum(len(gzip.compress(web.get(one).data, 6)) for one in files)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20)
