"""nginx in front of the service, and nginx in its place: every link is right, and a forged header changes nothing."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Folder, Server, feedsvc, free_port, seed
from tests.data.newsboat import Newsboat

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")

pytestmark = pytest.mark.skipif(not NGINX, reason="apt-get install nginx-light")

BASE = "https://example.org/rss"

FRONT = """\
daemon off; pid PATH/nginx.pid; error_log PATH/error.log; worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path PATH/t; proxy_temp_path PATH/t; fastcgi_temp_path PATH/t; uwsgi_temp_path PATH/t;
  scgi_temp_path PATH/t;
  server { listen 127.0.0.1:PORT; BODY }
}
"""

#: How nginx passes a request on: with the path as it is, or without its prefix.
PASSES = {"kept": "proxy_pass http://127.0.0.1:BEHIND;", "removed": "proxy_pass http://127.0.0.1:BEHIND/;"}

#: A link in HTML, XML or JSON.
LINK = re.compile(r"""(?:href|src|xmlUrl|htmlUrl)="([^"]+)"|<link>([^<]+)</link>|"(https?://[^"]+)\"""")

FORGED = {
    "host": "evil.example",
    "x_forwarded_host": "evil.example",
    "x_forwarded_proto": "gopher",
    "x_forwarded_for": "192.0.2.66",
    "x_forwarded_prefix": "/evil",
    "forwarded": "host=evil.example;proto=gopher",
}

Front = Callable[[str], Server]


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    """Start nginx with the body of a server."""
    running = []

    def run(body: str) -> Server:
        port, root = free_port(), tmp_path / "nginx"
        root.mkdir()
        text = FRONT.replace("BODY", body).replace("PATH", str(root)).replace("PORT", str(port))
        user = "" if os.geteuid() else "user root;\n"  # started by root it would read the files as somebody else
        (root / "nginx.conf").write_text(user + text, "utf-8")
        process = subprocess.Popen(
            [str(NGINX), "-c", str(root / "nginx.conf"), "-p", str(root), "-e", str(root / "error.log")]
        )
        running.append(process)
        server = Server(url=f"http://127.0.0.1:{port}", process=process)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                server.get("/")
            except OSError:
                time.sleep(0.05)
            else:
                return server
        pytest.fail("nginx does not answer")

    yield run
    for process in running:
        process.terminate()
        process.wait(timeout=20)


def _fill(folder: Folder) -> None:
    folder.configure(
        "site: {title: 站, base_url: 'https://example.org/rss', tag: 'example.org,2026'}\n"
        "sources: {articles: {kind: seeds, path: seeds}}\n"
        "feeds: {all: {window: {items: 2, hours: 0}}}\ncategories: {手机: {slug: phones}}\n"
    )
    for number in range(1, 6):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-0{number}", categories="[手机]"))


def _crawl(server: Server, start: str, prefix: str) -> dict[str, int]:
    """Follow all links to the own origin, from a page on. Returns the status of each path."""
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        status, fields, body = server.get(path)
        seen[path] = status
        found = re.findall(
            r"""(?:href|src|xmlUrl|htmlUrl)="([^"]+)"|<link>([^<]+)</link>|"(https?://[^"]+)\"""", body.decode()
        )
        links = [next(filter(None, one)) for one in found] + re.findall(r"<([^>]+)>", fields.get("link", ""))
        for link in links:
            local = link.removeprefix("https://example.org")
            if local.startswith(f"{prefix}/"):
                waiting.append(local.replace("&amp;", "&"))
            elif local.startswith("/"):
                seen[local] = 0  # it leaves the prefix
    return seen


@pytest.mark.parametrize("passed", PASSES)
def test_every_link_is_right_below_a_path(
    folder: Folder, start: Callable[..., Server], front: Front, passed: str
) -> None:
    """All links of pages, feeds, archives and lists lead below the path, and answer 200."""
    _fill(folder)
    behind = start("up")
    end = time.monotonic() + 60
    while b"archive" not in behind.get("/feeds/all.rss")[2] and time.monotonic() < end:
        time.sleep(0.1)
    port = behind.url.rpartition(":")[2]
    server = front(f"location /rss/ {{ {PASSES[passed].replace('BEHIND', port)} }}")
    found = _crawl(server, "/rss/", "/rss")

    assert set(found.values()) == {200}
    assert {
        "/rss/feeds.opml",
        "/rss/static/style.css",
        "/rss/feeds/all/archive/1.json",
        "/rss/feeds/phones.atom",
    } <= set(found)
    for path in ("/rss/", "/rss/feeds/all.rss", "/rss/feeds.opml", "/rss/none", "/rss/feeds/ALL.rss"):
        plain, forged = server.get(path), behind.get(path, **FORGED)
        assert (forged[0], forged[2]) == (plain[0], plain[2])
        assert forged[1].get("location") == plain[1].get("location")


def test_a_built_site_needs_nginx_alone(folder: Folder, front: Front, tmp_path: Path) -> None:
    """nginx, configured as the documentation says, serves the files with the types and the dates of the service."""
    _fill(folder)
    folder.configure(folder.config_file.read_text("utf-8").replace("/rss'", "'"))
    built = feedsvc(folder, "build", str(tmp_path / "site"))
    assert built.returncode == 0, built.stderr
    page = Path(__file__).parents[1] / "config" / "static.md"
    text = page.read_text("utf-8").partition("## nginx")[2]
    types, _, rest = text.partition("server {")
    body = rest[: rest.rindex("}")].replace("root /srv/feeds;", f"root {tmp_path / 'site'};")
    server = front(f"{types.strip()} {body}")
    addresses = ("/", "/feeds/all", "/feeds/all.rss", "/feeds/all.atom", "/feeds/all.json", "/feeds.opml", "/feed")
    got = {path: server.get(path, accept_encoding="gzip") for path in addresses}

    assert {path: one[0] for path, one in got.items()} == dict.fromkeys(got, 200)
    assert [got[path][1]["content-type"] for path in addresses] == [
        "text/html; charset=utf-8", "text/html; charset=utf-8", "application/rss+xml; charset=utf-8",
        "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8", "text/x-opml; charset=utf-8",
        "application/rss+xml; charset=utf-8",
    ]  # fmt: skip
    assert got["/feeds/all.rss"][1]["content-encoding"] == "gzip"
    for path in ("/feeds/all.rss", "/feeds/all.atom", "/feeds/all"):
        status, fields, read = server.get(path, sec_fetch_dest="document")
        opened = "text/html; charset=utf-8" if path == "/feeds/all" else "application/xml; charset=utf-8"
        assert (status, fields["content-type"], read) == (200, opened, server.get(path)[2])
        assert ("Sec-Fetch-Dest" in fields.get("vary", "")) == (path != "/feeds/all")
    assert server.get("/none")[0] == 404
    assert set(_crawl(server, "/", "").values()) == {200}


def test_a_reader_sees_no_difference_between_the_files_and_the_service(
    folder: Folder, start: Callable[..., Server], front: Front, tmp_path: Path
) -> None:
    """Newsboat has the same articles from the built files as from the running service, in each format."""
    _fill(folder)
    assert feedsvc(folder, "build", str(tmp_path / "site")).returncode == 0
    static, running = front(f"root {tmp_path / 'site'};"), start("serve")
    for form in ("rss", "atom"):
        found: list[list[Any]] = []
        for server in (static, running):
            reader = Newsboat(path=tmp_path / f"{form} {len(found)}", url=f"{server.url}/feeds/all.{form}")
            reader.path.mkdir()
            reader.reload()
            found.append(reader.items("guid, title, url, pubDate, content, author"))
        assert found[0] == found[1]
        assert [row[1] for row in found[0]] == [f"第{number}篇" for number in (1, 2, 3, 4, 5)][-len(found[0]) :]
        assert found[0]
