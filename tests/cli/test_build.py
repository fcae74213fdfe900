"""`feedsvc build`: the files of a static site are the answers of the service."""

import gzip
import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import brotli
import pytest

from feedsvc.cli import building
from feedsvc.identity import article_id
from feedsvc.store import open_store
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import TAG
from tests.running import feedsvc

BASE = "https://feeds.example.org"

#: Pages of two entries, and an alias of every feed.
SITE = CONFIG + (
    "feeds: {all: {window: {items: 2, hours: 0}}}\n"
    "web: {aliases: {/categories/<name>/feed: <name>.atom}}\n"
)  # fmt: skip

Build = Callable[..., Path]


@pytest.fixture
def build(folder: Folder) -> Build:
    """Build the folder's site. Returns its folder."""
    folder.configure(SITE)
    for number in range(1, 6):
        link = "" if number == 5 else f"https://blog.example.org/{number}"
        folder.write(
            f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-{number:02}", link=link, categories="[手机]")
        )

    def run(*options: str, returncode: int = 0) -> Path:
        ended = feedsvc(folder, "build", *options, str(folder.path / "site"))
        assert ended.returncode == returncode, ended.stderr
        return folder.path / "site"

    return run


def _files(site: Path) -> dict[str, bytes]:
    """Every file that a web server may send, without the compressed ones."""
    found = (file for file in site.rglob("*") if file.is_file() and not file.name.startswith(".feedsvc"))
    return {str(file.relative_to(site)): file.read_bytes() for file in found if file.suffix not in {".gz", ".br"}}


def _stamps(site: Path) -> dict[str, int]:
    return {name: (site / name).stat().st_mtime_ns for name in _files(site)}


def _address(file: str) -> str:
    """The address whose answer a file is."""
    if file in {"index.html", "404.html"}:
        return {"index.html": "/", "404.html": "/404"}[file]
    return "/" + quote(file.removesuffix(".html"))


def test_every_file_is_the_answer_of_its_address(folder: Folder, build: Build) -> None:
    """A web server that sends the files sends what feedsvc would send."""
    files = _files(build())
    store = open_store(folder.database_url)
    web = create_app(folder.config(), store, lambda: NOW, is_static=True).test_client()
    different = [file for file, body in files.items() if web.get(_address(file)).data != body]
    store.close()

    assert different == []
    assert {
        "index.html", "404.html", "feeds.opml", "robots.txt", "static/style.css", "feeds/all.rss", "feeds/手机.json",
        "feeds/手机.html", "feeds/all/archive/1.atom", "feeds/all/archive/3.atom", "feed", "index.xml", "atom.xml",
        "categories/手机/feed",
    } <= set(files)  # fmt: skip


def test_files_name_no_hub_of_our_own(folder: Folder, build: Build) -> None:
    """A site of files has no hub. It names a hub of others."""
    found = []
    for hub in ("own", "https://hub.example/"):
        folder.configure(SITE.replace("site: {", f"site: {{hub: '{hub}', "))
        found.append('rel="hub"' in _files(build())["feeds/all.atom"].decode())

    assert found == [False, True]


def test_every_link_leads_to_a_file(build: Build) -> None:
    """Links of pages, feeds and lists to the own address have files."""
    site = build()
    files = _files(site)
    texts = [html.unescape(body.decode()) for name, body in files.items() if not name.endswith((".css", ".js"))]
    links = {link for text in texts for link in re.findall(rf'{re.escape(BASE)}(/[^"<>\s&]*)|href="(/[^"]*)"', text)}
    paths = {unquote(absolute or local).partition("?")[0].strip("/") for absolute, local in links}
    missing = {path for path in paths if not {path or "index.html", f"{path}.html"} & set(files)}

    assert len(paths) > 15
    assert missing == set()
    # A static site answers no query.
    asking = ('="/search"', '/filter"', "<form", '<input type="checkbox')
    assert not any(part in text for part in asking for text in texts)


