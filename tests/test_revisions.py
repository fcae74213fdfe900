"""Revisions: the page of an article shows what was changed in it, as far as readers saw the former words."""

import gzip
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import lxml.html
import pytest
import sqlalchemy as sa
from alembic import command

from feedsvc.identity import article_id
from feedsvc.publish.revisions import MOST_REVISIONS
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Store, migrate, open_store
from feedsvc.store.migrations.run import configured
from feedsvc.store.schema import entry, revision
from feedsvc.update import Report
from feedsvc.update.resanitize import resanitize
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, seed
from tests.data.feeds import articles, rss
from tests.data.samples import TAG, client
from tests.data.upstream import Upstream, answer, serving
from tests.test_brake import LATER_THAN_0014
from tests.test_upstreams import NEWS, Polls

TakeIn = Callable[..., Report]
HOUR = timedelta(hours=1)
PAGE = f"/articles/{article_id(TAG + 'articles/a.txt')}"


def page(folder: Folder, store: Store, language: str = "zh", now: datetime = NOW + 9 * HOUR) -> lxml.html.HtmlElement:
    """The article's page."""
    response = client(folder, store, now).get(PAGE, headers={"Accept-Language": language})
    assert response.status_code == 200
    return lxml.html.document_fromstring(response.text)


def listed(tree: lxml.html.HtmlElement) -> list[str]:
    """The text of each revision on a page."""
    return [
        " ".join(one.text_content().split())
        for one in tree.xpath("//section[@class='revisions']/*[self::details or self::p[time]]")
    ]


@pytest.fixture
def edit(folder: Folder, take_in: TakeIn) -> Callable[..., None]:
    """Write the article anew, and import it an hour after the last time."""
    now = [NOW]

    def run(text: str) -> None:
        folder.write("a.txt", text)
        take_in(now[0])
        now[0] += HOUR

    return run


Edit = Callable[..., None]

#: Also upstream feeds show revisions.
ALL = "web: {revisions: all}\n"

#: No counters: their changes would not be edits.
NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑寅"

#: Language → the words around the change.
SAID = {
    "zh": ("修改于 2026-11-24 21:00 标题：", "…… 2 段没有变化"),
    "en": ("Changed on 2026-11-24 21:00 Title: ", "… 2 unchanged paragraphs"),
}


@pytest.mark.parametrize("language", SAID)
def test_an_edit_is_shown(folder: Folder, store: Store, edit: Edit, language: str) -> None:
    """The page says when the article changed, and which words of its title and text."""
    edit(seed("国家云正式上线", "<p>一</p><p>二</p><p>有 3 人受伤。他们很好。</p>"))
    assert listed(page(folder, store)) == []
    edit(seed("国家云昨天上线", "<p>一</p><p>二</p><p>有 <b>5</b> 人受伤。他们很好。</p>"))
    tree = page(folder, store, language)

    begin, folded = SAID[language]
    assert listed(tree) == [f"{begin}国家云[−正式−][+昨天+]上线 {folded} 有 [−3−][+5+] 人受伤。他们很好。"]
    assert tree.xpath("//section//del/text() | //section//ins/text()") == ["[−正式−]", "[+昨天+]", "[−3−]", "[+5+]"]


def test_hostile_words_are_escaped(folder: Folder, store: Store, edit: Edit) -> None:
    """Markup in a former title or text is text."""
    edit(seed("旧 <script>alert(1)</script> 1 < 2", "<p>&lt;img src=x onerror=alert(1)&gt; 旧</p>"))
    edit(seed("新", "<p>新</p>"))
    tree = page(folder, store)

    assert "<img src=x onerror=alert(1)> 旧" in listed(tree)[0]
    assert tree.xpath("//script[not(@type)] | //section//img | //@onerror") == []


def test_the_newest_revisions_are_listed(folder: Folder, store: Store, edit: Edit) -> None:
    """Each revision is compared with the form that followed it. A line says how many are older."""
    for number in range(MOST_REVISIONS + 3):
        edit(seed("标题", f"<p>这里是{NUMERALS[number]}稿，字句不变。</p>"))
    tree = page(folder, store, now=NOW + 20 * HOUR)

    found = listed(tree)
    assert len(found) == MOST_REVISIONS
    pairs = [f"[−{NUMERALS[number]}−][+{NUMERALS[number + 1]}+]稿" for number in range(11, 1, -1)]
    assert [pair in one for pair, one in zip(pairs, found, strict=True)] == [True] * 10
    assert "还有 2 次更早的修改没有列出。" in tree.text_content()


def test_a_change_of_no_word_is_not_listed(folder: Folder, store: Store, edit: Edit) -> None:
    """Another picture, another target of a link and another policy change no word, so there is nothing to show."""
    edit(seed("标题", "<p><a href='https://e.example/a'>词</a></p>"))
    edit(seed("标题", "<p><a href='https://e.example/b'>词</a></p>"))
    edit(seed("标题", "<p><a href='https://e.example/b'><b>词</b></a></p>", cover="https://e.example/1.png"))
    with store.write() as db:
        db.execute(
            sa.update(entry).values(policy_version=POLICY_VERSION - 1, content="<p>former</p>", published_hash="")
        )
    assert resanitize(store, SANDBOX, {}) == 1

    with store.read() as db:
        assert (
            db.execute(sa.select(revision.c.listed, revision.c.title, revision.c.text)).all()
            == [(None, None, None)] * 2
        )
    assert listed(page(folder, store)) == []


