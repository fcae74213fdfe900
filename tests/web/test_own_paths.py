"""The paths that an alias cannot have are those of the application."""

from pathlib import Path

from feedsvc.config.load import DEFAULT_ALIASES
from feedsvc.config.values import OWN_PATHS
from feedsvc.store import open_store
from feedsvc.web import create_app
from tests.conftest import CONFIG, Folder


def test_the_own_paths_are_the_routes(tmp_path: Path) -> None:
    """Each first part of a route is reserved, and no other word is."""
    folder = Folder(path=tmp_path)
    folder.configure(CONFIG)
    store = open_store(folder.database_url)
    rules = {rule.rule for rule in create_app(folder.config(), store).url_map.iter_rules()}
    store.close()

    assert {rule.split("/")[1] for rule in rules - DEFAULT_ALIASES.keys()} == OWN_PATHS
