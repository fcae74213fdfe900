"""Pages in a real browser: they show what they should, and nothing that an article holds can run."""

import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedsvc.identity import article_id
from tests.conftest import Folder, Server, seed
from tests.data.looking import Person, Viewer
from tests.data.samples import TAG, site
from tests.data.tools import serving


def article(name: str) -> str:
    """The page of the article in a seed file."""
    return f"/articles/{article_id(TAG + 'articles/' + name)}"


#: Articles that tests change in the database, each by one test only: title → file.
CHANGED = {"未经净化": "003.txt", "自行跳转": "004.txt", "标题有标记": "005.txt", "摘要有标记": "006.txt"}

#: Whatever runs here marks the page with its number. Each does, where nothing stops it.
ATTACKS = (
    "<script>document.body.dataset.hit0=1</script>",
    "<img src=x: onerror=document.body.dataset.hit1=1>",
    "<svg onload=document.body.dataset.hit2=1></svg>",
    "<svg><script>document.body.dataset.hit3=1</script></svg>",
    "<details open ontoggle=document.body.dataset.hit4=1>x</details>",
    # Not as our gate writes a player: such an element becomes a link.
    "<iframe srcdoc='<script>parent.document.body.dataset.hit5=1</script>'></iframe>",
    "<iframe src='javascript:parent.document.body.dataset.hit6=1'></iframe>",
    "<style>@keyframes k{}</style><p style='animation:k 1s' onanimationstart=document.body.dataset.hit7=1>x</p>",
    "<video><source onerror=document.body.dataset.hit8=1></video>",
    '<input autofocus onfocus="document.body.dataset.hit9=1">',
)


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewer]:
    """A browser."""
    with Viewer(tmp_path_factory.mktemp("viewer")) as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Server]]:
    """A server of the three sample entries, and of those that tests change."""
    path = tmp_path_factory.mktemp("site")
    for title, name in CHANGED.items():
        Folder(path=path).write(name, seed(title))
    with site(path) as (folder, _), serving(folder) as server:
        yield folder, server


def _change(served: tuple[Folder, Server], title: str, column: str, text: str) -> None:
    """Store a text that never saw the sanitiser, and wait until the pages of the entry have it."""
    folder, server = served
    pages = [article(CHANGED[title])] if column != "summary" else ["/feeds/all"]
    before = [server.get(page)[2] for page in pages]
    with sqlite3.connect(folder.path / "data" / "feedsvc.sqlite3") as db:
        # The name of the column comes from this test, not from a user.
        changed = db.execute(f"UPDATE entry SET {column} = ? WHERE title = ?", [text, title]).rowcount  # noqa: S608
        db.execute("UPDATE feed SET revision = revision + 1")
    db.close()
    assert changed == 1
    end = time.monotonic() + 20
    while any(server.get(page)[2] == old for page, old in zip(pages, before, strict=True)):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/", ["测试站", ">新媒体</a>", "RSS 2.0", "Atom 1.0", "JSON Feed 1.1"]),
        ("/feeds/最新", ["国家云揭开面纱", "酝酿一年多的“国家云”。", "2022-07-25 22:48"]),
        (article("000.txt"), ["<h1>国家云揭开面纱</h1>", "<p>酝酿一年多的“国家云”。</p>"]),
    ],
    ids=["catalogue", "feed", "article"],
)
def test_page(served: tuple[Folder, Server], viewer: Viewer, path: str, texts: list[str]) -> None:
    """A person sees each page with its text; the browser finds nothing in it to complain of or to block."""
    look = viewer.look(served[1].url + path)

    assert [text for text in texts if text not in look.dom] == []
    assert look.complaints == ()


@pytest.mark.parametrize("path", ["/", "/feeds/all", "/nothing"])
def test_stylesheet_applies(served: tuple[Folder, Server], viewer: Viewer, tmp_path: Path, path: str) -> None:
    """Our own policy lets our stylesheet through: a page does not look like the same page without it."""
    html = served[1].get(path)[2].decode()
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub("<link rel=.stylesheet.*?>", "", html), "utf-8")

    assert bare.read_text("utf-8") != html
    assert viewer.look(served[1].url + path).picture != viewer.look(bare.as_uri()).picture