def test_a_counter_gives_no_further_revision(folder: Folder, store: Store, edit: Edit) -> None:
    """Its first change is listed. Later ones do not stand alone; an edit is compared with the counter before it."""
    for number, said in ((1, "旧"), (2, "旧"), (3, "旧"), (3, "新")):
        edit(seed("标题", f"<p>有 {number} 次。</p><p>{said}的文字</p>"))

    changed = ["有 3 次。 [−旧−][+新+]的文字", "有 [−1−][+3+] 次。 旧的文字"]
    assert [one.partition(":00 ")[2] for one in listed(page(folder, store))] == changed


def test_readers_see_no_draft(folder: Folder, store: Store, edit: Edit, take_in: TakeIn) -> None:
    """What was replaced before its date, or while the article was withdrawn, is not shown."""
    date = "2026-11-24 22:30"
    edit(seed("草稿", "<p>草稿</p>", date=date))
    edit(seed("初版", "<p>初版</p>", date=date))
    with store.read() as db:
        assert db.scalars(sa.select(revision.c.listed)).all() == [None]
    edit(seed("初版", "<p>初版</p>", date=date))
    (folder.path / "seeds" / "a.txt").unlink()
    take_in(NOW + 4 * HOUR)
    edit(seed("终版", "<p>终版</p>", date=date))

    with store.read() as db:
        assert db.scalars(sa.select(revision.c.listed)).all() == [None, None]
    assert listed(page(folder, store)) == []


@pytest.mark.parametrize("way", ["private", "withdrawn"])
def test_what_is_not_public_has_no_revisions(
    folder: Folder, store: Store, edit: Edit, take_in: TakeIn, way: str
) -> None:
    """A private or withdrawn article shows no former words, not even when it is public again: the history ended."""
    edit(seed("旧题", "<p>旧文</p>"))
    edit(seed("新题", "<p>新文</p>"))
    config = CONFIG.replace("path: seeds", "path: seeds, rights: private") if way == "private" else CONFIG
    folder.configure(config)
    text = (folder.path / "seeds" / "a.txt").read_text("utf-8")
    if way == "withdrawn":
        (folder.path / "seeds" / "a.txt").unlink()
    take_in(NOW + 3 * HOUR)
    response = client(folder, store, NOW + 4 * HOUR).get(PAGE)

    assert response.status_code == (404 if way == "private" else 410)
    assert "旧" not in response.text
    folder.configure(CONFIG)
    folder.write("a.txt", text)
    take_in(NOW + 5 * HOUR)
    assert listed(page(folder, store)) == []
    edit(seed("终题", "<p>终文</p>"))
    assert len(listed(page(folder, store))) == 1


#: Two ways to lock what was public.
LOCKED = {
    "whole": seed("题", "<p>开头。</p>", password="x"),  # noqa: S106 - of an article
    "a part": seed("题", "<p>开头。</p>{% encrypt %}秘密。{% endencrypt %}"),
}


@pytest.mark.parametrize("locked", LOCKED.values(), ids=LOCKED)
def test_an_article_that_is_locked_hides_its_former_words(
    folder: Folder, store: Store, edit: Edit, locked: str
) -> None:
    """An author who locks an article, or a part of it, does not publish the locked words as removed ones."""
    edit(seed("题", "<p>开头。</p><p>秘密。</p>"))
    edit(locked)
    tree = page(folder, store)

    assert listed(tree) == []
    assert "秘密" not in tree.text_content()


@pytest.mark.parametrize(("which", "number"), [("own", 1), ("all", 1), ("none", 0)])
def test_the_configuration_says_whose_revisions_are_shown(
    folder: Folder, store: Store, edit: Edit, which: str, number: int
) -> None:
    """By default, pages show the changes of articles that are written here."""
    folder.configure(f"{CONFIG}web: {{revisions: {which}}}\n")
    edit(seed("甲", "<p>甲</p>"))
    edit(seed("乙", "<p>乙</p>"))

    assert len(listed(page(folder, store))) == number


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


def test_an_edit_of_an_upstream_is_shown(folder: Folder, store: Store, upstream: Upstream) -> None:
    """The line that names the source is no change, and what rules dropped is not shown."""
    poll, some = Polls(folder, store), articles(3)
    former, rest = some[0].title, "据介绍，该消息由本站编辑整理，更多细节将在正文中公布。"
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS.replace("{kind", "{drop: [{title: 号外}], kind") + ALL, upstream)
    poll.run()
    for word in ("号外", "更正", "最终"):
        upstream.answers["/feed"] = answer(rss(some).replace(former, f"{word}，这是第二稿"))
        poll.run(3 * HOUR)
        poll.run(3 * HOUR)  # without a change: edits at poll after poll would be those of a counter
    web = client(folder, store, poll.now)
    response = web.get(f"/articles/{article_id(some[0].link)}")

    assert [one.partition(":")[2][3:] for one in listed(lxml.html.document_fromstring(response.text))] == [
        f"标题：[−更正−][+最终+]，这是第二稿 [−更正−][+最终+]，这是第二稿。{rest}",
        f"标题：[−{former}−][+更正，这是第二稿+] [−{former}。−][+更正，这是第二稿。+]{rest}",
    ]  # fmt: skip
    assert "号外" not in response.text


