"""The URL of the database: from the environment, else SQLite in the data folder beside the configuration."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from feedsvc.errors import Problem

FILE = "feedsvc.sqlite3"

#: A configuration in a folder of this name belongs to the folder above, and so does its data.
CONFIG_FOLDER = "config"

#: Schemes that people write for SQLite and PostgreSQL → the scheme of SQLAlchemy.
MEANT = {
    "postgres": "postgresql", "pgsql": "postgresql", "postgresql+psycopg": "postgresql", "sqlite3": "sqlite",
    "postgresql+psycopg2": "postgresql", "postgresql+asyncpg": "postgresql",
}  # fmt: skip


def database_url(config: Path, environ: Mapping[str, str], here: Path) -> tuple[str, list[Problem], list[Problem]]:
    """The URL of the database, its problems, and notes for the operator; `here` is the current directory."""
    if url := environ.get("DATABASE_URL", "").strip():
        return *_checked("DATABASE_URL", url), []
    if name := environ.get("DATABASE_URL_FILE", "").strip():
        try:
            url = Path(name).read_text("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            return "", [Problem(place="env DATABASE_URL_FILE", reason="cannot read the file it names")], []
        return *_checked("DATABASE_URL_FILE", url), []
    if folder := environ.get("FEEDSVC_DATA_DIR"):
        return _in(Path(folder).absolute()), [], []
    own, former = beside(config, here), here / "data"
    if own == former or not _is_former(config, former) or _is_same(own / FILE, former / FILE):
        return _in(own), [], []
    # An earlier release used that database for every configuration: nobody can tell to which one it belongs.
    place = str(former / FILE)
    if (own / FILE).exists():
        note = f"This database is not in use. {config} uses the database in {own}. To use this database instead, set"
        note = f"{note} FEEDSVC_DATA_DIR={former}. To end this warning, set FEEDSVC_DATA_DIR={own}."
        return _in(own), [], [Problem(place=place, reason=note)]
    reason = f"{config} has no database in {own}. If this is its database, move the folder there."
    return _in(own), [Problem(place=place, reason=f"{reason} Otherwise set FEEDSVC_DATA_DIR={own}.")], []


def beside(config: Path, here: Path) -> Path:
    """The data folder of a configuration. Of the sample in a package, it is in the current directory."""
    if is_brought(config):
        return here / "data"
    folder = Path(os.path.abspath(here / config)).parent  # noqa: PTH100 - a link's own folder counts, not its target's
    return (folder.parent if folder.name == CONFIG_FOLDER else folder) / "data"


def is_brought(config: Path) -> bool:
    """Whether a configuration is the sample in an installed package. Data cannot be in the folder of a package."""
    return Path(__file__).parents[1] / "_data" in config.parents


def _is_former(config: Path, folder: Path) -> bool:
    """Whether an earlier release may have put the database of this configuration into the current directory."""
    others = (folder.parent / CONFIG_FOLDER / "feedsvc.yaml", folder.parent / "feedsvc.yaml")
    return (folder / FILE).is_file() and not any(other.is_file() and not _is_same(other, config) for other in others)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _in(folder: Path) -> str:
    return f"sqlite:///{folder / FILE}"


def _checked(name: str, url: str) -> tuple[str, list[Problem]]:
    """The URL under the name that SQLAlchemy has for its database."""
    text = url.strip("'\"")
    scheme, mark, rest = text.partition("://")
    if mark:
        return f"{MEANT.get(scheme.lower(), scheme.lower())}://{rest}", []
    hint = "postgresql://user:password@host/name, or sqlite:////path/to/file"
    if re.fullmatch(r"(?i)sqlite3?:/*[^:]*|[^:\s]*\.(?:sqlite3?|db)", text):
        path = re.sub(r"(?i)^sqlite3?:", "", text)
        hint = f"sqlite:///{path}" if path else hint
    return "", [Problem(place=f"env {name}", reason=f"no URL of a database; write {hint}")]
