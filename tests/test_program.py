"""The runner of external programs: what a hostile or broken program can do."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedsvc.errors import EntryError
from feedsvc.model import Program as Spec
from feedsvc.model import RawEntry, Rewrite
from feedsvc.sandbox import Failure
from feedsvc.sandbox.exchange import read, written
from feedsvc.sandbox.program import MOST_OUTPUT, run

Write = Callable[..., Spec]


@pytest.fixture
def script(tmp_path: Path) -> Write:
    """Makes a program of the text of a Python script."""

    def write(text: str, timeout: int = 20, memory: int = 512) -> Spec:
        file = tmp_path / "program.py"
        file.write_text(text, "utf-8")
        return Spec(command=(sys.executable, "-S", str(file)), timeout=timeout, memory=memory)

    return write


def reason(program: Spec, given: bytes = b"{}") -> str:
    """Why a program gives nothing."""
    result = run(program, given)
    assert isinstance(result, Failure)
    return result.reason


def test_a_program_reads_and_writes(script: Write) -> None:
    """Its output is what it writes, up to its end, also after more input than a pipe holds."""
    given = b"x" * 1_000_000

    assert run(script("import sys; sys.stdout.write(sys.stdin.read())"), given) == given


def test_a_program_has_an_empty_environment_and_a_folder_of_its_own(
    script: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sees no secret of feedsvc, and no open file. Its folder is empty at first, and gone afterwards."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:password@host/name")
    text = "import os; print(sorted(os.environ), os.getcwd(), os.listdir(), sorted(os.listdir('/proc/self/fd'))[:4])"
    output = run(script(text), b"")
    assert isinstance(output, bytes)
    names, folder = output.decode().split("] ")[0], output.decode().split()[2]

    assert set(eval(names + "]")) <= {"PATH", "LANG", "LC_CTYPE"}  # noqa: S307 - of the script above
    assert " [] ['0', '1', '2', '3']" in output.decode()
    assert not Path(folder).exists()


def test_a_program_that_forks_and_sleeps_is_killed_with_its_children(script: Write, tmp_path: Path) -> None:
    """The whole group ends at the time limit, also a child that does not write."""
    pids = tmp_path / "pids"
    text = f"""
import os, time
for _ in range(3):
    if not os.fork():
        break
open({str(pids)!r}, "a").write(f"{{os.getpid()}}\\n")
time.sleep(60)
"""
    began = time.monotonic()

    assert reason(script(text, timeout=4)) == "no result within 4 s"
    assert time.monotonic() - began < 40
    assert len(pids.read_text().split()) == 4
    # A process ends a moment after it was killed.
    while left := [pid for pid in pids.read_text().split() if _is_running(int(pid))]:
        assert time.monotonic() - began < 50, left
        time.sleep(0.1)


def _is_running(pid: int) -> bool:
    """Whether a process is there, and is no zombie: who adopts it may collect it later."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_child_that_stays_behind_keeps_nothing_open(script: Write) -> None:
    """The output of a program counts when its first process has ended. A child that holds the pipe is killed."""
    text = "import os, sys, time\nif os.fork():\n    print('{}')\nelse:\n    time.sleep(60)\n"
    began = time.monotonic()

    assert run(script(text), b"") == b"{}\n"
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "import sys\nwhile True: sys.stdout.write('x' * 65536)",
            f"its output is longer than {MOST_OUTPUT // 10**6} MB",
        ),
        ("import sys\nwhile True: sys.stderr.write('x' * 65536)", "no result within 2 s"),
        ("while True: pass", "no result within 2 s"),
        ("x = bytearray(300_000_000)", "exit code 1: MemoryError"),
        ("import sys; sys.exit('kein Schlüssel')", "exit code 1: kein Schlüssel"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "it was ended by SIGSEGV"),
        ("open('x', 'wb').write(b'x' * 70_000_000)", "exit code 1: OSError: [Errno 27] File too large"),
    ],
)
def test_what_a_program_does_wrong_is_one_line(script: Write, text: str, said: str) -> None:
    """Too much output, time, memory or disk, and each way to end, have a message for the operator."""
    assert reason(script(text, timeout=2 if "within 2 s" in said else 30, memory=200)) == said


def test_a_program_that_is_not_there_has_a_message() -> None:
    """The message names the command."""
    assert reason(Spec(command=("/nowhere/translate",))) == (
        "exit code 1: /nowhere/translate cannot be started: No such file or directory"
    )


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    """An argument with a semicolon is one argument."""
    output = run(Spec(command=("echo", f"a; touch {tmp_path}/made", "$HOME")), b"")

    assert output == f"a; touch {tmp_path}/made $HOME\n".encode()
    assert not list(tmp_path.iterdir())


def test_a_program_ends_when_feedsvc_ends(script: Write) -> None:
    """A process that is to end does not wait for the time limit."""
    assert run(script("import time; time.sleep(60)"), b"", lambda: True) == Failure(reason="feedsvc ends")


def test_an_entry_is_written_as_plain_values() -> None:
    """Title and tags are plain text; characters that are no Unicode are left out, or become question marks."""
    text = written(RawEntry(guid="1", title="R&amp;D <b>neu</b>", content="<p>a\ud800</p>"), "news").decode()

    assert '"source": "news", "guid": "1", "link": null, "title": "R&D neu", "content": "<p>a?</p>"' in text


def test_only_some_parts_can_be_replaced() -> None:
    """Guid, link and dates are ignored. A title is text, not HTML, and bounded; control characters are taken out."""
    given = {"guid": "2", "link": "https://e.example/", "published": "2000-01-01", "title": "<b>\\u0000" + "x" * 99_999}
    found = read(
        ("{" + ", ".join(f'"{name}": "{value}"' for name, value in given.items()) + ', "tags": ["a&b"]}').encode()
    )

    assert found == Rewrite(title="&lt;b&gt;" + "x" * 9997, tags=("a&amp;b",))


@pytest.mark.parametrize(
    "output",
    ["", "nein", "[]", "[" * 100_000, "1" * 100_000, '{"title": 1}', '{"tags": "a"}', '{"tags": [1]}', "\udcff"],
)
def test_what_is_no_such_json_is_a_failure(output: str) -> None:
    """Whatever a program writes, it is read or refused."""
    with pytest.raises(EntryError, match=r"^its (output|title|tags)"):
        read(output.encode("utf-8", "surrogateescape"))
