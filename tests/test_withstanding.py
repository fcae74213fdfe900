"""Imports with broken seeds, other writers, full disks and kill -9. Nothing half-done is seen."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedsvc.store import Store, open_store
from feedsvc.update import Report
from tests.bench import articles
from tests.conftest import CONFIG, Folder, feedsvc, free_port, seed
from tests.data.broken_seeds import BROKEN
from tests.data.stores import contents

#: Opens a file, writes half of it, and waits for a line on its standard input before it writes the rest.
WRITER = """
import sys
text = sys.stdin.readline().encode().decode("unicode_escape").encode("latin-1").decode()
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write(text[: len(text) // 2])
    file.flush()
    print("half", flush=True)
    sys.stdin.readline()
    file.write(text[len(text) // 2 :])
"""


# --- broken seeds ----------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(folder: Folder) -> Folder:
    """Ten good seeds among many broken ones."""
    for number in range(10):
        folder.write(f"good/{number}.txt", seed(f"好 {number}"))
    for name, (data, _, _) in BROKEN.items():
        folder.write(f"{name}.md", "").write_bytes(data)
    folder.write("zz.md", seed("同", guid="1"))
    folder.write("zz twice.md", seed("同", guid="1"))
    return folder


@pytest.mark.usefixtures("broken")
def test_every_broken_seed_is_one_line_and_the_others_are_published(take_in: Callable[..., Report]) -> None:
    """File, line and remedy of each; what is good is published, and nothing is raised."""
    report = take_in()
    found = {Path(problem.place).name: problem for problem in report.problems}

    assert report.placed == 10 + 1
    assert len(found) == len(report.problems) == len(BROKEN) + 1
    assert "give one of them another" in found["zz.md" if "zz.md" in found else "zz twice.md"].reason
    for name, (_, line, words) in BROKEN.items():
        assert (found[f"{name}.md"].line, words in found[f"{name}.md"].reason) == (line, True), found[f"{name}.md"]


def test_check_names_every_broken_seed(broken: Folder) -> None:
    """The command that people run says the same, a line each, and exits with 1."""
    ended = feedsvc(broken, "check")
    lines = [line for line in ended.stdout.splitlines() if line.startswith(str(broken.path / "seeds"))]

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert len(lines) == len(BROKEN) + 1 >= 40
    assert sorted(line.partition("/seeds/")[2].partition(".md:")[0] for line in lines) == sorted([*BROKEN, "zz"])


def test_a_field_that_cannot_be_read_costs_no_article(
    folder: Folder, store: Store, take_in: Callable[..., Report]
) -> None:
    """A stored entry keeps its guid, with the field and without; a new entry is published, each with a line."""
    folder.write("a.txt", seed("旧", date="2022-07-25"))
    take_in()
    ((before, _),) = _identities(store)
    folder.write("a.txt", seed("旧", date="soon", author="{a: {}}", link="[a]"))
    folder.write("b.txt", seed("新", date="soon"))
    report = take_in()

    assert not report.problems
    assert {(Path(one.place).name, one.reason.partition(":")[0]) for one in report.notices} == {
        ("a.txt", "date"), ("a.txt", "link"), ("b.txt", "date"),
    }  # fmt: skip
    assert (before, "旧") in _identities(store)
    assert {title for _, title in _identities(store)} == {"旧", "新"}


def _identities(store: Store) -> list[tuple[str, str]]:
    with store.read() as db:
        return [(guid, title) for guid, title in db.execute(sa.text("SELECT guid, title FROM entry"))]


# --- files that move, and files that are being written ---------------------------------------------------------------


def test_a_file_caught_half_written_is_not_published(
    folder: Folder, store: Store, take_in: Callable[..., Report]
) -> None:
    """However long its writer pauses in the middle; what was published of it stays, and the whole file follows."""
    folder.write("a.txt", seed("旧"))
    take_in()
    file = folder.path / "seeds" / "a.txt"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdin
        assert writer.stdout
        text = seed("新", body="<p>上半</p>" + "。" * 1000 + "<p>下半</p>")
        writer.stdin.write(text.encode().decode("latin-1").encode("unicode_escape") + b"\n")
        writer.stdin.flush()
        writer.stdout.readline()
        during = take_in()
        shown = _contents(store)
        writer.stdin.write(b"\n")
    after = take_in()

    assert [problem.reason for problem in during.problems] == [
        "is being written at this moment; it is read again next time"
    ]
    assert "旧" in shown
    assert (after.counts["edited"], after.problems) == (1, ())
    assert "下半" in _contents(store)


def _contents(store: Store) -> str:
    with store.read() as db:
        return "\n".join(
            f"{title} {content}" for title, content in db.execute(sa.text("SELECT title, content FROM entry"))
        )


def test_a_renamed_folder_is_the_same_entries(folder: Folder, take_in: Callable[..., Report]) -> None:
    """More of them than the brake lets go: none is withdrawn, none is new."""
    for number in range(30):
        folder.write(f"2022/{number}.txt", seed(f"标题 {number}"))
    take_in()
    (folder.path / "seeds" / "2022").rename(folder.path / "seeds" / "archive")
    report = take_in()

    assert (report.counts["renamed"], report.counts["new"], report.counts["withdrawn"]) == (30, 0, 0)
    assert (report.placed, report.problems) == (0, ())


def test_a_rename_of_case_alone_is_the_same_entry(folder: Folder, take_in: Callable[..., Report]) -> None:
    """`readme.md` becomes `README.md`, as happens between systems."""
    folder.write("readme.md", seed())
    take_in()
    (folder.path / "seeds" / "readme.md").rename(folder.path / "seeds" / "README.md")
    report = take_in()

    assert (report.counts["renamed"], report.counts["new"], report.counts["withdrawn"]) == (1, 0, 0)


# --- disks -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Six hundred articles, more than a small disk holds the database of."""
    articles.write(folder.path / "seeds", 600)
    (folder.path / "data").mkdir()
    return folder


def in_namespace(folder: Folder, script: str) -> str:
    """The output of a script that may mount file systems, in a namespace of its own. `$F` is feedsvc."""
    unshare = ["unshare", "--map-root-user", "--mount"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("no namespaces for mounts here; run as root, or allow: unshare --map-root-user --mount")
    script = f"set -u; F='{sys.executable} -m feedsvc'; {script}"
    done = subprocess.run(
        [*unshare, "bash", "-c", script], env=folder.environ(), cwd=folder.path, text=True, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True,
    )  # fmt: skip
    # A long import also prints its progress.
    return "".join(line for line in done.stdout.splitlines(keepends=True) if not line.startswith("importing: "))


def test_a_full_disk_stops_an_import_that_goes_on_when_there_is_room(archive: Folder) -> None:
    """On a full disk, an import ends with one line, and no feed shows a part. With room, it imports only the rest."""
    printed = in_namespace(
        archive,
        "mount -t tmpfs -o size=5m none data; $F db upgrade; $F update; echo exit $?; $F feeds | head -1;"
        "mount -o remount,size=60m none data; $F update; echo exit $?; $F feeds | head -1; $F db status",
    ).splitlines()

    assert printed[1:3] == ["feedsvc: database: database or disk is full", "exit 1"]
    assert (
        printed[3] == "no feeds yet: no import has ended; to import, run: feedsvc update, unless feedsvc up is at work"
    )
    assert 0 < int(printed[4].split()[2]) < 600
    assert printed[5] == "exit 0"
    assert printed[6].split()[0] == "600"


def test_a_read_only_disk_is_served_and_not_written(archive: Folder) -> None:
    """Feeds go out as they were, where somebody says that nobody writes; an update says what is the matter."""
    port = free_port()
    printed = in_namespace(
        archive,
        "mount -t tmpfs -o size=60m none data; $F db upgrade; $F update; mount -o remount,ro none data;"
        "$F update; echo exit $?;"
        "export DATABASE_URL=sqlite:///$PWD/data/feedsvc.sqlite3?immutable=1;"
        f"$F serve --port {port} >serve.log 2>&1 & trap 'kill $!' EXIT;"
        f"for _ in $(seq 100); do sleep 0.1; curl -sf -o all.rss http://127.0.0.1:{port}/feeds/all.rss && break; done;"
        "wc -c all.rss",
    ).splitlines()

    assert "where the disk is read-only, serve it with DATABASE_URL=sqlite:////path/to/file?immutable=1" in printed[2]
    assert printed[3] == "exit 1"
    assert int(printed[4].split()[0]) > 100_000


# --- kill -9 ---------------------------------------------------------------------------------------------------------


def killed_import(folder: Folder, kills: int, seconds: float, rng: random.Random) -> int:
    """Import with `feedsvc update`, ended by SIGKILL after a random time, again and again; then once without a kill."""
    killed = 0
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-m", "feedsvc", "update"], env=folder.environ(DATABASE_URL=folder.database_url),
            cwd=folder.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                process.wait(rng.uniform(0.2, seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
    ended = feedsvc(folder, "update", DATABASE_URL=folder.database_url)
    assert ended.returncode == 0, ended.stderr
    return killed


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_an_import_killed_at_any_moment_is_completed(folder: Folder, store: Store) -> None:
    """After SIGKILL at five random moments, the store and the documents are those of an undisturbed import."""
    folder.configure(CONFIG.replace("sources:", "feeds: {new: {categories: [新媒体, 科技]}}\nsources:"))
    articles.write(folder.path / "seeds", 700)
    killed_import(folder, 5, 1.8, random.Random(5))  # noqa: S311 - not a secret
    unbroken = f"sqlite:///{folder.path / 'unbroken.sqlite3'}"
    for command in (("db", "upgrade"), ("update",)):
        assert feedsvc(folder, *command, DATABASE_URL=unbroken).returncode == 0
    other = open_store(unbroken)
    expected = contents(other)
    other.close()

    assert contents(store) == expected


@pytest.mark.usefixtures("store")
def test_no_worker_outlives_an_import_that_was_killed(folder: Folder) -> None:
    """The processes that parse end with the one that started them, however it ended."""
    articles.write(folder.path / "seeds", 2000)
    process = subprocess.Popen([sys.executable, "-m", "feedsvc", "update"], env=folder.environ(), cwd=folder.path)
    deadline = time.monotonic() + 30
    while len(workers := _descendants(process.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/exe").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert len(workers) >= 3
    assert [pid for pid in workers if Path(f"/proc/{pid}/exe").exists()] == []


def _descendants(pid: int) -> set[int]:
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return set()
    return {*children, *(below for child in children for below in _descendants(child))}


def test_the_file_of_another_user_is_waited_for(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell who writes, a file has to be left alone for a moment first."""
    from feedsvc.sources import seeds as source  # noqa: PLC0415 - with what is patched

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("fcntl.fcntl", refuse)
    monkeypatch.setattr(source, "SETTLED_SECONDS", 0.3)
    file = folder.write("a.txt", seed())
    spec = folder.config().sources[0]
    began = time.monotonic()
    stamp = source.scan(spec).found["a.txt"]

    assert source.read(spec, "a.txt", stamp) == file.read_bytes()
    assert time.time() - file.stat().st_mtime >= 0.29
    assert time.monotonic() - began < 5
