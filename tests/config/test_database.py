"""Where the database is: beside the configuration, unless it was somewhere else before."""

import os
from pathlib import Path

import pytest

from feedsvc.config.database import database_url


def _made(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


@pytest.mark.parametrize(
    ("config", "data"),
    [("config/feedsvc.yaml", "data"), ("feedsvc.yaml", "data"), ("etc/mine.yaml", "etc/data")],
    ids=["in-config", "beside", "own-name"],
)
def test_the_data_folder_is_where_the_configuration_is(tmp_path: Path, config: str, data: str) -> None:
    """Wherever one stands, one configuration has one database."""
    _made(tmp_path / config)
    found = {database_url(tmp_path / config, {}, here)[0] for here in (tmp_path, tmp_path / "x", Path("/"))}
    found.add(database_url(Path(os.path.relpath(tmp_path / config, tmp_path)), {}, tmp_path)[0])

    assert found == {f"sqlite:///{tmp_path / data / 'feedsvc.sqlite3'}"}


def test_a_database_of_an_earlier_release_goes_on_being_used(tmp_path: Path) -> None:
    """The database in the folder where somebody stands stays in use, and a line says where it belongs."""
    config, former = tmp_path / "etc" / "feedsvc.yaml", tmp_path / "srv" / "data" / "feedsvc.sqlite3"
    _made(config, former)
    url, problems, (note,) = database_url(config, {}, tmp_path / "srv")

    assert (url, problems) == (f"sqlite:///{former}", [])
    assert str(note).startswith(f"{former}: this database goes on being used; it belongs into {tmp_path / 'etc/data'}")


@pytest.mark.parametrize("other", ["srv/config/feedsvc.yaml", "etc/data/feedsvc.sqlite3"], ids=["foreign", "both"])
def test_a_database_of_another_configuration_is_left_alone(tmp_path: Path, other: str) -> None:
    """A database where somebody stands is not taken where it is another configuration's, or an own one is there."""
    config = tmp_path / "etc" / "feedsvc.yaml"
    _made(config, tmp_path / "srv" / "data" / "feedsvc.sqlite3", tmp_path / other)
    url, _, notes = database_url(config, {}, tmp_path / "srv")

    assert (url, notes) == (f"sqlite:///{tmp_path / 'etc' / 'data' / 'feedsvc.sqlite3'}", [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgres://u:p@h/n", "postgresql://u:p@h/n"),
        ("postgresql+psycopg2://u:p@h/n", "postgresql://u:p@h/n"),
        ("PostgreSQL://u:p@h/n", "postgresql://u:p@h/n"),
        ("'postgresql://u:p@h/n'", "postgresql://u:p@h/n"),
        ("sqlite3:////srv/x", "sqlite:////srv/x"),
    ],
)
def test_usual_forms_of_a_database_url_are_understood(tmp_path: Path, written: str, meant: str) -> None:
    """What platforms and other libraries call a database is what is meant."""
    assert database_url(tmp_path / "a.yaml", {"DATABASE_URL": written}, tmp_path)[:2] == (meant, [])


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("/srv/feedsvc.sqlite3", "write sqlite:////srv/feedsvc.sqlite3"),
        ("sqlite:/srv/x", "write sqlite:////srv/x"),
        ("host=db password=geheim", "write postgresql://user:password@host/name"),
    ],
)
def test_what_is_no_database_url_is_named_with_its_remedy(tmp_path: Path, written: str, hint: str) -> None:
    """A path, or libpq's own form, is one line with the URL to write, and without the password."""
    _, (problem,), _ = database_url(tmp_path / "a.yaml", {"DATABASE_URL": written}, tmp_path)

    assert hint in str(problem)
    assert "geheim" not in str(problem)
