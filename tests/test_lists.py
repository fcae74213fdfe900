"""Lists of articles on pages: a piece that two sources have, its former forms, and the neighbours of an article."""

from collections.abc import Callable
from datetime import datetime, timedelta

import lxml.html
import pytest

from feedsvc.identity import article_id
from feedsvc.store import Store
from feedsvc.update import update
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed
from tests.data.samples import TAG, client

HOUR = timedelta(hours=1)
LINK, PICTURE = "https://news.example/1.htm", "https://news.example/1.png"

#: A piece of two folders: the fuller form has neither link nor picture, the other form has both.
PIECE = "国产大飞机完成第四次跨洋试飞"
SHORT = "<p>试飞团队表示，飞机在十四小时的飞行中各系统工作正常，机组没有报告异常。</p>"
FULL = f"{SHORT}<p>下一阶段将进行高原与低温测试，预计明年年底交付首批用户，航线还没有公布。</p>"


@pytest.fixture
def renew(folder: Folder, store: Store) -> Callable[[datetime], None]:
    """Import two folders, at a given time."""
    folder.configure(CONFIG + "  more: {kind: seeds, path: more, rights: licensed}\nweb: {revisions: all}\n")
    folder.write("../more/b.txt", seed(PIECE, SHORT, link=LINK, headimg=PICTURE))

    def run(now: datetime) -> None:
        config = folder.config()
        update(store, SANDBOX, config.sources, catalogue(config), now)

    return run


def read(folder: Folder, store: Store, path: str) -> lxml.html.HtmlElement:
    """A page."""
    return lxml.html.document_fromstring(client(folder, store, NOW + 9 * HOUR).get(path).text)


def test_a_list_says_of_a_piece_what_each_member_says(
    folder: Folder, store: Store, renew: Callable[[datetime], None]
) -> None:
    """The shown form gives the text. The other form gives link, picture, the earlier date and its source."""
    folder.write("a.txt", seed(PIECE, FULL, date="Mon, 25 Jul 2022 15:48:32 GMT"))
    renew(NOW)
    of_feed, of_all = read(folder, store, "/feeds/all"), read(folder, store, "/")

    assert of_feed.xpath("//section[@class='entry']/h3/a/@href") == [LINK]
    assert of_feed.xpath("//section[@class='entry']/img/@src") == [PICTURE]
    assert "高原与低温" in str(of_feed.xpath("string(//section[@class='entry'])"))
    assert str(of_feed.xpath("string(//section[@class='entry']/p[@class='meta'])")).startswith(
        "2022-07-25 22:48 · more"
    )
    assert set(of_all.xpath("//p[@class='newest']/a/@href")) == {LINK}


def test_a_page_shows_the_revisions_of_the_shown_member(
    folder: Folder, store: Store, renew: Callable[[datetime], None]
) -> None:
    """If a fuller form of another source is shown, the revisions of the former form are not those of the article."""
    renew(NOW)
    folder.write("../more/b.txt", seed(PIECE, SHORT.replace("十四", "十五"), link=LINK, headimg=PICTURE))
    renew(NOW + HOUR)
    page = f"/articles/{article_id(f'{TAG}more/b.txt')}"
    before = len(read(folder, store, page).find_class("revisions"))
    folder.write("a.txt", seed(PIECE, FULL))
    renew(NOW + 2 * HOUR)
    after = read(folder, store, page)

    assert "高原与低温" in after.text_content()
    assert (before, len(after.find_class("revisions"))) == (1, 0)


def test_a_withdrawn_article_is_no_neighbour(folder: Folder, store: Store, renew: Callable[[datetime], None]) -> None:
    """The pages before and after an article are those of articles that readers see."""
    for number in (1, 2, 3):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"Mon, {number} Aug 2022 14:48:32 GMT"))
    renew(NOW)
    (folder.path / "seeds" / "2.txt").unlink()
    renew(NOW + HOUR)
    first, last = (article_id(f"{TAG}articles/{number}.txt") for number in (1, 3))

    assert f"/articles/{last}" in read(folder, store, f"/articles/{first}").xpath("//nav//a/@href")
    assert f"/articles/{first}" in read(folder, store, f"/articles/{last}").xpath("//nav//a/@href")
