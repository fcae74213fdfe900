"""`feedsvc status`: the operator's picture as lines and JSON."""

import json
import shutil

import sqlalchemy as sa

from feedsvc.store import open_store, polls
from feedsvc.store.schema import upstream
from tests.conftest import CONFIG, NOW, Folder, feedsvc, seed


def prepared(folder: Folder) -> None:
    """An imported folder of one article, and an upstream that nobody has polled yet."""
    folder.configure(f"{CONFIG}  news: {{kind: upstream, url: 'https://news.example/feed'}}\n")
    folder.write("a.txt", seed("甲", "<p onclick='x()'>正文</p>"))
    feedsvc(folder, "db", "upgrade")
    feedsvc(folder, "update")


def define(folder: Folder) -> None:
    """Let the upstream have failed three times."""
    failed = {"error": "https://news.example/feed: no", "failures": 3, "polled_at": NOW}
    store = open_store(folder.database_url)
    with store.write() as db:
        polls.define(db, folder.config().upstreams, NOW)
        db.execute(sa.update(upstream).values(**failed))
    store.close()


def test_a_service_in_order(folder: Folder) -> None:
    """Each source has a line, totals follow, and the exit code is 0."""
    prepared(folder)
    ended = feedsvc(folder, "status")
    lines = ended.stdout.splitlines()

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "articles: 1 file, 1 published, 0 problems; removed 1 handlers" in lines
    assert any(line.startswith("sources: ") and "1 new, 1 ok" in line for line in lines)
    assert any(line.startswith("storage: 1 entry, 0 revisions, ") for line in lines)
    assert not any(line.startswith("to do: ") for line in lines)


def test_a_service_that_needs_the_operator(folder: Folder) -> None:
    """Each fault has a line with the remedy, and the exit code is 1."""
    prepared(folder)
    define(folder)
    shutil.rmtree(folder.path / "seeds")
    ended = feedsvc(folder, "status")

    assert ended.returncode == 1
    assert "to do: source news: failed 3 times in a row: https://news.example/feed: no" in ended.stdout
    assert "the folder of source articles is not there; make it, or correct sources.articles.path" in ended.stdout


def test_the_same_as_json(folder: Folder) -> None:
    """Programs get the same facts; times are in ISO 8601, spans in seconds."""
    prepared(folder)
    ended = feedsvc(folder, "status", "--json")
    said = json.loads(ended.stdout)
    sources = {one["name"]: one for one in said["sources"]}

    assert ended.returncode == 0
    assert sources["articles"]["state"]["files"] == 1
    assert sources["articles"]["history"]["removed"] == {"handlers": 1}
    assert len(sources["articles"]["days"]) == 30
    assert said["storage"]["entries"] == 1
    assert (said["lag"], said["troubles"]) == (0, [])
    assert said["now"].endswith("+00:00")
