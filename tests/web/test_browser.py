"""Pages in a real browser: they show what they should, and nothing that an article holds can run."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedsvc.identity import article_id
from tests.conftest import Folder, Server
from tests.data.samples import TAG, site
from tests.data.tools import serving, tool

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--v=0",
    "--hide-scrollbars",
    "--window-size=1000,1400",
]

ARTICLE = f"/articles/{article_id(TAG + 'articles/000.txt')}"

#: Whatever runs here marks the page with its number. Each does, where nothing stops it.
ATTACKS = (
    "<script>document.body.dataset.hit0=1</script>",
    "<img src=x: onerror=document.body.dataset.hit1=1>",
    "<svg onload=document.body.dataset.hit2=1></svg>",
    "<svg><script>document.body.dataset.hit3=1</script></svg>",
    "<details open ontoggle=document.body.dataset.hit4=1>x</details>",
    '<iframe srcdoc="<script>parent.document.body.dataset.hit5=1</script>"></iframe>',
    '<iframe src="javascript:parent.document.body.dataset.hit6=1"></iframe>',
    "<style>@keyframes k{}</style><p style='animation:k 1s' onanimationstart=document.body.dataset.hit7=1>x</p>",
    "<video><source onerror=document.body.dataset.hit8=1></video>",
    '<input autofocus onfocus="document.body.dataset.hit9=1">',
)


class Browser:
    """Chromium, with a fresh profile each time and no network but this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.program = tool("chromium-headless-shell")

    def _run(self, *arguments: str) -> tuple[str, list[str]]:
        profile = self.path / "profile"
        local = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        command = [self.program, *FLAGS, local, f"--user-data-dir={profile}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, cwd=self.path)
        shutil.rmtree(profile, ignore_errors=True)
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    def open(self, url: str) -> tuple[str, list[str]]:
        """The page as it is after everything in it has run, and what the browser complained of."""
        return self._run("--dump-dom", url)

    def shoot(self, url: str) -> bytes:
        """A picture of the page."""
        picture = self.path / "shot.png"
        self._run(f"--screenshot={picture}", url)
        return picture.read_bytes()


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """A browser."""
    return Browser(tmp_path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Server]]:
    """A server of three entries."""
    with site(tmp_path_factory.mktemp("site")) as (folder, _), serving(folder) as server:
        yield folder, server


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/", ["测试站", "新媒体 - 测试站", "RSS 2.0", "Atom 1.0", "JSON Feed 1.1"]),
        ("/feeds/最新", ["国家云揭开面纱", "酝酿一年多的“国家云”。", "2022-07-25 22:48"]),
        (ARTICLE, ["<h1>国家云揭开面纱</h1>", "<p>酝酿一年多的“国家云”。</p>"]),
    ],
    ids=["catalogue", "feed", "article"],
)
def test_page(served: tuple[Folder, Server], browser: Browser, path: str, texts: list[str]) -> None:
    """A person sees each page with its text; the browser finds nothing in it to complain of or to block."""
    dom, complaints = browser.open(served[1].url + path)

    assert [text for text in texts if text not in dom] == []
    assert complaints == []


@pytest.mark.parametrize("path", ["/", "/feeds/all", "/nothing"])
def test_stylesheet_applies(served: tuple[Folder, Server], browser: Browser, path: str) -> None:
    """Our own policy lets our stylesheet through: a page does not look like the same page without it."""
    html = served[1].get(path)[2].decode()
    bare = browser.path / "bare.html"
    bare.write_text(re.sub("<link rel=.stylesheet.*?>", "", html), "utf-8")

    assert bare.read_text("utf-8") != html
    assert browser.shoot(served[1].url + path) != browser.shoot(bare.as_uri())


@pytest.fixture
def attacked(served: tuple[Folder, Server]) -> str:
    """The address of an article whose text never saw the sanitiser."""
    folder, server = served
    with sqlite3.connect(folder.path / "data" / "feedsvc.sqlite3") as db:
        changed = db.execute("UPDATE entry SET content = ? WHERE title = '国家云揭开面纱'", ["".join(ATTACKS)]).rowcount
    db.close()
    assert changed == 1
    return server.url + ARTICLE


#: How often to look for what runs.
LOOKS = 6

HITS = re.compile(r"data-hit(\d)=")


def test_attacks_are_real(attacked: str, served: tuple[Folder, Server], browser: Browser) -> None:
    """Without our headers, each of the attacks of the next test succeeds."""
    page = browser.path / "attacks.html"
    page.write_bytes(served[1].get(attacked.removeprefix(served[1].url))[2])
    hits: set[str] = set()
    for _ in range(LOOKS):
        # On a busy machine a look may be over before an animation begins.
        hits |= set(HITS.findall(browser.open(page.as_uri())[0]))
        if len(hits) == len(ATTACKS):
            break

    assert sorted(hits) == [str(number) for number in range(len(ATTACKS))]


def test_nothing_runs(attacked: str, browser: Browser) -> None:
    """Should the sanitiser ever fail, our headers still stop everything that an article could run."""
    dom, complaints = browser.open(attacked)

    assert "国家云揭开面纱" in dom
    assert HITS.findall(dom) == []
    assert complaints


@pytest.mark.parametrize(("column", "path"), [("title", ARTICLE), ("title", "/feeds/all"), ("summary", "/feeds/all")])
def test_text_is_escaped(
    folder: Folder, start: Callable[..., Server], browser: Browser, column: str, path: str
) -> None:
    """A title or a summary with markup in it, should one ever be stored, is shown as text."""
    with site(folder.path):
        pass
    with sqlite3.connect(folder.path / "data" / "feedsvc.sqlite3") as db:
        db.execute(f"UPDATE entry SET {column} = ?", [ATTACKS[1]])  # noqa: S608 - our own column
    db.close()
    dom, _ = browser.open(start("serve").url + path)

    assert "&lt;img src=x: onerror=" in dom
    assert not re.search("<img", dom)


def test_page_stays(served: tuple[Folder, Server], browser: Browser) -> None:
    """An article cannot lead its reader to another page by itself."""
    folder, server = served
    refresh = f'<meta http-equiv="refresh" content="0;url={server.url}/robots.txt">'
    with sqlite3.connect(folder.path / "data" / "feedsvc.sqlite3") as db:
        db.execute("UPDATE entry SET content = ? WHERE title = '雾港来信'", [refresh])
    db.close()
    dom, _ = browser.open(f"{server.url}/articles/{article_id(TAG + 'articles/002.txt')}")

    assert "雾港来信" in dom
