"""The commands, as a user runs them: what they print, and how they end."""

import json
import socket
import subprocess
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from feedsvc import __version__
from feedsvc.store import Store, holding, migrate, open_store, opening
from feedsvc.store.schema import entry
from tests.conftest import CONFIG, NOW, Folder, Server, free_port, seed
from tests.running import feedsvc

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


def test_an_article_that_its_tag_locks_is_named(folder: Folder) -> None:
    """Hexo takes `tag` for `tags`: hexo-blog-encrypt locks the article, and so do we."""
    folder.configure(
        'site: {title: 新站, base_url: "https://feeds.example.org", tag: "example.org,2026"}\n'
        "sources: {blog: {kind: seeds, hexo_config: _config.yml, path: seeds}}\n"
    )
    (folder.path / "_config.yml").write_text(
        "url: https://blog.example.org\nencrypt: {abstract: 需要密码, tags: [{name: 私密, password: x}]}\n", "utf-8"
    )
    folder.write("a.md", seed(body="谁也不该看到的文字", tag="私密"))
    feedsvc(folder, "db", "upgrade")
    checked, updated = feedsvc(folder, "check"), feedsvc(folder, "update")

    for printed in (checked.stdout, updated.stderr):
        assert "a.md:6: the tag 私密: only the title and the abstract are published" in printed
    store = open_store(folder.database_url)
    with store.read() as db:
        stored = repr(db.execute(sa.select(entry)).all())
    store.close()
    assert "需要密码" in stored
    assert "谁也不该看到的文字" not in stored


def test_check_names_a_missing_folder(folder: Folder) -> None:
    """A source whose folder is not there is a problem, with the key to correct."""
    (folder.path / "seeds").rmdir()
    ended = feedsvc(folder, "check")

    place = f"{folder.config_file}:3:27: sources.articles.path: {folder.path}/seeds: "
    assert ended.returncode == 1
    assert ended.stdout.startswith(f"{place}the folder of source articles is not there; make it, or correct sources.")

    (folder.path / "seeds").write_text("", "utf-8")
    assert feedsvc(folder, "check").stdout.startswith(f"{place}a file, and source articles needs a folder; correct ")


def test_sources_says_that_a_folder_is_missing(imported: Folder) -> None:
    """Stored entries of a removed source stay, and are counted."""
    (imported.path / "seeds").rename(imported.path / "elsewhere")

    assert feedsvc(imported, "sources").stdout == (
        f"articles: 1 file, 1 published, 0 problems; {imported.path}/seeds: the folder of source articles is not "
        "there; make it, or correct sources.articles.path\n"
    )


def test_update_counts_problems_as_check_does(imported: Folder) -> None:
    """`update` and `check` count all seeds with a problem, also seeds that this update did not read again."""
    imported.write("bad.txt", "nothing")
    feedsvc(imported, "update")
    imported.write("worse.txt", "nothing")
    updated, checked = feedsvc(imported, "update"), feedsvc(imported, "check")

    assert updated.stderr.splitlines()[-1] == "source articles: nothing new, 2 problems"
    assert checked.stdout.splitlines()[-1] == "source articles: 3 seeds, 2 problems"
    assert feedsvc(imported, "sources").stdout == "articles: 3 files, 1 published, 2 problems\n"


def test_before_the_first_import_feeds_says_what_to_do(folder: Folder) -> None:
    """For people; programs get a list."""
    feedsvc(folder, "db", "upgrade")
    ended = feedsvc(folder, "feeds")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert (
        ended.stdout
        == "no feeds yet: no import has ended; to import, run: feedsvc update, unless feedsvc up is at work\n"
    )
    assert json.loads(feedsvc(folder, "feeds", "--json").stdout) == []


def test_feeds_that_an_update_has_yet_to_fill_are_not_listed(folder: Folder, store: Store) -> None:
    """A service that waits for its first update has feeds already. The list names the next step all the same."""
    opening.announce(store, folder.config().catalogue, NOW)
    ended = feedsvc(folder, "feeds")

    assert (
        ended.stdout
        == "no feeds yet: no import has ended; to import, run: feedsvc update, unless feedsvc up is at work\n"
    )