def test_compressed_files_stand_beside(build: Build) -> None:
    """Nginx sends them as they are. A robots.txt is too small for that."""
    site = build()

    assert gzip.decompress((site / "feeds/all.rss.gz").read_bytes()) == (site / "feeds/all.rss").read_bytes()
    assert brotli.decompress((site / "index.html.br").read_bytes()) == (site / "index.html").read_bytes()


def test_a_second_build_touches_nothing(build: Build) -> None:
    """Without news, no file is written."""
    before = _stamps(build())

    assert _stamps(build()) == before


def test_one_new_post_touches_only_the_files_of_its_feeds(folder: Folder, build: Build) -> None:
    """A new post of a new category changes its feeds, the archive's open page, and the lists."""
    before = _files(build())
    stamps = _stamps(folder.path / "site")
    folder.write("6.txt", seed("新的", date="2026-01-06", link="https://blog.example.org/6", categories="[电脑]"))
    site = build()
    touched = {name for name, stamp in _stamps(site).items() if stamps.get(name) != stamp}
    forms = ("rss", "atom", "json")
    # Its own page, and that of the article before it.
    articles = {f"articles/{article_id(f'{TAG}articles/{number}.txt')}.html" for number in (5, 6)}
    aliases = {"feed", "rss", "feed.xml", "index.xml", "rss.xml", "rss2.xml", "atom.xml", "feed.json"}

    assert touched == {
        *(f"feeds/all.{form}" for form in forms),
        *(f"feeds/all/archive/{page}.{form}" for page in (3, 4) for form in forms),
        *(f"feeds/电脑.{form}" for form in forms), *(f"feeds/电脑/archive/1.{form}" for form in forms),
        *aliases, "categories/all/feed", "categories/电脑/feed",
        "feeds/all.html", "feeds/电脑.html", "index.html", "feeds.opml",
        "embed/all.html", "embed/电脑.html", "feeds/电脑/embed.html", *articles,
        # Its link to newer entries leads to a page that is closed now.
        "feeds/all/archive/2.html", "feeds/all/archive/3.html",
    }  # fmt: skip
    assert before["feeds/手机.rss"] == _files(site)["feeds/手机.rss"]


def test_files_that_are_no_longer_made_are_removed(folder: Folder, build: Build) -> None:
    """A feed that left the configuration leaves no files. The files that a person put there stay."""
    folder.configure(SITE.replace("feeds: {all", "feeds: {tech: {categories: [手机]}, all"))
    site = build()
    was_there = (site / "feeds/tech.rss").exists()
    (site / "CNAME").write_text("feeds.example.org", "ascii")
    folder.configure(SITE)
    build()

    assert was_there
    assert list((site / "feeds").glob("tech*")) == []
    assert (site / "CNAME").read_text("ascii") == "feeds.example.org"


def test_an_interrupted_build_is_completed(build: Build) -> None:
    """The next build writes the files that an interrupted one left out, whatever else it left behind."""
    expected = _files(build())
    site = build()
    for name in ("feeds/all.rss", "index.html"):
        (site / name).unlink()
    (site / "feeds/all.rss.tmp").write_bytes(b"half")
    build()

    assert {name: body for name, body in _files(site).items() if not name.endswith(".tmp")} == expected


def test_a_build_that_fails_keeps_no_article_that_is_gone(folder: Folder, build: Build) -> None:
    """A piece that was taken down is removed first: a full disk, for one, ends the build later."""
    folder.write("leak.txt", seed("漏出", date="2026-01-09", categories="[手机]"))
    site = build()
    before = {file.name for file in (site / "articles").iterdir()}
    (folder.path / "seeds" / "leak.txt").unlink()
    shutil.rmtree(site / "feeds")
    (site / "feeds").write_text("a file of a person", "ascii")
    build(returncode=1)

    assert len(before - {file.name for file in (site / "articles").iterdir()}) > 0


