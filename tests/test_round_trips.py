"""How many statements polls and readers send to PostgreSQL: each takes the time to the server and back."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedsvc.cli.publishing import publisher_of, refresh
from feedsvc.store import Store
from feedsvc.web import create_app
from tests.conftest import NOW, Folder, seed
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import Polls

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

SOURCE = """\
  news: {kind: upstream, url: "URL/feed", categories: [新闻, 手机], allow_private: true}
  more: {kind: upstream, url: "URL2/feed", allow_private: true}
"""


@pytest.fixture
def upstreams() -> Iterator[tuple[Upstream, Upstream]]:
    """Two servers on loopback, on hosts of their own."""
    with serving() as one, serving("127.0.0.2") as other:
        yield one, other


@pytest.fixture
def asked(store: Store) -> Iterator[list[str]]:
    """The statements of readers."""
    statements: list[str] = []
    with Listening(store.reader, before_cursor_execute=lambda _, __, statement, *___: statements.append(statement)):
        yield statements


@pytest.fixture
def sent(store: Store) -> Iterator[list[tuple[str, ...]]]:
    """The statements of each transaction that has ended. Statements that begin and end a transaction do not count."""
    transactions: list[tuple[str, ...]] = []
    present: dict[int, list[str]] = {}

    def note(connection: sa.Connection, _: object, statement: str, *__: object) -> None:
        present.setdefault(id(connection), []).append(statement)

    def end(connection: sa.Connection) -> None:
        transactions.append(tuple(present.pop(id(connection), ())))

    with Listening(store.writer, before_cursor_execute=note, commit=end):
        yield transactions


class Listening:
    """Listens to an engine for a while."""

    def __init__(self, engine: sa.Engine, **listeners: Callable[..., None]) -> None:
        self.engine, self.listeners = engine, listeners

    def __enter__(self) -> None:
        """Begin."""
        for name, listener in self.listeners.items():
            sa.event.listen(self.engine, name, listener)

    def __exit__(self, *_: object) -> None:
        """End."""
        for name, listener in self.listeners.items():
            sa.event.remove(self.engine, name, listener)


TakeIn = Callable[..., object]


def of(sent: list[tuple[str, ...]], table: str) -> list[int]:
    """The numbers of statements of the transactions that changed a table, without the one that begins them."""
    return [len(one) - 1 for one in sent if any(f"INTO {table} " in said or f"UPDATE {table} " in said for said in one)]


@pytest.mark.parametrize("number", [1, 60])
def test_an_answer_costs_the_same_whatever_it_holds(
    folder: Folder, store: Store, sent: list[tuple[str, ...]], upstreams: tuple[Upstream, Upstream], number: int
) -> None:
    """A known source that brings new entries of known categories needs twelve statements at most."""
    poll = Polls(folder, store)
    for one in upstreams:
        one.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(SOURCE, *upstreams)
    poll.run()
    upstreams[0].answers["/feed"] = answer(rss(articles(number, 1_600_000)))
    sent.clear()
    assert poll.counts(timedelta(hours=3))["new"] == number

    (statements,) = of(sent, "entry_text")
    assert statements <= 12


def test_a_claim_costs_two_statements_and_unchanged_answers_share_a_transaction(
    folder: Folder, store: Store, sent: list[tuple[str, ...]], upstreams: tuple[Upstream, Upstream]
) -> None:
    """A claim is two statements for any number of hosts; the answers that bring nothing are saved with few."""
    poll = Polls(folder, store)
    for one in upstreams:
        one.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(SOURCE, *upstreams)
    poll.run()
    sent.clear()
    assert poll.counts(timedelta(hours=3)) == {"unchanged": 2}

    assert of(sent, "host")[0] == 2
    assert of(sent, "upstream") in ([3], [3, 3])


def test_readers_cost_few_statements(folder: Folder, store: Store, asked: list[str], take_in: TakeIn) -> None:
    """A server that has nothing in its memory reads a document with two statements, a page with four."""
    for number in range(60):
        folder.write(f"{number}.txt", seed(f"标题 {number}", categories="[科技]"))
    take_in()
    config = folder.config()
    refresh(config, store, NOW)
    found = {}
    for path in ("/feeds/all.rss", "/feeds/all.json", "/feeds/all"):
        client = create_app(config, store, lambda: NOW).test_client()
        asked.clear()
        assert client.get(path).status_code == 200
        found[path] = len([one for one in asked if "pg_current_snapshot" not in one])

    assert found == {"/feeds/all.rss": 2, "/feeds/all.json": 2, "/feeds/all": 4}


def test_documents_of_a_feed_cost_few_statements(
    folder: Folder, store: Store, asked: list[str], take_in: TakeIn
) -> None:
    """For each feed that changed, three documents of fifty entries are made with nine statements that read."""
    for number in range(60):
        folder.write(f"{number}.txt", seed(f"标题 {number}", categories="[科技]"))
    take_in()
    config = folder.config()
    refresh(config, store, NOW)
    folder.write("new.txt", seed("新的", categories="[科技]"))
    take_in(NOW + timedelta(hours=1))
    asked.clear()
    publisher_of(config, store).refresh(NOW + timedelta(hours=1), lambda: False)

    # Two find the feeds, whatever their number is. `all` and a category have the new entry.
    assert len(asked) <= 2 + 2 * 9
