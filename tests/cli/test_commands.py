"""The commands, as a user runs them: what they print, and how they end."""

import json
import socket
import subprocess
from collections.abc import Callable, Iterator

import pytest

from feedsvc import __version__
from feedsvc.store import migrate, open_store
from tests.conftest import CONFIG, Folder, Server, feedsvc, free_port, seed

COMMANDS = {
    name: name.split()
    for name in (
        "up", "serve", "update", "update --watch", "check", "feeds", "feeds --json", "sources", "sources --json",
        "db upgrade", "db status", "db status --json",
    )
}  # fmt: skip

#: Those that need the tables.
NEED_TABLES = {name: COMMANDS[name] for name in ("serve", "update", "update --watch", "feeds", "sources")}


def _said(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """The lines for people: those of a service are messages of its log where no terminal is."""
    lines = ended.stderr.splitlines()
    return [json.loads(line)["message"] if line.startswith("{") else line for line in lines]


@pytest.fixture
def imported(folder: Folder) -> Folder:
    """A folder whose one seed, of two categories, is imported."""
    folder.write("a.txt", seed("甲", categories="[手机, C/C++]"))
    for command in (("db", "upgrade"), ("update",)):
        assert feedsvc(folder, *command).returncode == 0
    return folder


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


@pytest.mark.parametrize("argument", ["version", "--version"])
def test_the_version_is_printed(folder: Folder, argument: str) -> None:
    """The version is one line, whatever the configuration."""
    folder.configure("nonsense")
    ended = feedsvc(folder, argument)

    assert (ended.returncode, ended.stdout) == (0, f"feedsvc {__version__}\n")


@pytest.mark.parametrize("arguments", [("--help",), ("up", "-h"), ("db", "--help")], ids=" ".join)
def test_help_is_there(folder: Folder, arguments: tuple[str, ...]) -> None:
    """Every command explains itself."""
    ended = feedsvc(folder, *arguments)

    assert ended.returncode == 0
    assert ended.stdout.startswith("Usage:")


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_broken_configuration_is_a_report(folder: Folder, arguments: list[str]) -> None:
    """Every command names each mistake of the configuration with its line, and ends with 1."""
    folder.configure("site: {titel: a}\nsources:\n  articles: {kind: seed, path: seeds}\n")
    ended = feedsvc(folder, *arguments)

    assert ended.returncode == 1
    assert f"{folder.config_file}:1:8: site.titel: unknown key; did you mean 'title'?" in ended.stderr
    assert _said(ended)[-1] == "2 problems in the configuration"
    assert "Traceback" not in ended.stderr


def test_a_missing_configuration_says_where_it_was_looked_for(folder: Folder) -> None:
    """`--config` that names no file is told so."""
    ended = feedsvc(folder, "--config", "elsewhere.yaml", "check")

    assert ended.returncode == 1
    assert ended.stderr.startswith("elsewhere.yaml: no such file; set FEEDSVC_CONFIG or give --config")


def test_config_on_the_command_line_wins(folder: Folder) -> None:
    """`--config` is used in place of the environment's."""
    (folder.path / "other.yaml").write_text(CONFIG, "utf-8")
    folder.configure("nonsense")
    ended = feedsvc(folder, "--config", "other.yaml", "check")

    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "other.yaml: valid")


def test_check_finds_nothing_wrong(folder: Folder) -> None:
    """Good seeds are counted; the end is 0, and no database is made."""
    folder.write("a.txt", seed())
    ended = feedsvc(folder, "check")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"source articles: 1 seed, 0 problems\n{folder.config_file}: valid\n"
    assert not (folder.path / "data").exists()


def test_check_names_every_bad_seed(folder: Folder) -> None:
    """Each bad seed is one line: file, line, what is wrong, what to do; the end is 1. A bad field costs no seed."""
    bad = folder.write("bad.txt", "---\ntitle: a: b\n---\n")
    undated = folder.write("date.txt", seed(date="昨天"))
    folder.write("good.txt", seed())
    ended = feedsvc(folder, "check")
    lines = ended.stdout.splitlines()

    assert ended.returncode == 1
    assert lines[0].startswith(f"{bad}:2: front matter: mapping values are not allowed")
    told = "cannot read the date '昨天'; write it as 2022-07-25 14:48:32 +0800; the article is published without it"
    assert sorted(lines[1:]) == sorted([f"{undated}:5: date: {told}", "source articles: 3 seeds, 1 problem"])


