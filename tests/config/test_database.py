"""The place of the database: beside the configuration. A database of an earlier release elsewhere is named."""

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


def _was(folder: Path) -> Path:
    """The database that an earlier release made for whoever stood in a folder."""
    return folder / "data" / "feedsvc.sqlite3"


@pytest.mark.parametrize("config", ["etc/feedsvc.yaml", "opt/b.yaml", "srv/deep/config/feedsvc.yaml"])
def test_a_database_of_an_earlier_release_is_neither_lost_nor_taken(tmp_path: Path, config: str) -> None:
    """Only a person knows to which configuration a database belongs: no command runs until that person says it."""
    here = tmp_path / "srv"
    _made(tmp_path / config, _was(here))
    _, (problem,), notes = database_url(tmp_path / config, {}, here)
    said = database_url(tmp_path / config, {"FEEDSVC_DATA_DIR": str(here / "data")}, here)

    assert str(problem).startswith(f"{_was(here)}: {tmp_path / config} has no database in ")
    assert (notes, said) == ([], (f"sqlite:///{_was(here)}", [], []))
    assert database_url(tmp_path / config, {}, tmp_path)[1:] == ([], [])


def test_a_second_database_is_named(tmp_path: Path) -> None:
    """A run from another folder made a new one: while both are there, a warning names the one that is not in use."""
    config, here, own = tmp_path / "etc" / "feedsvc.yaml", tmp_path / "srv", tmp_path / "etc"
    _made(config, _was(here), _was(own))
    url, problems, (note,) = database_url(config, {}, here)

    assert (url, problems) == (f"sqlite:///{_was(own)}", [])
    assert str(note).startswith(
        f"{_was(here)}: This database is not in use. {config} uses the database in {own / 'data'}."
    )


def test_one_database_by_two_names_is_one(tmp_path: Path) -> None:
    """A link to the folder with the data is no second database."""
    config, here = tmp_path / "etc" / "feedsvc.yaml", tmp_path / "srv"
    _made(config, _was(here))
    (tmp_path / "etc" / "data").symlink_to(here / "data")

    assert database_url(config, {}, here) == (f"sqlite:///{_was(tmp_path / 'etc')}", [], [])


def test_a_database_of_another_configuration_is_left_alone(tmp_path: Path) -> None:
    """A database beside a configuration of its own is that one's, wherever somebody stands."""
    config, here = tmp_path / "etc" / "feedsvc.yaml", tmp_path / "srv"
    _made(config, _was(here), here / "config" / "feedsvc.yaml")

    assert database_url(config, {}, here) == (f"sqlite:///{_was(tmp_path / 'etc')}", [], [])


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
    """Schemes of platforms and other libraries are understood."""
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
