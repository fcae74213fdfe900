"""`/metrics`: figures in Prometheus' text format. They come from the database, so that all server processes agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from feedsvc import __version__
from feedsvc.publish import status
from feedsvc.publish.status import ORDER, Configured, Status
from feedsvc.store import Store, traffic
from feedsvc.store.traffic import Answers
from feedsvc.store.webhooks import WebhookState

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: The results of polls. A poll that may have missed entries has one of these, too.
RESULTS = ("changed", "unchanged", "failed")

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric, with the value for each set of labels."""

    name: str
    kind: Literal["gauge", "counter"]
    help: str
    values: Sequence[tuple[Labels, float]]


def written(store: Store, configured: Configured, now: datetime) -> str:
    """All metrics at a moment."""
    found = status.read(store, configured, now, size=0)
    with store.read() as db:
        answers = traffic.answers(db)
    return "".join(map(_text, (*_of_status(found), *_of_answers(answers))))


def _of_status(found: Status) -> Iterator[Metric]:
    storage = found.storage
    yield Metric("build_info", "gauge", "The version that runs.", [({"version": __version__}, 1)])
    states = [({"state": one}, found.conditions.get(one, 0)) for one in ORDER]
    yield Metric("sources", "gauge", "Sources by state.", states)
    yield Metric("sources_silent", "gauge", "Sources that are silent against their rhythm.", _one(len(found.silent)))
    polls = [({"result": one}, found.polls[one]) for one in RESULTS]
    yield Metric("polls_total", "counter", "Polls of upstreams by result.", polls)
    missed = _one(found.polls["missed"])
    yield Metric("polls_missed_total", "counter", "Polls that may have missed entries.", missed)
    lag = _one(found.lag.total_seconds())
    yield Metric("poll_lag_seconds", "gauge", "Time for which the oldest poll that is due waits.", lag)
    held = _one(sum(one.number for one in found.troubles if one.kind == "held"))
    yield Metric("held_articles", "gauge", "Articles that went missing at once, and are held back.", held)
    yield Metric("entries", "gauge", "Stored entries.", _one(storage.entries))
    yield Metric("entries_waiting", "gauge", "Saved entries that are in no feed for long.", _one(found.waiting))
    yield Metric("entries_outdated", "gauge", "Entries that an older policy sanitised.", _one(found.outdated))
    yield Metric("revisions", "gauge", "Former forms of entries.", _one(storage.revisions))
    yield Metric("documents", "gauge", "Stored documents.", _one(storage.documents))
    yield Metric("documents_bytes", "gauge", "Bytes of stored documents.", _one(storage.documents_bytes))
    yield Metric("database_bytes", "gauge", "Bytes of the database.", _one(storage.database_bytes))
    yield Metric("archive_pages", "gauge", "Closed pages of archives.", _one(storage.archive_pages))
    late = [({"work": one}, int(one in found.late)) for one in found.work.done]
    yield Metric("work_late", "gauge", "Whether promised work is late.", late)
    yield Metric("hub_subscriptions", "gauge", "Subscriptions at the WebSub hub.", _one(found.hub.subscriptions))
    failing = _one(found.hub.failing)
    yield Metric("hub_subscriptions_failing", "gauge", "Subscriptions whose last delivery failed.", failing)
    asked = _one(found.hub.requests)
    yield Metric("hub_requests", "gauge", "Requests whose callbacks are not asked yet.", asked)
    yield from _of_webhooks(found.webhooks)
    writes = _one(int(found.obstacle is None))
    yield Metric("database_writable", "gauge", "Whether the database can be written at this moment.", writes)


def _of_webhooks(hooks: Sequence[WebhookState]) -> Iterator[Metric]:
    delivered = [({"feed": one.feed}, one.delivered) for one in hooks]
    yield Metric("webhook_deliveries_total", "counter", "Messages that receivers of webhooks took.", delivered)
    refused = [({"feed": one.feed}, one.refused) for one in hooks]
    yield Metric("webhook_refused_total", "counter", "Messages that receivers of webhooks refused for good.", refused)
    failures = [({"feed": one.feed}, one.failures) for one in hooks]
    yield Metric("webhook_failures", "gauge", "Deliveries of webhooks that failed in a row.", failures)
    stopped = [({"feed": one.feed}, int(one.is_stopped)) for one in hooks]
    yield Metric("webhook_stopped", "gauge", "Whether the receiver of a webhook wants no more messages.", stopped)


def _of_answers(answers: Mapping[tuple[str, int], Answers]) -> Iterator[Metric]:
    requests = [({"route": route, "code": str(code)}, one.all) for (route, code), one in answers.items()]
    yield Metric("http_requests_total", "counter", "Answered requests by route and status.", requests)
    hot = _one(sum(one.hot for one in answers.values()))
    yield Metric("hot_answers_total", "counter", "Requests that were answered from memory.", hot)


def _one(value: float) -> list[tuple[Labels, float]]:
    """The value of a metric without labels."""
    return [({}, value)]


def _text(metric: Metric) -> str:
    name = f"feedsvc_{metric.name}"
    lines = [f"# HELP {name} {metric.help}", f"# TYPE {name} {metric.kind}"]
    for labels, value in metric.values:
        said = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines.append(f"{name}{{{said}}} {value}" if said else f"{name} {value}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """A value of a label (Prometheus' exposition format)."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
