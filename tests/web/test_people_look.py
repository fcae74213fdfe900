"""Pages in a real browser, as people use them: with a keyboard, a phone, in the dark, and inside pages of others."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import axe_core_python  # type: ignore[import-untyped]
import pytest

from feedsvc.identity import article_id
from tests.conftest import CONFIG, Folder, Server, feedsvc, free_port, seed
from tests.data.looking import Person, Viewer, foreign
from tests.data.samples import TAG
from tests.data.tools import serving

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")

#: What is wrong with a page, closed details included: the rule and the elements.
JUDGE = (
    "document.querySelectorAll('details').forEach(one => one.open = true);"
    "axe.run(document).then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html)]))"
)

#: A title as long as titles come, and one with markup.
TITLES = ["问天实验舱抵达空间站" * 20, '<img src=x onerror=alert(1)> & "引号"', "第三篇"]

#: The only address of others that a page may ask.
PICTURE = "https://static.example.com/1.jpg"

BODY = (
    f"<p>正文。<a href='https://example.org/'>链接</a></p><h2>小标题</h2><img src='{PICTURE}'>"
    "<pre>" + "code " * 60 + "</pre><table><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr></table>"
    "<iframe src='https://www.youtube.com/embed/M7lc1UVf-VE' title='发布会'></iframe><ul><li>一</li></ul>"
)

PEOPLE = [
    Person(), Person(width=390, is_dark=True, language="en"), Person(is_dark=True), Person(width=390, language="zh-CN"),
]  # fmt: skip


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewer]:
    """A browser."""
    with Viewer(tmp_path_factory.mktemp("viewer")) as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a few articles."""
    folder = Folder(path=tmp_path_factory.mktemp("site"))
    (folder.path / "seeds").mkdir()
    folder.configure(
        CONFIG
        + "feeds: {all: {window: {items: 2, hours: 0}}}\n"
        + "categories: {安卓: {parent: 手机}, 平板: {parent: 安卓}}\n"
    )
    for number, title in enumerate(TITLES):
        fields = {"link": "https://www.example.com/a"} if number == 1 else {}
        fields |= {"categories": "[手机, 安卓, 平板]", "date": f"2026-01-0{number + 1}"}
        folder.write(f"{number}.txt", seed("x", BODY, **fields))
        path = folder.path / "seeds" / f"{number}.txt"
        path.write_text(
            path.read_text("utf-8").replace("title: 'x'", "title: '" + title.replace("'", "''") + "'"), "utf-8"
        )
    _run(folder, "db", "upgrade")
    _run(folder, "update")
    edited = folder.path / "seeds" / "0.txt"
    folder.write("0.txt", edited.read_text("utf-8").replace("正文。", "改过的正文。").replace("问天", "天问", 1))
    _run(folder, "update")
    with serving(folder) as running:
        running.get("/feeds/all.rss")
        assert b"<ins>" in running.get(_article(0))[2]
        yield running


def _run(folder: Folder, *command: str) -> None:
    ended = feedsvc(folder, *command)
    assert ended.returncode == 0, ended.stderr


def _article(number: int) -> str:
    return f"/articles/{article_id(f'{TAG}articles/{number}.txt')}"


