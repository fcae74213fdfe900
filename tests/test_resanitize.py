"""A new policy of the sanitiser: it reaches everything that is stored, and is no news to anybody."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from feedsvc.publish import Publisher
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Store, feeds
from feedsvc.store.schema import entry, revision
from feedsvc.update import Report
from feedsvc.update.resanitize import resanitize
from tests.conftest import NOW, SANDBOX, Folder, feedsvc, seed

STALE = {"content": "<p>旧规则</p>", "published_hash": "stale", "policy_version": POLICY_VERSION - 1}


@pytest.fixture
def imported(folder: Folder, take_in: Callable[..., Report]) -> Folder:
    """Three articles."""
    for number in range(3):
        folder.write(f"{number}.txt", seed(f"标题 {number}", body=f"<p>正文 {number}</p>"))
    take_in()
    return folder


def make_stale(store: Store, **values: object) -> None:
    """As if an older policy had made every entry."""
    with store.write() as db:
        db.execute(sa.update(entry).values(**values))


def shown(store: Store) -> list[tuple[object, ...]]:
    """The entries as readers see them, and the time of their change."""
    with store.read() as db:
        columns = (entry.c.guid, entry.c.content, entry.c.published_hash, entry.c.updated, entry.c.withdrawn_at)
        return [tuple(row) for row in db.execute(sa.select(*columns).order_by(entry.c.id))]


def etag(folder: Folder, store: Store) -> str:
    """The digest of a feed's document."""
    config = folder.config()
    publisher = Publisher(store=store, configured=config.catalogue)
    with store.read() as db:
        feed = feeds.find(db, "all")
    assert feed is not None
    return publisher.document(feed, "rss", NOW).digest


def test_what_stays_the_same_changes_no_etag(imported: Folder, store: Store) -> None:
    """The new policy makes the same of it: no document is another."""
    before, tag = shown(store), etag(imported, store)
    make_stale(store, policy_version=POLICY_VERSION - 1)

    assert resanitize(store, SANDBOX, {}) == 0
    assert (shown(store), etag(imported, store)) == (before, tag)


def test_what_changes_is_no_news(imported: Folder, store: Store) -> None:
    """Content is made anew from its raw form; dates and guids stay, and nothing becomes a revision."""
    before, tag = shown(store), etag(imported, store)
    make_stale(store, **STALE)

    assert resanitize(store, SANDBOX, {}) == 3
    assert (shown(store), etag(imported, store)) == (before, tag)
    with store.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(revision)) == 0
        assert set(db.scalars(sa.select(entry.c.policy_version))) == {POLICY_VERSION}


def test_documents_follow(imported: Folder, store: Store) -> None:
    """Markup that an older policy allowed is in no document any more."""
    make_stale(store, **STALE)
    with store.write() as db:
        db.execute(sa.text("UPDATE feed SET revision = revision + 1"))
    old = etag(imported, store)
    resanitize(store, SANDBOX, {})

    assert etag(imported, store) != old


def test_it_needs_no_file(imported: Folder, store: Store, take_in: Callable[..., Report]) -> None:
    """Entries whose file broke or is gone are sanitised again. A withdrawn entry stays withdrawn."""
    before = [row[:3] for row in shown(store)]
    imported.write("0.txt", "---\ntitle: [\n---\n")
    (imported.path / "seeds" / "1.txt").unlink()
    take_in()
    make_stale(store, **STALE)
    resanitize(store, SANDBOX, {})
    after = shown(store)

    assert [row[:3] for row in after] == before
    assert [row[4] is not None for row in after] == [False, True, False]


def test_it_goes_on_where_it_was(folder: Folder, store: Store, take_in: Callable[..., Report]) -> None:
    """Cut off after a batch, it does the rest, and only the rest."""
    for number in range(150):
        folder.write(f"{number}.txt", seed(f"标题 {number}"))
    take_in()
    make_stale(store, **STALE)

    def stop(step: int, total: int) -> None:
        raise KeyboardInterrupt(step, total)

    with pytest.raises(KeyboardInterrupt):
        resanitize(store, SANDBOX, {}, stop)
    seen: list[tuple[int, int]] = []

    assert resanitize(store, SANDBOX, {}, lambda step, total: seen.append((step, total))) == 50
    assert seen == [(50, 50)]
    assert {row[1] for row in shown(store)} == {"<p>正文</p>"}


def test_a_host_of_players_is_the_sources_own(folder: Folder, store: Store, take_in: Callable[..., Report]) -> None:
    """Beside the policy's list counts what the configuration adds to it."""
    player = '<iframe src="https://player.example.org/1"></iframe>'
    folder.write("a.txt", seed(body=f"<p>看</p>{player}"))
    folder.configure(folder.config_file.read_text("utf-8") + "web: {frame_hosts: [player.example.org]}\n")
    take_in()
    make_stale(store, **STALE)
    resanitize(store, SANDBOX, {"articles": ("player.example.org",)})

    assert 'src="https://player.example.org/1"' in str(shown(store)[0][1])


@pytest.mark.parametrize("command", ["resanitize", "update"])
def test_the_commands_do_it(imported: Folder, store: Store, command: str) -> None:
    """By itself, and as a part of every import."""
    before = shown(store)
    make_stale(store, **STALE)
    ended = feedsvc(imported, command, DATABASE_URL=imported.database_url)

    assert ended.returncode == 0
    assert shown(store) == before
    assert ended.stdout == ("3 entries changed\n" if command == "resanitize" else "")