def test_private_articles_are_named_and_no_problem(folder: Folder) -> None:
    """`check` and `update` say in one line which article they keep back, and why; neither prints its password."""
    folder.write("a.txt", seed(password="geheim"))  # noqa: S106 - of the seed
    folder.write("b.txt", seed(hidden="true"))
    feedsvc(folder, "db", "upgrade")
    checked, updated = feedsvc(folder, "check"), feedsvc(folder, "update")

    assert (checked.returncode, updated.returncode) == (0, 0)
    for printed in (checked.stdout, updated.stderr):
        assert "a.txt:6: password: only the title and the abstract are published" in printed
        assert "b.txt:6: hidden: the article is not published" in printed
        assert "geheim" not in printed


def test_check_names_a_missing_folder(folder: Folder) -> None:
    """A source whose folder is not there is a problem, with the key to correct."""
    (folder.path / "seeds").rmdir()
    ended = feedsvc(folder, "check")

    assert ended.returncode == 1
    assert "correct sources.articles.path" in ended.stdout


def test_update_says_what_it_did(imported: Folder) -> None:
    """An update counts what it did by source, and names what is wrong."""
    bad = imported.write("bad.txt", "nothing")
    imported.write("b.txt", seed("乙"))
    ended = feedsvc(imported, "update")

    assert ended.returncode == 0
    assert ended.stderr.splitlines() == [
        f"{bad}:1: no front matter; begin the file with '---', 'title: …', '---'",
        "source articles: 1 new, 1 problem",
    ]


def test_update_fails_when_a_source_is_not_there(imported: Folder) -> None:
    """A source that cannot be read is exit code 1, for whoever watches a timer."""
    (imported.path / "seeds").rename(imported.path / "elsewhere")
    ended = feedsvc(imported, "update")

    assert ended.returncode == 1
    assert ended.stderr.startswith("source articles: ")
    assert "Traceback" not in ended.stderr


def test_feeds_lists_addresses(imported: Folder) -> None:
    """Every feed is a line: how many entries, where, its title."""
    ended = feedsvc(imported, "feeds")

    assert ended.returncode == 0
    assert ended.stdout.splitlines()[0].split() == ["1", "https://feeds.example.org/feeds/all.rss", "测试站"]
    assert len(ended.stdout.splitlines()) == 3


def test_feeds_as_json(imported: Folder) -> None:
    """The same for programs, with every format."""
    found = json.loads(feedsvc(imported, "feeds", "--json").stdout)

    assert [(one["slug"], one["entries"]) for one in found] == [("all", 1), ("手机", 1), ("C-C++", 1)]
    assert found[0] == {
        "slug": "all",
        "title": "测试站",
        "entries": 1,
        "page": "https://feeds.example.org/feeds/all",
        "rss": "https://feeds.example.org/feeds/all.rss",
        "atom": "https://feeds.example.org/feeds/all.atom",
        "json": "https://feeds.example.org/feeds/all.json",
    }


def test_sources_are_listed(imported: Folder) -> None:
    """Every source is a line: files, entries, problems."""
    imported.write("bad.txt", "nothing")
    feedsvc(imported, "update")

    assert feedsvc(imported, "sources").stdout == "articles: 2 files, 1 published, 1 problem\n"


def test_sources_as_json(imported: Folder) -> None:
    """The same for programs, with the folder."""
    found = json.loads(feedsvc(imported, "sources", "--json").stdout)

    assert found == [
        {
            "name": "articles",
            "files": 1,
            "entries": 1,
            "problems": 0,
            "plain": 0,
            "a_day": 0.1,
            "held": None,
            "path": str(imported.path / "seeds"),
            "state": "1 file, 1 published, 0 problems",
        }
    ]


def test_sources_say_what_is_shown_as_plain_text(imported: Folder) -> None:
    """An entry whose HTML is out of bounds is no problem of its reader, and its operator sees it."""
    imported.write("b.html", seed("乙", body="<div>" * 300 + "文"))
    feedsvc(imported, "update")

    listed = feedsvc(imported, "sources").stdout
    assert listed == "articles: 2 files, 2 published, 0 problems; 1 shown as plain text, see feedsvc check\n"


def test_a_source_counts_only_what_is_published(imported: Folder) -> None:
    """A seed that waits for its date is not counted as published."""
    imported.write("b.txt", seed("乙", date="2999-01-01"))
    feedsvc(imported, "update")

    assert feedsvc(imported, "sources").stdout == "articles: 2 files, 1 published, 0 problems\n"


