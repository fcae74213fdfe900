"""
What the numbers of requests cost an answer from memory, beside the same layer without them.

    python -m tests.bench.counting [ROUNDS [REQUESTS]]        15 rounds of 20,000 requests

One feed of one article, asked through WSGI in one process: 304, as nearly all polls are. In each round the layer
answers with and without counting, in turn. A ratio of 1 is the layer that does not count.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from feedsvc.web import create_app
from tests.bench.measure import median
from tests.data.samples import site

AGENT = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)"


def main(rounds: int, requests: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, site(Path(name)) as (folder, store):
        layer: Any = create_app(folder.config(), store).wsgi_app
        environ: dict[str, Any] = {"PATH_INFO": "/feeds/all.rss", "QUERY_STRING": "", "HTTP_USER_AGENT": AGENT}
        setup_testing_defaults(environ)
        said: list[Any] = []
        layer(dict(environ), lambda *about: said.append(about))
        environ["HTTP_IF_NONE_MATCH"] = dict(said[0][1])["ETag"]
        counting = getattr(layer, "count", None)
        found: dict[str, list[float]] = {"with": [], "without": []}
        for _ in range(rounds):
            for kind, count in (("with", counting), ("without", lambda *_: None)):
                layer.count = count
                found[kind].append(_seconds(layer, environ, requests) / requests)
    costs = {kind: median(times) * 1e6 for kind, times in found.items()}
    ratio = median([one / other for one, other in zip(found["with"], found["without"], strict=True)])
    print(f"with {costs['with']:.2f} µs, without {costs['without']:.2f} µs an answer: {ratio:.3f}")


def _seconds(layer: Any, environ: dict[str, Any], requests: int) -> float:
    def start(*_: Any) -> None:
        pass

    layer(environ, start)
    began = time.process_time()
    for _ in range(requests):
        layer(environ, start)
    return time.process_time() - began


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], "15", "20000")[:2]))
