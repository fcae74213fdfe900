"""A feed in every format and encoding, as nginx serves it from files: one entry each, with their seeds."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Folder, seed
from tests.data.feeds import Article, articles, atom, json_feed, rdf, rss
from tests.test_upstreams import HOUR, Polls, poll

__all__ = ["poll"]

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")

pytestmark = pytest.mark.skipif(not NGINX, reason="apt-get install nginx-light")

CONFIGURATION = """\
daemon off; pid PATH/nginx.pid; error_log PATH/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log PATH/access.log;
  client_body_temp_path PATH/t; proxy_temp_path PATH/t; fastcgi_temp_path PATH/t; uwsgi_temp_path PATH/t;
  scgi_temp_path PATH/t;
  types {{ text/xml xml; application/feed+json json; }}
  gzip on; gzip_types text/xml application/feed+json;
  server {{ listen 127.0.0.1:{port}; root PATH/www; }}
}}
"""


def _local(document: str) -> str:
    """The document with dates in Chinese time that do not name a zone, as some Chinese sites write them."""

    def moved(match: re.Match[str]) -> str:
        (one,) = (one for one in SOME if f"{one.published:%a, %d %b %Y %H:%M:%S} GMT" == match[1])
        return f"<pubDate>{one.published + timedelta(hours=8):%Y-%m-%d %H:%M:%S}</pubDate>"

    return re.sub("<pubDate>(.*?)</pubDate>", moved, document)


SOME = articles(102)


def _files(some: list[Article], change: str = "") -> dict[str, bytes]:
    gb18030 = rss(some, "gb18030").encode("gb18030")
    return {
        "feed.xml": rss(some).replace("据介绍", f"据介绍{change}").encode(),
        "local.xml": _local(rss(SOME)).encode(),
        "gbk.xml": rss(some, "gbk").encode("gbk"),
        "broken.xml": gb18030.replace("据介绍".encode("gb18030"), b"\xff" + "据介绍".encode("gb18030"), 1),
        "undeclared.xml": rss(some, None).encode("gbk"),
        "atom.xml": atom(some).encode(),
        "rdf.xml": rdf(some).encode(),
        "feed.json": json_feed(some).encode(),
    }


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """nginx: its URL, and the folder that it serves."""
    root = tmp_path / "nginx"
    (root / "www").mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # Started by root it would read the files as somebody else.
    user = "" if os.geteuid() else "user root;\n"
    (root / "nginx.conf").write_text(user + CONFIGURATION.format(port=port).replace("PATH", str(root)))
    command = [str(NGINX), "-c", str(root / "nginx.conf"), "-p", str(root), "-e", str(root / "error.log")]
    with subprocess.Popen(command) as process:
        try:
            for _ in range(100):
                with socket.socket() as one:
                    if not one.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}", root / "www"
        finally:
            process.terminate()


def test_one_entry_each(poll: Polls, served: tuple[str, Path], folder: Folder) -> None:
    """Text and dates to the letter; what nothing changed is asked for once more, and not read."""
    url, www = served
    files = _files(SOME)
    for name, content in files.items():
        (www / name).write_bytes(content)
    for one in SOME[:3]:
        folder.write(
            f"{one.number}.txt", seed(one.title, body=one.text, date=f"{one.published:%Y-%m-%d %H:%M:%S} +0000")
        )
    poll.configure(
        "  articles: {kind: seeds, path: seeds}\n"
        + "".join(
            f"  {name.replace('.', '-')}: {{kind: upstream, url: '{url}/{name}', article_key: '/(\\d+)\\.htm', "
            "allow_private: true, timezone: Asia/Shanghai}\n"
            for name in files
        )
    )
    poll.import_seeds()
    first = poll.counts()
    shown = poll.shown()

    assert first == {"new": 8 * 102}
    assert [(one.title, one.published) for one in shown] == [(one.title, one.published) for one in SOME]
    assert all("\ufffd" not in one.content for one in shown)
    assert all("第8段" in one.content for one in shown)  # the whole text, of those that have it
    assert poll.counts(25 * HOUR) == {"unchanged": 8}

    moved = [
        Article(number=one.number, section="science", host="http://m.news.example") for one in (SOME[7], *SOME[::-1])
    ]
    for name, content in _files(moved, "，更新").items():
        (www / name).write_bytes(content)
    again = poll.counts(25 * HOUR)

    assert again.get("new", 0) == 0
    assert [(one.title, one.guid) for one in poll.shown()] == [(one.title, one.guid) for one in shown]