def test_the_schema_is_made_and_reported(folder: Folder) -> None:
    """`db status` ends with 1 until `db upgrade` was run, and says so."""
    ended = [feedsvc(folder, "db", command) for command in ("status", "upgrade", "upgrade", "status")]

    assert [one.returncode for one in ended] == [1, 0, 0, 0]
    assert "run: feedsvc db upgrade" in ended[0].stdout
    assert ended[3].stdout.endswith(", current\n")


def test_the_schema_as_json(folder: Folder) -> None:
    """The same for programs."""
    before = json.loads(feedsvc(folder, "db", "status", "--json").stdout)
    feedsvc(folder, "db", "upgrade")
    after = json.loads(feedsvc(folder, "db", "status", "--json").stdout)

    assert before == {"current": None, "needed": after["needed"], "is_current": False}
    assert after == {"current": after["needed"], "needed": after["needed"], "is_current": True}


@pytest.mark.parametrize("arguments", [["status"], ["upgrade"]], ids=["status", "upgrade"])
def test_a_newer_schema_is_not_to_be_upgraded(folder: Folder, arguments: list[str]) -> None:
    """A database of a newer version is called that, and nobody is sent to a command that cannot help."""
    store = open_store(folder.database_url)
    migrate.upgrade(store)
    with store.write() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    ended = feedsvc(folder, "db", *arguments)

    assert ended.returncode == 1
    assert "newer version" in ended.stdout + ended.stderr
    assert "run: feedsvc db upgrade" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("arguments", NEED_TABLES.values(), ids=NEED_TABLES)
def test_without_tables_the_command_that_makes_them_is_named(folder: Folder, arguments: list[str]) -> None:
    """What needs the tables refuses to run without them, with one line."""
    ended = feedsvc(folder, *arguments, PORT=str(free_port()))

    assert ended.returncode == 1
    said = "there is no database yet; to make it, run: feedsvc db upgrade (feedsvc up does so by itself)"
    assert _said(ended) == [f"feedsvc: {folder.path}/data/feedsvc.sqlite3: {said}"]
    assert not (folder.path / "data").exists()


@pytest.mark.parametrize("command", ["up", "serve"])
def test_a_port_in_use_is_one_line(folder: Folder, taken_port: int, command: str) -> None:
    """A server that cannot listen says where, why, and how to choose another port; nothing was imported."""
    ended = feedsvc(folder, command, "--port", str(taken_port))

    assert ended.returncode == 1
    why = f"cannot listen on 127.0.0.1 port {taken_port}: Address already in use"
    assert _said(ended) == [f"feedsvc: {why}; choose another with --port or PORT"]
    assert not (folder.path / "data").exists()


@pytest.mark.parametrize("arguments", [["up"], ["update"], ["feeds"], ["db", "upgrade"], ["check"]], ids=" ".join)
def test_a_database_that_cannot_be_used_is_one_line(folder: Folder, arguments: list[str]) -> None:
    """A bad DATABASE_URL is one line without its password, and not a traceback; `check` needs no database."""
    url = "mysql://user:geheim@db/feeds"
    ended = feedsvc(folder, *arguments, DATABASE_URL=url, PORT=str(free_port()))

    assert ended.returncode == (0 if arguments == ["check"] else 1)
    assert "Traceback" not in ended.stderr
    assert "geheim" not in ended.stdout + ended.stderr


def test_logs_are_json_lines_where_no_terminal_is(imported: Folder, start: Callable[..., Server]) -> None:
    """What a server logs is for machines: one JSON object a line, whatever LOG_LEVEL says."""
    server = start("serve", LOG_LEVEL="nonsense")
    server.process.terminate()
    server.process.wait(timeout=30)
    logged = [json.loads(line) for line in (imported.path / "serve.log").read_text().splitlines()]

    assert {"time", "level", "logger", "message"} <= logged[0].keys()


def test_a_loss_is_confirmed_by_name(folder: Folder) -> None:
    """`sources` and `check` say that seeds are held back, and `sources confirm` lets them go."""
    for number in range(12):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
    feedsvc(folder, "db", "upgrade")
    feedsvc(folder, "update")
    for file in (folder.path / "seeds").iterdir():
        file.unlink()
    lost, listed, checked = (feedsvc(folder, command) for command in ("update", "sources", "check"))
    confirmed, again = (feedsvc(folder, "sources", "confirm", "articles") for _ in range(2))
    after = feedsvc(folder, "update")

    assert [one.returncode for one in (lost, checked, confirmed, again, after)] == [1, 1, 0, 1, 0]
    assert ["feedsvc sources confirm articles" in said for said in (lost.stderr, checked.stdout)] == [True, True]
    assert "12 gone at once" in listed.stdout
    assert "12 withdrawn" in after.stderr
