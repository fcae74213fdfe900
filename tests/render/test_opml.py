"""The list of all feeds as OPML 2.0."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from lxml import etree

from feedsvc.catalogue import Branch
from feedsvc.parse.opml import parse_opml
from feedsvc.render import Channel, opml
from tests.data.samples import channel
from tests.data.tools import tool

OTHER = replace(channel(), feed=replace(channel().feed, slug="C++", title="C++ <语言> & 工具"))
ADDRESS = "https://feeds.example.org/feeds/%E6%96%B0%E5%AA%92%E4%BD%93"


def outlines(*channels: Channel) -> list[dict[str, str]]:
    """The attributes of each outline."""
    root = etree.fromstring(opml.render("测试站 & 友", [Branch(one) for one in channels]))
    return [{str(key): str(value) for key, value in outline.attrib.items()} for outline in root.findall("body/outline")]


def test_head() -> None:
    """The list is OPML 2.0, in UTF-8, and named after the site."""
    document = opml.render("测试站 & 友", [Branch(channel())])
    root = etree.fromstring(document)

    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "测试站 & 友"


def test_each_feed() -> None:
    """Each feed has its name, address, page and language."""
    assert outlines(channel(), OTHER)[0] == {
        "type": "rss",
        "text": "新媒体 & 科技",
        "title": "新媒体 & 科技",
        "description": "科技 <媒体> 的文章",
        "xmlUrl": f"{ADDRESS}.rss",
        "htmlUrl": ADDRESS,
        "language": "zh-CN",
    }


def test_order_and_encoding() -> None:
    """Feeds have the given order. Their addresses are percent-encoded."""
    urls = [outline["xmlUrl"] for outline in outlines(channel(), OTHER)]

    assert urls == [f"{ADDRESS}.rss", "https://feeds.example.org/feeds/C%2B%2B.rss"]


def test_no_feed() -> None:
    """A site without a feed has a list without an outline."""
    assert outlines() == []


def test_bad_title() -> None:
    """A character that XML cannot hold is removed from a title."""
    bad = replace(channel(), feed=replace(channel().feed, title="坏\x0b标题"))

    assert [outline["title"] for outline in outlines(bad, OTHER)] == ["坏标题", "C++ <语言> & 工具"]


def test_a_tree() -> None:
    """A category with others below it is a folder, which begins with its own feed. Our own import reads all of them."""
    tree = Branch(channel(), [Branch(OTHER)])
    found, problems = parse_opml(opml.render("站", [tree]))

    assert ([(one.title, one.folder) for one in found], problems) == (
        [("新媒体 & 科技", "新媒体 & 科技"), ("C++ <语言> & 工具", "新媒体 & 科技")],
        [],
    )


def test_newsboat_imports_a_tree(tmp_path: Path) -> None:
    """Newsboat has all feeds, with the folders as tags, and our import reads all of them from its own list."""
    of_site = replace(channel(), feed=replace(channel().feed, title="科技 - 站"))
    (tmp_path / "feeds.opml").write_bytes(opml.render("站", [Branch(of_site, [Branch(OTHER)])]))
    command = [tool("newsboat"), "-u", "urls", "-c", "cache.db"]
    clean = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    (tmp_path / "urls").touch()
    subprocess.run([*command, "-i", "feeds.opml"], cwd=tmp_path, env=clean, check=True, timeout=60)
    exported = subprocess.run([*command, "-e"], cwd=tmp_path, env=clean, check=True, timeout=60, capture_output=True)
    found, problems = parse_opml(exported.stdout)

    urls = [f"{ADDRESS}.rss", "https://feeds.example.org/feeds/C%2B%2B.rss"]
    assert (tmp_path / "urls").read_text("utf-8").splitlines() == [f'{url} "科技"' for url in urls]
    assert ([one.url for one in found], problems) == (urls, [])
