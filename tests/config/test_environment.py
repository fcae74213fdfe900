"""The environment over the file."""

from pathlib import Path

import pytest

from feedsvc.config import Config, find, load
from feedsvc.errors import ConfigError

CONFIG = """\
site: {title: 站, tag: "example.org,2026"}
sources:
  articles: {kind: seeds, path: seeds}
feeds:
  Tech: {categories: [科技]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A short configuration."""
    path = tmp_path / "feedsvc.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


def problems(file: Path, **environ: str) -> list[str]:
    """The problems of the configuration under these variables."""
    with pytest.raises(ConfigError) as caught:
        load(file, environ)
    return [str(problem) for problem in caught.value.problems]


def test_a_variable_wins_over_the_file(file: Path) -> None:
    """Any key can be set without touching the file."""
    config = load(file, {"FEEDSVC_SITE__TITLE": "新站", "FEEDSVC_SITE__BASE_URL": "https://example.org/news/"})

    assert (config.site.title, config.site.base_url) == ("新站", "https://example.org/news")


def test_a_variable_adds_what_the_file_lacks(file: Path) -> None:
    """Sections, sources and feeds can come from the environment alone."""
    config = load(file, {"FEEDSVC_WEB__FRAME_ANCESTORS": "[https://a.example, https://b.example]"})

    assert config.frame_ancestors == ("https://a.example", "https://b.example")


@pytest.mark.parametrize("name", ["FEEDSVC_FEEDS__TECH__WINDOW__ITEMS", "FEEDSVC_feeds__tech__window__items"])
def test_names_are_matched_without_case(file: Path, name: str) -> None:
    """A feed named Tech is meant by TECH, since variables are written in capitals."""
    config = load(file, {name: "7"})

    assert {feed.slug: feed.window.items for feed in config.catalogue.feeds.values()} == {"Tech": 7}


@pytest.mark.parametrize("title", ["12:30", "0123", "no", "a: b", "#1"])
def test_a_plain_value_is_taken_as_it_is(file: Path, title: str) -> None:
    """A value is no YAML unless it looks like a list or a mapping."""
    assert load(file, {"FEEDSVC_SITE__TITLE": title}).site.title == title


def test_a_file_can_hold_the_value(file: Path, tmp_path: Path) -> None:
    """A secret mounted as a file is read from there, its last line end removed."""
    (tmp_path / "secret").write_text("© 甲\n", "utf-8")

    assert load(file, {"FEEDSVC_SITE__RIGHTS_FILE": str(tmp_path / "secret")}).site.rights == "© 甲"


def test_a_file_that_is_not_there_is_reported(file: Path) -> None:
    """A missing secret is no empty secret."""
    (problem,) = problems(file, FEEDSVC_SITE__RIGHTS_FILE="/nowhere")

    assert problem.startswith("env FEEDSVC_SITE__RIGHTS_FILE: cannot read the file it names: ")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        pytest.param("FEEDSVC_SITE__TITEL", "x", "site.titel: unknown key; did you mean 'title'?", id="misspelt"),
        pytest.param("FEEDSVC_NOTHING", "x", "nothing: unknown key; known are: categories, feeds", id="unknown"),
        pytest.param("FEEDSVC_SITE__TIMEZONE", "Mars/X", "site.timezone: no such time zone", id="wrong value"),
        pytest.param("FEEDSVC_SITE", "x", "site: write a mapping here", id="section"),
        pytest.param("FEEDSVC_SITE__TITLE__X", "x", "part of this name is a value", id="below a value"),
        pytest.param("FEEDSVC_WEB__FRAME_ANCESTORS", "[a", "not YAML; write a list as [a, b]", id="list not closed"),
        pytest.param("FEEDSVC_WEB__FRAME_ANCESTORS", "a, b", "web.frame_ancestors: ", id="no list"),
        pytest.param("FEEDSVC_SOURCES__NEW__KIND", "seeds", "sources.new.path: this key is needed", id="half a source"),
    ],
)
def test_a_wrong_variable_is_named(file: Path, name: str, value: str, reason: str) -> None:
    """A mistake made in the environment is not looked for in the file."""
    (problem,) = problems(file, **{name: value})

    assert problem.startswith(f"env {name}: ")
    assert reason in problem


def test_a_value_in_the_environment_mends_one_in_the_file(file: Path) -> None:
    """A value that a variable replaces is not judged."""
    file.write_text(CONFIG.replace("title: 站", "title: 站, timezone: Mars/X"), "utf-8")

    assert str(load(file, {"FEEDSVC_SITE__TIMEZONE": "UTC"}).site.timezone) == "UTC"


# --- variables without a key -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("1", 1), (" 8080 ", 8080), ("65535", 65535)])
def test_port_says_where_to_listen(file: Path, text: str, port: int) -> None:
    """PORT is taken as platforms set it, and the address made of it where no other is given."""
    config = load(file, {"PORT": text})

    assert (config.port, config.site.base_url) == (port, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8080/tcp", "８０８０", "http"])
def test_a_wrong_port_is_named(file: Path, text: str) -> None:
    """A port that cannot be is reported under its variable."""
    assert problems(file, PORT=text) == [f"env PORT: write a number from 1 to 65535 (got {text!r})"]


def test_the_database_is_sqlite_in_the_data_folder(file: Path, tmp_path: Path) -> None:
    """Without a database URL, the data folder holds everything."""
    config = load(file, {"FEEDSVC_DATA_DIR": str(tmp_path / "d")})

    assert config.database_url == f"sqlite:///{tmp_path}/d/feedsvc.sqlite3"


def test_the_database_can_be_named(file: Path, tmp_path: Path) -> None:
    """DATABASE_URL is used as it is, and may stand in a file."""
    url = "postgresql://u:p@db/x"
    (tmp_path / "url").write_text(url + "\n", "utf-8")

    assert load(file, {"DATABASE_URL": url}).database_url == url
    assert load(file, {"DATABASE_URL_FILE": str(tmp_path / "url")}).database_url == url


def test_a_database_file_that_is_not_there_is_reported(file: Path) -> None:
    """A missing secret does not quietly lead to another database."""
    assert problems(file, DATABASE_URL_FILE="/nowhere") == ["env DATABASE_URL_FILE: cannot read the file it names"]


def test_the_configuration_is_found_by_its_variable() -> None:
    """FEEDSVC_CONFIG says which file to read."""
    assert find({"FEEDSVC_CONFIG": "/etc/feedsvc.yaml"}) == Path("/etc/feedsvc.yaml")


def test_without_a_variable_a_configuration_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one in the working folder is used, else the one that feedsvc brings."""
    monkeypatch.chdir(tmp_path)
    brought = find({})
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedsvc.yaml").touch()

    assert find({}) == Path("config", "feedsvc.yaml")
    assert isinstance(load(brought, {}), Config)


def test_what_an_orchestrator_sets_is_no_setting(tmp_path: Path) -> None:
    """In a container beside a service that is called feedsvc, Kubernetes sets variables that are none of ours."""
    file = tmp_path / "feedsvc.yaml"
    file.write_text("site: {tag: 'example.org,2026'}")
    config = load(
        file, {"FEEDSVC_SERVICE_HOST": "10.0.0.1", "FEEDSVC_PORT": "tcp://10.0.0.1:80", "FEEDSVC_PORT_80_TCP": "x"}
    )

    assert config.port == 8000