#: The texts that a person sees of XML, and the size of the letters in widths of the screen.
SEEN = """
  const seen = [...document.querySelectorAll("*")].filter(one => !one.childElementCount && one.checkVisibility());
  const after = one => getComputedStyle(one, "::after").content.replace(/^none$/, "");
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) / innerWidth;
  [seen.map(one => one.textContent + after(one)), size]
"""


@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_is_readable(served: tuple[Folder, Server], viewer: Viewer, form: str, width: int) -> None:
    """A person who opens a feed sees title, the address of its page, and entries without markup, in large letters."""
    url = f"{served[1].url}/feeds/新媒体.{form}"
    texts, size = viewer.run(url, SEEN, Person(width=width))

    assert texts[0] == "新媒体 - 测试站"
    assert any("/feeds/%E6%96%B0%E5%AA%92%E4%BD%93" in one for one in texts)
    assert {"国家云揭开面纱", "酝酿一年多的“国家云”。"} <= set(texts)
    assert [one for one in texts if "<p>" in one or "tag:" in one] == []
    assert 16 <= size * width <= 18
    assert viewer.look(url).complaints == ()


@pytest.fixture(scope="module")
def attacked(served: tuple[Folder, Server]) -> str:
    """The path of an article whose text never saw the sanitiser."""
    _change(served, "未经净化", "content", "".join(ATTACKS))
    return article(CHANGED["未经净化"])


#: The number of looks for code that runs in the page.
LOOKS = 6

HITS = re.compile(r"data-hit(\d)=")


def test_attacks_are_real(attacked: str, served: tuple[Folder, Server], viewer: Viewer, tmp_path: Path) -> None:
    """Without our headers, each of the attacks of the next test succeeds."""
    page = tmp_path / "attacks.html"
    page.write_bytes(served[1].get(attacked)[2])
    hits: set[str] = set()
    for _ in range(LOOKS):
        # On a busy machine a look may be over before an animation begins.
        hits |= set(HITS.findall(viewer.look(page.as_uri()).dom))
        if len(hits) == len(ATTACKS):
            break

    assert sorted(hits) == [str(number) for number in range(len(ATTACKS))]


def test_nothing_runs(attacked: str, served: tuple[Folder, Server], viewer: Viewer) -> None:
    """Should the sanitiser ever fail, our headers still stop everything that an article could run."""
    look = viewer.look(served[1].url + attacked)

    assert "未经净化" in look.dom
    assert HITS.findall(look.dom) == []
    assert look.complaints


def test_text_is_escaped(served: tuple[Folder, Server], viewer: Viewer) -> None:
    """A title or a summary with markup in it, should one ever be stored, is shown as text."""
    server = served[1]
    _change(served, "标题有标记", "title", ATTACKS[1])
    _change(served, "摘要有标记", "summary", ATTACKS[2])
    listed, own = (viewer.look(server.url + path).dom for path in ("/feeds/all", article(CHANGED["标题有标记"])))

    assert "&lt;img src=x: onerror=" in listed
    assert "&lt;img src=x: onerror=" in own
    assert "&lt;svg onload=" in listed
    assert not re.search("<img src=x|<svg onload", listed + own)


def test_page_stays(served: tuple[Folder, Server], viewer: Viewer) -> None:
    """An article cannot lead its reader to another page by itself."""
    server = served[1]
    _change(served, "自行跳转", "content", f'<meta http-equiv="refresh" content="0;url={server.url}/robots.txt">')
    url = server.url + article(CHANGED["自行跳转"])
    look = viewer.look(url)

    assert "自行跳转" in look.dom
    assert look.url == url
    assert [one for one in look.complaints if "refresh" in one]