def test_poll_without_upstreams_says_so(imported: Folder) -> None:
    """Nothing is due, and nothing will be."""
    ended = feedsvc(imported, "poll")

    said = "the configuration has no upstream feeds; to find some, run: feedsvc discover URL\n"
    assert (ended.returncode, ended.stdout) == (0, said)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("127.0.0.1:18110", "; did you mean http://127.0.0.1:18110/?"),
        ("localhost:8000/a", "; did you mean http://localhost:8000/a?"),
        ("blog.example", "; did you mean https://blog.example/?"),
        ("file:///etc/passwd", ""),
    ],
)
def test_discover_wants_a_whole_address(folder: Folder, url: str, meant: str) -> None:
    """The message names the name that was meant, where it can be guessed."""
    ended = feedsvc(folder, "discover", url)

    assert ended.returncode == 1
    assert ended.stderr == f"feedsvc: {url}: write the whole http:// or https:// URL of a page{meant}\n"


def test_check_names_what_names_nothing(folder: Folder) -> None:
    """Aliases of feeds that there are not, sections of categories that nothing has, a tag of a year to come."""
    folder.write("a.txt", seed("甲", categories="[手机, C/C++]"))
    folder.configure(
        CONFIG.replace(",2026", ",2999")
        + "categories:\n  手机: {slug: phones}\n  手饥:\n"
        + "web:\n  aliases: {/a: phones.rss, /b: C-C++.rss, /c: phone.atom, /d: all.json}\n"
    )
    ended, place = feedsvc(folder, "check"), f"warning: {folder.config_file}"

    assert ended.returncode == 0
    assert ended.stderr.splitlines() == [
        f"{place}: site.tag: 2999 is yet to come; write a year in which you had the domain",
        f"{place}:6:3: categories.手饥: no article has the category '手饥' yet; did you mean '手机'?",
        f"{place}:8:44: web.aliases./c: no feed has the name 'phone' yet; did you mean 'phones'?",
    ]


def test_check_names_programs_that_are_not_there(folder: Folder) -> None:
    """A name that PATH does not have, and a file that may not be executed."""
    (folder.path / "tool").write_text("#!/bin/sh\n", "utf-8")
    upstream = "  {0}: {{kind: upstream, url: 'https://e.example/{0}', program: {{command: [{1}]}}}}\n"
    sources = "".join(upstream.format(*one) for one in (("a", "no-such-tool"), ("b", "./tool"), ("c", "sh")))
    folder.configure(CONFIG + sources)
    ended, place = feedsvc(folder, "check"), f"warning: {folder.config_file}"

    why = "there is no such program here, or it may not be executed; each machine with a worker needs it"
    assert ended.returncode == 0
    assert ended.stderr.splitlines() == [
        f"{place}: sources.a.program.command: no-such-tool: {why}",
        f"{place}: sources.b.program.command: {folder.path / 'tool'}: {why}",
    ]


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
            "a_day": 0.0,
            "held": None,
            "blocked": 0,
            "path": str(imported.path / "seeds"),
            "state": "1 file, 1 published, 0 problems",
        }
    ]


def test_sources_say_what_is_shown_as_plain_text(imported: Folder) -> None:
    """An entry whose HTML is out of bounds is no problem of its reader, and its operator sees it."""
    imported.write("b.html", seed("乙", body="<div>" * 300 + "文"))
    feedsvc(imported, "update")

    listed = feedsvc(imported, "sources").stdout
    assert listed == "articles: 2 files, 2 published, 1 problem; 1 shown as plain text, see feedsvc check\n"


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
    """A command that needs the tables refuses to run without them, with one line."""
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
    """A bad DATABASE_URL is one line without its password, and not a traceback; `check` names it, too."""
    url = "mysql://user:geheim@db/feeds"
    ended = feedsvc(folder, *arguments, DATABASE_URL=url, PORT=str(free_port()))

    assert ended.returncode == 1
    assert "DATABASE_URL: mysql is not supported" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert "geheim" not in ended.stdout + ended.stderr


def test_logs_are_json_lines_where_no_terminal_is(imported: Folder, start: Callable[..., Server]) -> None:
    """A server's log is for machines: one JSON object a line, whatever LOG_LEVEL says."""
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

    assert [one.returncode for one in (lost, checked, confirmed, again, after)] == [1, 1, 0, 0, 0]
    assert again.stdout == (
        "source articles: confirmed before; the next update withdraws 12 seeds, unless they are back by then\n"
    )
    assert ["feedsvc sources confirm articles" in said for said in (lost.stderr, checked.stdout)] == [True, True]
    assert listed.stdout.startswith("articles: 12 files, 12 published, 1 problem; 12 articles went missing at once")
    assert "12 withdrawn" in after.stderr


