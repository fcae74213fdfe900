"""SQLite and PostgreSQL: the same statements, and the same results."""

from pathlib import Path

import pytest

from feedsvc.config import load
from feedsvc.model import FORMATS
from feedsvc.publish import Publisher
from feedsvc.store import Store, feeds, migrate, open_store
from feedsvc.update import update
from tests.bench.articles import write
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue


def _documents(folder: Folder, store: Store) -> dict[tuple[str, str], str]:
    """Import the folder, and render everything: the digest of each document."""
    config = load(folder.config_file, {})
    update(store, SANDBOX, config.sources, catalogue(config), NOW)
    publisher = Publisher(store=store, configured=config.catalogue)
    with store.read() as db:
        listed = feeds.list_feeds(db)
    return {(feed.slug, one): publisher.document(feed, one, NOW).digest for feed in listed for one in FORMATS}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_both_databases_give_the_same_bytes(folder: Folder, store: Store, tmp_path: Path) -> None:
    """Whoever moves from one machine to many moves no reader: every document is the same, to the byte."""
    folder.configure(CONFIG + "feeds: {new: {categories: [新媒体, 科技], window: {items: 20}}}\n")
    write(folder.path / "seeds", 300)
    sqlite = open_store(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    migrate.upgrade(sqlite)
    found, expected = _documents(folder, store), _documents(folder, sqlite)
    sqlite.close()

    assert len(found) == 3 * (1 + 1 + 8)
    assert found == expected