PAGES = [
    "/", "/?q=安卓", "/?q=none", "/search", "/search?q=正文 -甲乙", "/search?q=date:x", "/feeds/all",
    "/feeds/all/archive/1", "/feeds/all/filter", "/feeds/all/filter?filter_title=天&filterout=甲&since=900w",
    "/feeds/all/filter?kind=patterns&filter_title=(&limit=x", "/feeds/手机", _article(0), _article(1),
    "/feeds/all/embed", "/embed/all?images=1", "/status", "/explain?of=articles", "/nothing", "/feeds/all.rss?limit=0",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_left_out(server: Server, viewer: Viewer, path: str) -> None:
    """Axe finds nothing wrong on any page: contrast, names, order of headings, focus."""
    script = AXE.read_text("utf-8") + ";" + JUDGE
    found = {person: viewer.run(server.url + path, script, person) for person in PEOPLE}

    assert {person: wrong for person, wrong in found.items() if wrong} == {}


def test_the_judge_finds_faults(viewer: Viewer) -> None:
    """Without its tool, the test before would find nothing."""
    with foreign(b"<!doctype html><title>x</title><main><h1>x</h1><img src=x></main>", free_port()) as url:
        found = viewer.run(url, AXE.read_text("utf-8") + ";" + JUDGE)

    assert {"html-has-lang", "image-alt"} <= {rule for rule, _ in found}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(server: Server, viewer: Viewer, path: str) -> None:
    """A long title, a table and code leave the page as wide as the screen."""
    assert viewer.run(server.url + path, "document.documentElement.scrollWidth", Person(width=360)) <= 360


def test_a_button_copies(server: Server, viewer: Viewer) -> None:
    """A button copies the address, and says so. Without a script there is no button."""
    script = """
        (async () => {
            let copied = null;
            document.addEventListener("copy", event => { copied = document.activeElement.value; });
            Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { copied = text; }}});
            const button = document.querySelector("button.copy");
            const was = button.hidden;
            button.click();
            await new Promise(resolve => setTimeout(resolve, 50));
            return [was, copied, button.firstChild.data];
        })()
    """
    found = viewer.run(f"{server.url}/feeds/all", script)

    assert found == [False, "https://feeds.example.org/feeds/all.rss", "已复制"]
    assert b'class="copy"' in server.get("/feeds/all")[2]
    assert b"hidden>" in server.get("/feeds/all")[2]


def test_search_by_the_form(server: Server, viewer: Viewer) -> None:
    """The form of the catalogue sends the words of a person as a query."""
    script = """
        (() => {
            const form = document.querySelector("form[role=search]");
            form.querySelector("input").value = "手机";
            return new URL(form.action).pathname + "?" + new URLSearchParams(new FormData(form));
        })()
    """
    path = viewer.run(f"{server.url}/", script)

    assert path == "/?q=%E6%89%8B%E6%9C%BA"
    assert server.get(path)[2].decode().count("<li>") == 1


def test_a_filter_without_script(server: Server, viewer: Viewer) -> None:
    """A browser without script sends the form of a filter, and shows the entries that stay and that go."""
    script = """
        (() => {
            const form = document.querySelector("form.filters");
            form.querySelector("#filter_title").value = "第三";
            const query = new URLSearchParams(new FormData(form));
            return [new URL(form.action).pathname + "?" + query, !document.querySelector("button.copy:not([hidden])")];
        })()
    """
    person = Person(has_script=False)
    path, has_no_button = viewer.run(f"{server.url}/feeds/all/filter", script, person)
    lists = "[...document.querySelectorAll('ul.tried')].map(one => one.children.length)"

    assert has_no_button
    assert viewer.run(server.url + path, lists, person) == [1, len(TITLES) - 1]


#: Words of buttons that only a script can serve.
WITHOUT_BUTTONS = "document.querySelectorAll('button.copy').forEach(one => one.remove()); document.body.innerText"


#: Numbers of `/status` rise with each request.
NUMBER = re.compile(r"[0-9.]+")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_script_and_nobody_else(server: Server, viewer: Viewer, path: str) -> None:
    """Without scripts a page shows the same text. It asks its own server alone, but for the pictures of entries."""
    without, asked = viewer.read(server.url + path, WITHOUT_BUTTONS, has_scripts=False)
    with_scripts, also_asked = viewer.read(server.url + path, WITHOUT_BUTTONS)
    elsewhere = {one for one in asked + also_asked if not one[1].startswith(f"{server.url}/")}

    assert NUMBER.sub("0", without) == NUMBER.sub("0", with_scripts) != ""
    assert elsewhere <= {("Image", PICTURE)}


def test_a_script_is_missed(viewer: Viewer) -> None:
    """The test before would find a page that shows less without a script, and one that asks elsewhere."""
    page = b"<!doctype html><body>a<script>document.body.append('b')</script><script src=http://127.0.0.1:1/x></script>"
    with foreign(page, free_port()) as url:
        without, _ = viewer.read(url, WITHOUT_BUTTONS, has_scripts=False)
        text, asked = viewer.read(url, WITHOUT_BUTTONS)

    assert (without, text) == ("a", "ab")
    assert ("Script", "http://127.0.0.1:1/x") in asked


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(server: Server, path: str) -> None:
    """A page, with its stylesheet and script, is less than 60 KB over the wire."""
    files = ("/static/style.css", "/static/page.js")
    sizes = [len(server.get(one, Accept_Encoding="gzip")[2]) for one in (quote(path, safe="/?=&"), *files)]
    assert sum(sizes) < 60_000
