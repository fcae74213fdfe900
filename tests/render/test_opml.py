"""The list of all feeds as OPML 2.0."""

from dataclasses import replace

from lxml import etree

from feedsvc.catalogue import Branch
from feedsvc.parse.opml import parse_opml
from feedsvc.render import Channel, opml
from tests.data.samples import channel

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
