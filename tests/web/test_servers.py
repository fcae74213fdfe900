"""Any WSGI server serves feedsvc, and all give the same answers."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Folder, Server, feedsvc, free_port, seed

ADDRESS = {"FEEDSVC_SITE__BASE_URL": "https://feeds.example.org"}
BIND = "127.0.0.1:{port}"

SERVERS = {
    "granian": ["granian", "--interface", "wsgi", "--port", "{port}"],
    "gunicorn": ["gunicorn", "-k", "gthread", "--threads", "4", "-b", BIND],
    "gunicorn that forks the loaded application": ["gunicorn", "--preload", "-w", "2", "-k", "gthread", "-b", BIND],
    "waitress": ["waitress", f"--listen={BIND}"],
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder whose seeds are imported."""
    path = tmp_path_factory.mktemp("servers")
    (path / "seeds").mkdir()
    folder = Folder(path=path)
    folder.configure("site: {title: 站, tag: 'example.org,2026'}\nsources: {a: {kind: seeds, path: seeds}}\n")
    folder.write("a.txt", seed("第一版"))
    assert feedsvc(folder, "db", "upgrade").returncode == 0
    assert feedsvc(folder, "update", **ADDRESS).returncode == 0
    return folder


@pytest.fixture(params=SERVERS)
def server(imported: Folder, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server of one kind."""
    port = free_port()
    command = [one.format(port=port) for one in SERVERS[request.param]]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, "feedsvc.wsgi:app"],
            env=imported.environ(**ADDRESS), cwd=imported.path, stdout=log, stderr=log,
        )  # fmt: skip
    made = Server(url=f"http://127.0.0.1:{port}", process=process)
    assert _comes(lambda: made.get("/livez")[0] == 200), (tmp_path / "log").read_text("utf-8")
    yield made
    process.terminate()
    process.wait(timeout=30)


def _comes(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if is_so():
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def test_a_server_answers_to_the_letter(imported: Folder, server: Server) -> None:
    """Documents, conditions, pages and errors, once from Flask and once from memory; and a change is seen."""
    tag = server.get("/feeds/all.rss", accept_encoding="br")[1]["etag"]
    found = [server.get("/feeds/all.rss", accept_encoding="br") for _ in range(4)]
    known = server.get("/feeds/all.rss", accept_encoding="br", if_none_match=tag)

    assert {(status, fields["etag"], fields["content-encoding"]) for status, fields, _ in found} == {(200, tag, "br")}
    assert (known[0], known[2], "content-length" in known[1]) == (304, b"", False)
    assert [server.get(path)[0] for path in ("/", "/feeds/all", "/feeds.opml", "/none")] == [200, 200, 200, 404]

    text = f"第{tag.strip(chr(34))}版"
    imported.write("a.txt", seed(text))
    assert feedsvc(imported, "update", **ADDRESS).returncode == 0
    assert _comes(lambda: all(text.encode() in server.get("/feeds/all.rss")[2] for _ in range(6)))