def test_check_names_a_loss_that_no_update_has_seen(folder: Folder) -> None:
    """As many seeds, and the same folder, as the next update says."""
    for number in range(12):
        folder.write(f"2022/{number}.txt", seed(f"第{number}篇"))
        folder.write(f"{number}.txt", seed(f"另{number}篇"))
    feedsvc(folder, "db", "upgrade")
    feedsvc(folder, "update")
    for file in (folder.path / "seeds" / "2022").iterdir():
        file.unlink()
    before, updated, after = (feedsvc(folder, command) for command in ("check", "update", "check"))
    said = (
        f"source articles: 12 seeds are missing in {folder.path}/seeds/2022; what was published of them stays; put the "
        "files back, or withdraw them with: feedsvc sources confirm articles"
    )

    assert [one.returncode for one in (before, updated, after)] == [1, 0, 1]
    assert before.stdout.splitlines()[0] == said.replace("them with:", "them after the next update with:")
    assert updated.stderr.splitlines()[:2] == [said, "source articles: nothing new, 1 problem"]
    assert after.stdout.splitlines() == [said, "source articles: 12 seeds, 1 problem"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("artcles", "no folder of seeds is named 'artcles'; there are: articles\n"),
        ("news", "source 'news' is an upstream feed; only seeds are held back\n"),
        ("articles", "nothing of source 'articles' is held back; see: feedsvc sources\n"),
    ],
)
def test_what_cannot_be_confirmed_says_why(imported: Folder, name: str, reason: str) -> None:
    """A name that no source has, one of another kind, and a source that has lost nothing."""
    imported.configure(CONFIG + "  news: {kind: upstream, url: 'https://u.example/'}\n")
    ended = feedsvc(imported, "sources", "confirm", name)

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"feedsvc: {reason}")


def test_a_loss_of_a_source_that_is_not_configured_is_not_confirmed(folder: Folder) -> None:
    """No update looks at such a source: nobody is told otherwise, and what is held back is held when it comes back."""
    for number in range(12):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
    feedsvc(folder, "db", "upgrade")
    feedsvc(folder, "update")
    for file in (folder.path / "seeds").iterdir():
        file.unlink()
    feedsvc(folder, "update")
    folder.configure(CONFIG.replace("articles:", "other:"))
    refused, listed = feedsvc(folder, "sources", "confirm", "articles"), feedsvc(folder, "sources").stdout
    folder.configure(CONFIG)
    confirmed = feedsvc(folder, "sources", "confirm", "articles")

    assert (refused.returncode, refused.stdout, confirmed.returncode) == (1, "", 0)
    assert "source 'articles' is not in the configuration: no update looks at it" in refused.stderr
    assert listed.splitlines()[1] == (
        "articles: 12 files, 12 published, 0 problems; no longer configured, what it published stays"
    )
    assert confirmed.stdout == "source articles: the next update withdraws 12 seeds, unless they are back by then\n"


@pytest.mark.parametrize("content", [b"no database at all" * 100, None], ids=["other file", "folder"])
def test_check_names_a_database_that_nobody_can_use(folder: Folder, content: bytes | None) -> None:
    """A database with which `up` cannot start is a problem of `check`; the seeds are checked all the same."""
    file = folder.path / "data" / "feedsvc.sqlite3"
    (file if content is None else file.parent).mkdir(parents=True)
    if content:
        file.write_bytes(content)
    bad = folder.write("bad.txt", "nothing")
    ended = feedsvc(folder, "check")
    lines = ended.stdout.splitlines()

    assert (ended.returncode, ended.stderr) == (1, "")
    assert f"{file}: a folder; write" in lines[0] or f"{file} is not a database; move it away" in lines[0]
    assert lines[1].startswith(f"{bad}:1: no front matter")


