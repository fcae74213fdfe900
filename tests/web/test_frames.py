"""Frames of feeds in pages of others, where all titles are attacks that the sanitiser never saw."""

import sqlite3
from collections.abc import Iterator

import pytest

from feedsvc.identity import article_id
from tests.conftest import CONFIG, Folder, Server, feedsvc, free_port, seed
from tests.data.looking import Viewer, foreign
from tests.data.samples import TAG
from tests.data.tools import serving
from tests.sanitize.payloads import PAYLOADS

#: The port of the site that may show our pages.
FRIEND = free_port()

#: Entries of a frame, and frames of these entries.
ENTRIES, FEEDS = 50, 2

#: The attacks in the title of each entry. A browser reads a carriage return as a new line, and leaves out NUL.
TITLES = [
    " ¶ ".join(one.html for one in PAYLOADS[start :: ENTRIES * FEEDS]).replace("\r", "\n").replace("\0", "")
    for start in range(ENTRIES * FEEDS)
]

#: What a frame says: its titles as text, the names of its elements and attributes, and its structured data.
CENSUS = """
  (() => {
    const all = [...document.querySelectorAll("*")];
    const data = document.querySelector("script[type='application/ld+json']");
    return {
      titles: [...document.querySelectorAll(".embed li > a, .entry h3 a, article > h1")].map(one => one.textContent),
      elements: [...new Set(all.map(one => one.localName))],
      handlers: all.flatMap(one => one.getAttributeNames()).filter(one => one.startsWith("on") || one == "srcdoc"),
      links: [...document.querySelectorAll("main a[href]")].map(one => one.protocol),
      headline: data ? JSON.parse(data.textContent).headline : null,
    };
  })()
"""

#: The elements of our own pages.
OURS = {
    "html", "head", "meta", "title", "base", "link", "script", "body", "header", "main", "nav", "footer", "article",
    "h1", "h2", "h3", "section", "div", "p", "ul", "li", "a", "span", "time", "form", "label", "input", "button",
    "svg", "rect", "path",
}  # fmt: skip


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewer]:
    """A browser."""
    with Viewer(tmp_path_factory.mktemp("viewer")) as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of two feeds whose titles were written into the database. The site of a friend may show its pages."""
    folder = Folder(path=tmp_path_factory.mktemp("site"))
    (folder.path / "seeds").mkdir()
    folder.configure(CONFIG + f"web: {{frame_ancestors: ['http://127.0.0.1:{FRIEND}']}}\n")
    for number in range(len(TITLES)):
        folder.write(f"{number}.txt", seed(f"第{number}篇", categories=f"[类{number % FEEDS}]"))
    for command in (("db", "upgrade"), ("update",)):
        ended = feedsvc(folder, *command)
        assert ended.returncode == 0, ended.stderr
    with sqlite3.connect(folder.path / "data" / "feedsvc.sqlite3") as db:
        for number, title in enumerate(TITLES):
            db.execute("UPDATE entry SET title = ? WHERE title = ?", [title, f"第{number}篇"])
    db.close()
    with serving(folder) as running:
        yield running


def _page(server: Server, paths: list[str]) -> bytes:
    frames = "".join(f'<iframe src="{server.url}{path}" width="600" height="400"></iframe>' for path in paths)
    return f"<!doctype html><title>x</title>{frames}".encode()


def test_titles_of_attacks_stay_text(server: Server, viewer: Viewer) -> None:
    """A page of a configured origin shows all attacks as text: none runs, and none becomes an element or attribute."""
    articles = [f"/articles/{article_id(f'{TAG}articles/{number}.txt')}" for number in range(0, len(TITLES), 20)]
    paths = ["/", *(f"/{form}/类{one}" for form in ("embed", "feeds") for one in range(FEEDS)), *articles]
    paths = [f"{one}?items={ENTRIES}" if one.startswith("/embed/") else one for one in paths]
    with foreign(_page(server, paths), FRIEND) as url:
        found, complaints = viewer.read_frames(url, CENSUS)
    by_path = dict(zip(paths, found, strict=True))
    shown = {path: sorted(one["titles"]) for path, one in by_path.items()}

    assert complaints == ()
    for number in range(FEEDS):
        assert shown[f"/embed/类{number}?items={ENTRIES}"] == sorted(TITLES[number::FEEDS])
        assert shown[f"/feeds/类{number}"] == sorted(TITLES[number::FEEDS])
    assert [by_path[one]["headline"] for one in articles] == TITLES[::20]
    assert [shown[one] for one in articles] == [[title] for title in TITLES[::20]]
    assert {name for one in found for name in one["elements"]} <= OURS
    assert [one["handlers"] for one in found if one["handlers"]] == []
    assert {name for one in found for name in one["links"]} == {"http:", "https:", "feed:"}


def test_another_page_shows_no_frame(server: Server, viewer: Viewer) -> None:
    """The page of an origin that is not configured shows nothing, and the browser says why."""
    with foreign(_page(server, ["/embed/类0"]), free_port()) as url:
        found, complaints = viewer.read_frames(url, "document.querySelectorAll('li').length")

    assert found == [0]
    assert len([one for one in complaints if "frame-ancestors" in one]) == 1
