"""The address of the publisher."""

from collections.abc import Callable

import lxml.html
import pytest

from feedsvc.store import Store
from feedsvc.web.contact import Contact, contact_of
from tests.conftest import CONFIG, Folder
from tests.data.samples import client


@pytest.mark.parametrize(
    ("said", "name", "href"),
    [
        ("mailto:editor@example.org", "editor@example.org", "mailto:editor@example.org"),
        ("MAILTO:editor%40example.org", "editor@example.org", "mailto:editor@example.org"),
        ("editor@example.org", "editor@example.org", "mailto:editor@example.org"),
        ("编辑部 <mailto:a+b@example.org>", "编辑部", "mailto:a%2Bb@example.org"),
        ("mailto:a@example.org?subject=%E4%BD%A0&bcc=c@example.net", "a@example.org",
         "mailto:a@example.org?subject=%E4%BD%A0"),
        ("https://example.org/about/", "example.org/about", "https://example.org/about/"),
        ("微信 abc", "微信 abc", None),
        ("javascript:alert(1)", "javascript:alert(1)", None),
        ("mailto:a@b.c\"onclick=x", "mailto:a@b.c\"onclick=x", None),
    ],
    ids=["mailto", "percent", "address", "name", "fields", "page", "words", "script", "attribute"],
)  # fmt: skip
def test_contact(said: str, name: str, href: str | None) -> None:
    """An address is a link that is called by its name; other words stay words."""
    assert contact_of(said) == Contact(name=name, href=href)


def test_no_contact() -> None:
    """A site that names nobody shows nobody."""
    assert contact_of(None) is None


@pytest.mark.parametrize("path", ["/", "/feeds/all", "/articles/x", "/feeds/all.rss?limit=x"])
def test_pages_link_to_the_contact(folder: Folder, store: Store, take_in: Callable[..., object], path: str) -> None:
    """The footer of each page, an error included, has the contact as a link, without `mailto:` in what is read."""
    folder.configure(CONFIG.replace("title: 测试站", "title: 测试站, contact: 'mailto:editor@example.org'"))
    take_in()
    footer = lxml.html.document_fromstring(client(folder, store).get(path).text).find(".//footer")

    assert footer is not None
    assert footer.xpath(".//a[starts-with(@href, 'mailto:')]/@href") == ["mailto:editor@example.org"]
    assert "联系：editor@example.org" in str(footer.xpath("string()"))
    assert "mailto:" not in str(footer.xpath("string()"))