def test_check_names_a_database_of_a_newer_version(imported: Folder) -> None:
    """`check` fails on a database of a newer version. On a database of an older version, `check` only warns."""
    ended = []
    for version in ("9999", "0008"):
        store = open_store(imported.database_url)
        with store.write() as db:
            db.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        store.close()
        ended.append(feedsvc(imported, "check"))

    assert [one.returncode for one in ended] == [1, 0]
    assert ended[0].stdout.startswith("the database was made by a newer version (schema 9999)")
    assert "warning: seeds are checked without what is stored of them: the database does not have" in ended[1].stderr


def test_check_changes_nothing(imported: Folder) -> None:
    """Whatever lies where the database is, `check` leaves the folder as it was."""
    data = imported.path / "data"
    (data / "empty.db").touch()
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    good = [feedsvc(imported, "check").returncode for _ in range(2)]
    good.append(feedsvc(imported, "check", DATABASE_URL=f"sqlite:///{data}/empty.db").returncode)

    assert good == [0, 0, 0]
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


@pytest.mark.parametrize("is_imported", [False, True], ids=["before the first import", "after it"])
def test_check_names_a_category_that_no_article_has(folder: Folder, *, is_imported: bool) -> None:
    """By the seeds as they are, imported or not: with the nearest name for a typing mistake, and else all of them."""
    folder.write("a.txt", seed(categories="[News, 科技]"))
    folder.configure(
        CONFIG + "feeds:\n  a: {categories: [Newz]}\n  b: {categories: [News, 科技]}\n  c: {categories: [甲]}\n"
    )
    if is_imported:
        feedsvc(folder, "db", "upgrade")
        feedsvc(folder, "update")
    folder.write("b.txt", seed("乙", categories="[甲]"))
    ended = feedsvc(folder, "check")

    assert ended.returncode == 0
    assert ended.stderr == (
        f"warning: {folder.config_file}:5:20: feeds.a.categories[0]: no article has the category 'Newz' yet; did you "
        "mean 'News'?\n"
    )


def test_a_feed_that_is_not_there_makes_no_database(folder: Folder) -> None:
    """`adopt` with a typing mistake in its file leaves nothing behind."""
    ended = feedsvc(folder, "adopt", "nofile")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "feedsvc: nofile: cannot be read: No such file or directory; give a feed's file or URL\n"
    assert not (folder.path / "data").exists()


REMEDY = "end that process, or give both the same site.base_url"


def test_a_command_says_lines_wherever_it_is_read(imported: Folder) -> None:
    """`update` prints its results and warnings as lines for people, in a pipe as on a terminal."""
    store = open_store(imported.database_url)
    with holding.publishing(store, "https://other.example"):
        ended = feedsvc(imported, "update")
    store.close()

    assert ended.returncode == 0
    said = "a running process publishes this database as https://other.example, and site.base_url is"
    assert ended.stderr.splitlines() == [
        f"WARNING no documents are made: {said} https://feeds.example.org here; {REMEDY}",
        "source articles: nothing new",
    ]


@pytest.mark.parametrize("command", ["up", "serve"])
def test_another_address_is_named_with_what_made_it(imported: Folder, command: str) -> None:
    """Where nobody has set `base_url`, the port makes the address, and the line says so."""
    imported.configure(CONFIG.replace('base_url: "https://feeds.example.org", ', ""))
    port = free_port()
    store = open_store(imported.database_url)
    with holding.publishing(store, "http://127.0.0.1:8000"):
        ended = feedsvc(imported, command, "--port", str(port))
    store.close()

    assert ended.returncode == 1
    said = "feedsvc: a running process publishes this database as http://127.0.0.1:8000, and here it is"
    why = "of the port (--port or PORT), as site.base_url is not set"
    assert _said(ended) == [f"{said} http://127.0.0.1:{port}, {why}; {REMEDY}"]


def test_a_second_up_ends(imported: Folder, start: Callable[..., Server]) -> None:
    """A second `up` names the process of the first one. `up` logs the address of its feeds once it listens."""
    server = start()
    ended = feedsvc(imported, "up", "--port", str(free_port()))
    logged = [json.loads(line)["message"] for line in (imported.path / "up.log").read_text().splitlines()]

    assert ended.returncode == 1
    assert f"another feedsvc up works here (process {server.process.pid})" in ended.stderr
    assert logged.index("feeds: https://feeds.example.org/") > next(
        number for number, line in enumerate(logged) if "Listening" in line
    )
