"""Metrics in Prometheus' text format."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from feedsvc.store import Store, polls
from feedsvc.store.schema import host, upstream
from feedsvc.web.metrics import Metric, _escaped, _text
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client

#: A line with a value (github.com/prometheus/docs, exposition formats).
SAMPLE = re.compile(r'([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? (-?[\d.]+(?:e[+-]\d+)?)')


@pytest.fixture
def web(folder: Folder, store: Store, take_in: Callable[..., object]) -> FlaskClient:
    """A site with one entry, an upstream that fails, and one that is due for five minutes."""
    folder.configure(
        CONFIG + "".join(f"  {n}: {{kind: upstream, url: 'https://{n}.example/feed'}}\n" for n in ("bad", "due"))
    )
    folder.write("a.txt", seed("甲"))
    take_in()
    with store.write() as db:
        polls.define(db, folder.config().upstreams, NOW)
        is_bad = upstream.c.url == "https://bad.example/feed"
        due = NOW.replace(minute=0)
        db.execute(sa.update(upstream).where(is_bad).values(polled_at=NOW, error="no", failures=1, polls_failed=3))
        db.execute(sa.update(upstream).values(polls_changed=2, next_due=due))
    return client(folder, store, NOW.replace(minute=5))


def samples(web: FlaskClient) -> dict[str, float]:
    """The samples, by name and labels."""
    found = {}
    for line in web.get("/metrics").text.splitlines():
        if not line.startswith("#"):
            match = SAMPLE.fullmatch(line)
            assert match, line
            found[match[1] + (match[2] or "")] = float(match[3])
    return found


def test_the_figures(web: FlaskClient) -> None:
    """Each figure has its name, unit and labels."""
    web.get("/feeds/all.rss")
    web.get("/feeds/all.rss")
    found = samples(web)

    assert found['feedsvc_sources{state="failing"}'] == 1
    assert found['feedsvc_sources{state="new"}'] == 1
    assert found['feedsvc_sources{state="ok"}'] == 1
    assert found['feedsvc_polls_total{result="changed"}'] == 4
    assert found['feedsvc_polls_total{result="failed"}'] == 3
    assert found["feedsvc_poll_lag_seconds"] == 300
    assert found["feedsvc_entries"] == 1
    assert found["feedsvc_hub_subscriptions"] == found["feedsvc_hub_subscriptions_failing"] == 0
    assert found["feedsvc_documents_bytes"] > 100
    assert found["feedsvc_database_bytes"] > 1000
    assert found['feedsvc_http_requests_total{route="/feeds/<slug>.rss",code="200"}'] == 2
    assert found["feedsvc_hot_answers_total"] == 1
    assert any(name.startswith("feedsvc_build_info{version=") for name in found)


def test_a_host_that_is_held_is_not_late(web: FlaskClient, store: Store) -> None:
    """An upstream waits for its host as long as the host asked for; only after that its poll is late."""
    lags = []
    for minute in (3, 9):
        with store.write() as db:
            db.execute(sa.update(host).values(held_until=NOW.replace(minute=minute)))
        lags.append(samples(web)["feedsvc_poll_lag_seconds"])

    assert lags == [120, 0]


def test_the_format(web: FlaskClient) -> None:
    """Each metric has its help and type once, before its samples, and the media type names the format."""
    response = web.get("/metrics")
    named = re.findall(r"^# TYPE (\w+) (?:gauge|counter)$", response.text, re.MULTILINE)

    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert len(set(named)) == len(named) == response.text.count("# HELP ")
    assert {SAMPLE.match(line)[1] for line in response.text.splitlines() if line[0] != "#"} <= set(named)  # type: ignore[index]
    assert all(name.endswith("_total") for name in re.findall(r"# TYPE (\w+) counter", response.text))


def test_large_figures_are_exact() -> None:
    """A counter of many digits is written with all of them."""
    assert _text(Metric("x_total", "counter", "X.", [({}, 123456789)])).splitlines()[-1] == "feedsvc_x_total 123456789"


def test_processes_agree(web: FlaskClient, folder: Folder, store: Store) -> None:
    """A number that one process counted is in the answer of another."""
    web.get("/feeds/all.rss")
    samples(web)
    other = samples(client(folder, store, NOW))

    assert other['feedsvc_http_requests_total{route="/feeds/<slug>.rss",code="200"}'] == 1


def test_labels_are_escaped() -> None:
    """A value of a label cannot end its line."""
    assert _escaped('a"b\\c\nd') == 'a\\"b\\\\c\\nd'
