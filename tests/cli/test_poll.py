"""`feedsvc poll <name>`, and what `feedsvc sources` says of limits and of what was left out, in real processes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.store import hosts, open_store, polls
from tests.conftest import Folder
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving
from tests.running import feedsvc

HEAD = 'site: {title: 站, base_url: "https://feeds.example.org", tag: "feeds.example.org,2026"}\nsources:\n'


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback with two feeds."""
    with serving() as one:
        one.answers["/a"] = answer(rss(articles(3)))
        one.answers["/b"] = answer(rss(articles(2, 1_600_000)))
        yield one


@pytest.fixture
def polled(folder: Folder, upstream: Upstream) -> Folder:
    """A folder with two sources of that server, polled once."""
    options = f"allow_ports: [{upstream.port}], allow_networks: [127.0.0.0/8]"
    folder.configure(
        HEAD + "".join(f'  {name}: {{kind: upstream, url: "{upstream.url}/{name}", {options}}}\n' for name in "ab")
    )
    feedsvc(folder, "db", "upgrade")
    assert feedsvc(folder, "poll").returncode == 0
    upstream.requests.clear()
    return folder


def test_a_named_source_is_asked_now(polled: Folder, upstream: Upstream) -> None:
    """`poll NAME` polls this source alone before it is due, and prints the result. The next poll is as usual."""
    upstream.answers["/a"] = answer(rss(articles(4)))
    ended = feedsvc(polled, "poll", "a", "a")

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("a: 1 new; next in ")
    assert upstream.targets == ["/a"]
    assert "nothing is due" in feedsvc(polled, "poll").stdout


def test_each_named_source_is_told_of(polled: Folder, upstream: Upstream) -> None:
    """The command names the poll that failed, and the entries that were left out, and has an exit code."""
    upstream.answers["/a"] = answer("no", 404)
    upstream.answers["/b"] = answer(
        rss(articles(2, 1_600_000)).replace("</channel>", "<item><guid>x</guid></item></channel>")
    )
    ended = feedsvc(polled, "poll", "b", "a")
    lines = ended.stdout.splitlines()
    listed = {one["name"]: one for one in json.loads(feedsvc(polled, "sources", "--json").stdout)}

    assert ended.returncode == 1
    assert lines[0].startswith(f"a: {upstream.url}/a: the server answers 404; look for its new address; next in ")
    assert lines[1].startswith("b: nothing new; next in ")
    assert lines[2].startswith("b: 1 problem in its answer: item ")
    assert (listed["b"]["problems"], len(listed["b"]["problem_lines"])) == (1, 1)
    assert "1 problem in its last answer: item " in feedsvc(polled, "sources").stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("c", "no source is named 'c'; there are: a, b"),
        ("seeds", "source seeds: a folder of seeds; to read it now: feedsvc update"),
    ],
)
def test_an_unknown_name_is_one_line(polled: Folder, upstream: Upstream, name: str, words: str) -> None:
    """With the names that there are; nobody is asked."""
    polled.configure(polled.config_file.read_text() + "  seeds: {kind: seeds, path: seeds}\n")
    ended = feedsvc(polled, "poll", "a", name)

    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"feedsvc: {words}\n")
    assert upstream.targets == []


def test_a_host_that_wants_peace_has_it_unless_forced(polled: Folder, upstream: Upstream) -> None:
    """The message says what the host asked for, and which option polls all the same. Later polls are as usual."""
    store = open_store(polled.database_url)
    with store.write() as db:
        hosts.hold(db, {"127.0.0.1": datetime.now(UTC) + timedelta(hours=1.9)})
    store.close()
    kept = feedsvc(polled, "poll", "b")
    told = feedsvc(polled, "sources").stdout.splitlines()[1]
    asked = list(upstream.targets)
    forced = feedsvc(polled, "poll", "--force", "b")

    assert (kept.returncode, forced.returncode) == (1, 0)
    assert kept.stdout == (
        "b: not asked: its host said to come again in 1 h; to ask all the same: feedsvc poll --force b\n"
    )
    assert told.endswith("next in 1 h (its host said when to come again)")
    assert (asked, upstream.targets) == ([], ["/b"])
    assert feedsvc(polled, "poll", "--force").returncode == 2


def test_a_source_that_is_gone_is_asked_by_name(polled: Folder, upstream: Upstream) -> None:
    """Nothing else asks it; it goes on where it is back."""
    upstream.answers["/a"] = answer("", 410)
    gone = feedsvc(polled, "poll", "a")
    upstream.answers["/a"] = answer(rss(articles(3)))
    back = feedsvc(polled, "poll", "a")

    assert "not polled again unless it is asked by name" in gone.stdout
    assert (back.returncode, back.stdout[:15]) == (0, "a: nothing new;")


def test_a_host_that_a_worker_has_is_waited_for(polled: Folder, upstream: Upstream) -> None:
    """Only one worker at a time polls a host: `poll` waits for the end of the other lease."""
    store = open_store(polled.database_url)
    now = datetime.now(UTC)
    with store.write() as db:
        polls.ask(db, ["a"], now, is_forced=False)
        assert polls.claim(db, now, timedelta(seconds=4), 9)
    ended = feedsvc(polled, "poll", "a")
    store.close()

    assert ended.returncode == 0
    assert datetime.now(UTC) - now > timedelta(seconds=4)
    assert upstream.targets == ["/a"]