def test_a_rule_hides_former_words(folder: Folder, store: Store, upstream: Upstream) -> None:
    """Rules apply to what is shown: a new rule that drops a word also hides it where an entry had it once."""
    poll, some = Polls(folder, store), articles(2)
    poll.configure(NEWS + ALL, upstream)
    for word in ("绝密", "草稿", "最终"):
        upstream.answers["/feed"] = answer(rss(some).replace(some[0].title, f"{word}，这是稿子"))
        poll.run(3 * HOUR)
        poll.run(3 * HOUR)
    page = f"/articles/{article_id(some[0].link)}"
    before = (web := client(folder, store, poll.now)).get(page)
    poll.configure(NEWS.replace("{kind", "{drop: [{any: 绝密}], kind") + ALL, upstream)
    poll.run(3 * HOUR)
    response = web.get(page, headers={"If-Modified-Since": before.headers["Last-Modified"]})

    assert ("绝密" in before.text, response.status_code) == (True, 200)
    assert "绝密" not in response.text
    assert len(listed(lxml.html.document_fromstring(response.text))) == 1


def test_revisions_of_an_earlier_release_have_their_dates(folder: Folder, store: Store, edit: Edit) -> None:
    """An upgrade from 0014 keeps them, but for those that no reader saw. Revisions that follow have words."""
    date = "2026-11-24 21:30"
    for word in ("草稿", "甲", "乙"):
        edit(seed(word, f"<p>{word}</p>", date=date))
    with store.write() as db:
        for column in LATER_THAN_0014:
            db.execute(sa.text(column))
        config = configured()
        config.attributes["connection"] = db
        command.stamp(config, "0014")
    upgraded = open_store(folder.database_url)
    migrate.upgrade(upgraded)
    upgraded.close()
    edit(seed("丙", "<p>丙</p>", date=date))

    assert listed(page(folder, store)) == [
        "修改于 2026-11-24 23:00 标题：[−乙−][+丙+] [−乙−] [+丙+]", "修改于 2026-11-24 22:00 当时的文字没有保存。",
    ]  # fmt: skip


def test_one_query_reads_the_revisions(folder: Folder, store: Store, edit: Edit) -> None:
    """However many there are."""
    for number in range(4):
        edit(seed("标题", f"<p>第 {number} 稿</p>"))
    asked: list[str] = []
    web = client(folder, store, NOW + 9 * HOUR)
    web.get(PAGE)
    sa.event.listen(store.reader, "before_cursor_execute", lambda *given: asked.append(given[2]))
    web.get(PAGE, headers={"Accept-Language": "en"})

    assert len([one for one in asked if "FROM revision" in one]) == 1


def test_a_revision_moves_the_validators(folder: Folder, store: Store, edit: Edit, take_in: TakeIn) -> None:
    """Also of an article that no document shows: a client that asks by ETag or by date gets the new page."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 1, hours: 0}}}\n")
    edit(seed("旧题", date="2026-01-01"))
    for number in range(3):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-10-{number + 1:02}"))
    take_in(NOW + HOUR / 2)
    now = datetime(2026, 12, 1, tzinfo=NOW.tzinfo)
    before = client(folder, store, now).get(PAGE).headers
    edit(seed("新题", date="2026-01-01"))
    web = client(folder, store, now + HOUR)

    after = web.get(PAGE)
    assert after.headers["ETag"] != before["ETag"]
    assert web.get(PAGE, headers={"If-Modified-Since": before["Last-Modified"]}).status_code == 200
    assert web.get(PAGE, headers={"If-Modified-Since": after.headers["Last-Modified"]}).status_code == 304
    assert "[−旧−]</del><ins>[+新+]</ins>题" in after.text


def test_a_page_of_large_revisions_is_light(folder: Folder, store: Store, edit: Edit) -> None:
    """Whatever was changed, the page stays below 60 kB, and says what it leaves out."""
    chosen = random.Random(1)  # noqa: S311 - a text
    for width, number in ((400, 60), (3, 2_000), (30_000, 1), (200_000, 1), (300, 50), (100, 80), (1, 1)):
        lines = ("".join(chr(chosen.randrange(0x4E00, 0x9FA5)) for _ in range(width)) for _ in range(number))
        edit(seed("标题", "".join(f"<p>{line}</p>" for line in lines)))
    tree = page(folder, store)
    text = lxml.html.tostring(tree, encoding="unicode")

    assert len(gzip.compress(text.encode())) < 55_000
    assert len(listed(tree)) == 6
    assert text.count("文章太长，无法比较这次修改。") == 3
    assert text.count("只列出了一部分") == 2