@pytest.mark.parametrize("is_first", [True, False])
def test_nothing_of_an_interrupted_build_stays(
    folder: Folder, build: Build, monkeypatch: pytest.MonkeyPatch, *, is_first: bool
) -> None:
    """What an interrupted build wrote of a post that is gone since then is in no file of the next build."""
    if not is_first:
        build()

    def end(_: object) -> None:
        raise KeyboardInterrupt

    folder.write("leak.txt", seed("漏出", date="2026-01-09", categories="[手机]"))
    with monkeypatch.context() as patch:
        patch.setattr(building._Site, "finish", end)
        build(returncode=1)
    written = "漏出".encode() in b"".join(_files(folder.path / "site").values())
    (folder.path / "seeds" / "leak.txt").unlink()
    files = _files(build())

    assert written
    assert "漏出".encode() not in b"".join(files.values())
    assert all(brotli.decompress(file.read_bytes()) in files.values() for file in (folder.path / "site").rglob("*.br"))


@pytest.mark.parametrize("name", ["feeds/all.rss", "feeds/all.rss.gz", "index.html.br"])
def test_a_damaged_file_is_written_again(build: Build, name: str) -> None:
    """A build compares files with what they should be, and does not trust that they are as it wrote them."""
    site = build()
    expected = (site / name).read_bytes()
    (site / name).write_bytes(b"broken")
    build()

    assert (site / name).read_bytes() == expected


def test_compressed_files_come_and_go(build: Build) -> None:
    """A build without compressed files removes the old ones, which would be out of date one day."""
    site = build()
    before = sorted(site.rglob("*.gz"))
    build("--no-compress")
    without = list(site.rglob("*.gz")) + list(site.rglob("*.br"))
    build()

    assert (without, sorted(site.rglob("*.gz"))) == ([], before)


def test_a_file_of_a_person_stays(build: Build) -> None:
    """A file that no build wrote is not replaced: one line names it, and all others are written."""
    site = build()
    (site / building.MANIFEST).unlink()
    (site / "robots.txt").write_text("mine", "ascii")
    (site / "feeds.opml").unlink()
    (site / "feeds.opml.br").write_text("mine", "ascii")
    for _ in range(2):
        build("--no-compress", returncode=1)

    assert (site / "robots.txt").read_text("ascii") == (site / "feeds.opml.br").read_text("ascii") == "mine"


def test_a_former_slug_has_the_documents(folder: Folder, build: Build) -> None:
    """A static site cannot redirect, so the former address of a feed has its documents."""
    build()
    folder.configure(SITE + "categories: {手机: {slug: phones}}\n")
    files = _files(build())

    for name in ("feeds/NAME.rss", "feeds/NAME.html", "feeds/NAME/archive/1.json", "categories/NAME/feed"):
        assert files[name.replace("NAME", "手机")] == files[name.replace("NAME", "phones")]


def test_a_site_below_a_path(folder: Folder, build: Build) -> None:
    """The folder has the files below the path of base_url, as a project page of GitHub wants it."""
    folder.configure(SITE.replace(BASE, "https://user.github.io/repo"))
    files = _files(build())

    assert b'href="/repo/static/style.css"' in files["index.html"]
    assert b"https://user.github.io/repo/feeds/all.rss" in files["feeds/all.rss"]
    assert b'href="/repo/static/feed.css"?>' in files["feeds/all.rss"]
    assert files["static/feed.css"]


def test_names_that_cannot_be_files(folder: Folder, build: Build) -> None:
    """An address that a disk cannot hold costs one line. All others are written."""
    folder.configure(SITE.replace("aliases: {", "aliases: {/news: all.rss, /news/latest: all.rss, "))
    site = build(returncode=1)

    assert (site / "news").exists()
    assert (site / "feeds/all.rss").exists()


def test_the_address_must_be_known(folder: Folder) -> None:
    """Links cannot be made without base_url."""
    folder.configure("site: {title: 站, tag: 'example.org,2026'}\nsources: {a: {kind: seeds, path: seeds}}\n")
    ended = feedsvc(folder, "build", str(folder.path / "site"))

    assert ended.returncode == 1
    assert "site.base_url is needed" in ended.stderr
