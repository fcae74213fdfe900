"""Over several answers of a source, no entry is lost or doubled. `updated` moves only with a visible change."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.model import Entry
from feedsvc.store import migrate, open_store
from tests.conftest import Folder
from tests.data.upstream import Upstream, answer, serving
from tests.data.world import LONG, Item, as_rss
from tests.test_upstreams import HOUR, START, Polls

#: A source without an article key.
PLAIN = '  plain: {kind: upstream, url: "URL/feed", allow_private: true}\n'

DAY = timedelta(days=1)
DATE = START - 2 * DAY

Ask = Callable[[Sequence[Item]], list[Entry]]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


@pytest.fixture
def poll(folder, store) -> Polls:  # type: ignore[no-untyped-def]
    """Polls at START and later."""
    return Polls(folder, store)


@pytest.fixture
def ask(poll: Polls, upstream: Upstream) -> Ask:
    """Let the upstream answer with some items, poll it, and say what is shown then."""
    poll.configure(PLAIN, upstream)

    def run(items: Sequence[Item]) -> list[Entry]:
        upstream.answers["/feed"] = answer(as_rss(items))
        poll.run(2 * HOUR)
        return poll.shown()

    return run


def news(number: int, host: str = "https://www.old.example") -> Item:
    """The article of a site that gives its link for a guid."""
    link = f"{host}/d/{number}.html"
    title = f"第{number}号报道：云平台上线"
    return Item(guid=link, link=link, title=title, text=f"{LONG}（{number}）", date=DATE + number * HOUR)


def told(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Title and guid."""
    return [(one.title, one.guid) for one in entries]


SITE = [news(number) for number in range(5)]


@pytest.mark.parametrize(
    "moved",
    [
        [news(number, "https://www.new.example") for number in range(5)],
        [replace(one, guid=one.guid.replace("https", "http"), link=one.link.replace("https", "http")) for one in SITE],
        [replace(one, guid=f"urn:new:{one.title}", link=f"https://b.example/?p={one.title}") for one in SITE],
        [replace(one, guid="", link="https://b.example/") for one in SITE],
        [replace(one, guid=f"n{at}", title=f"{one.title}！（图）") for at, one in enumerate(SITE)],
        list(reversed([news(number, "https://www.new.example") for number in range(5)])),
    ],
    ids=["host", "scheme", "everything", "no address at all", "headlines too", "order too"],
)
def test_a_site_that_moves_brings_nothing_new(ask: Ask, moved: list[Item]) -> None:
    """Entries keep their first guids; a reader sees no edit, unless the headline is another."""
    before = ask(SITE)
    ask(moved)
    after = ask(moved)

    assert [one.guid for one in after] == [one.guid for one in before]
    if [one.title for one in after] == [one.title for one in before]:
        assert [one.updated for one in after] == [one.updated for one in before]


IST = "<item><guid>ist</guid><title>别的消息</title><pubDate>Mon, 02 Mar 2026 14:48:32 IST</pubDate></item>"


@pytest.mark.parametrize("beside", [IST, "<item/>"], ids=["a date that nobody can read", "an empty item"])
def test_an_item_with_a_fault_hides_no_move(poll: Polls, upstream: Upstream, beside: str) -> None:
    """A site that moves keeps its guids, also if an item has a bad date or is empty."""
    poll.configure(PLAIN, upstream)
    found = []
    for items in (SITE, [replace(one, guid=one.guid.replace("https", "http"), link=f"{one.link}?n") for one in SITE]):
        upstream.answers["/feed"] = answer(as_rss(items).replace("</channel>", f"{beside}</channel>"))
        poll.run(2 * HOUR)
        found.append(sorted(one.guid for one in poll.shown()))

    assert found[0] == found[1]


def test_a_limit_that_is_just_reached_hides_no_move(poll: Polls, upstream: Upstream) -> None:
    """An answer with as many entries as are read is all of its feed."""
    poll.configure(PLAIN.replace("}", f", max_entries: {len(SITE)}}}"), upstream)
    for host in ("https://www.old.example", "https://www.new.example"):
        upstream.answers["/feed"] = answer(as_rss([news(number, host) for number in range(5)]))
        poll.run(2 * HOUR)

    assert len(poll.shown()) == len(SITE)


def test_a_long_guid_is_as_good_as_a_short_guid(ask: Ask) -> None:
    """A guid too long for an index is known again: another item with its headline and date is another entry."""
    first = Item(guid=f"urn:x:{'y' * 2500}", title="Daily quotes", text="甲", date=DATE)
    ask([first])
    entries = ask([first, replace(first, guid="other", text="乙")])

    assert {one.content[0] for one in entries} == {"甲", "乙"}


def test_a_link_with_a_session_is_one_entry(ask: Ask) -> None:
    """A source without guids whose links differ at each answer has one entry, and no edit of it."""
    for number in range(3):
        item = Item(link=f"https://s.example/a?id=5&sid={number}", title="云平台上线", text=LONG, date=DATE)
        (only,) = ask([item])

        assert only.updated == DATE
        assert only.link == item.link


def test_three_pieces_of_one_date_stay_three(ask: Ask) -> None:
    """Links that differ at each answer, and one date for all: headlines tell the pieces apart."""
    for version in "abc":
        items = [
            Item(link=f"https://s.example/?v={version}{number}", title=f"第{number}种检测方法", text="摘要", date=DATE)
            for number in range(3)
        ]
        entries = ask(items)

    assert {one.title for one in entries} == {f"第{number}种检测方法" for number in range(3)}
    assert len(entries) == 3


@pytest.mark.parametrize("unit", ["次", "分钟前", "minutes ago"])
def test_a_counter_is_news_once(ask: Ask, unit: str) -> None:
    """A number that differs at every poll, and a picture with another query, move `updated` once."""
    moved = set()
    for number in (100, 113, 126, 139):
        text = f'<p>{LONG}</p><img src="https://s.example/p.png?{number}"><p>阅读 {number} {unit}</p>'
        (only,) = ask([Item(guid="c", title="计数", text=text, date=DATE)])
        moved.add(only.updated)

        assert f"{number} {unit}" in only.content
    assert len(moved) == 2


def test_a_counter_that_rests_is_no_news_either(ask: Ask) -> None:
    """A counter that stands still at every second poll moves `updated` once."""
    moved = set()
    for number in (100, 113, 113, 126, 126, 139, 139, 150):
        (only,) = ask([Item(guid="c", title="计数", text=f"<p>{LONG}</p><p>阅读 {number} 次</p>", date=DATE)])
        moved.add(only.updated)

    assert len(moved) == 2


def test_a_number_in_a_headline_that_stood_still_is_news(ask: Ask) -> None:
    """A headline whose number rises again after a poll without a change moves `updated` each time."""
    moved = set()
    for number in (3, 12, 12, 120, 120, 1500):
        (only,) = ask([Item(guid="c", title=f"Quake kills {number}", text=LONG, date=DATE)])
        moved.add(only.updated)

    assert len(moved) == 4


def _by_place(pieces: Sequence[Item]) -> list[Item]:
    """A feed that numbers its items by place: each answer gives each piece another guid."""
    return [replace(one, guid=str(place)) for place, one in enumerate(reversed(pieces))]


PLACES = {
    "pages of their own, no text": [
        Item(title=f"Piece {one}", link=f"https://s.example/{one}", date=DATE) for one in "abc"
    ],
    "no pages": [
        Item(title=f"Word of the day: {one}", text=f"About {one}.", date=DATE + at * DAY)
        for at, one in enumerate(("apple", "grape", "melon"))
    ],
    "one page for all": [
        Item(title=f"Show {one}", text=f"{one} {one}b {one}c" * 30, link="https://s.example/show", date=DATE + at * DAY)
        for at, one in enumerate(("amber", "birch", "cedar"))
    ],
}  # fmt: skip


@pytest.mark.parametrize("pieces", PLACES.values(), ids=PLACES)
def test_guids_by_place_hand_no_piece_to_another(ask: Ask, pieces: list[Item]) -> None:
    """Each piece keeps the guid under which it came, and none is lost."""
    guids = dict[str, str]()
    for number in range(1, len(pieces) + 1):
        entries = ask(_by_place(pieces[:number]))
        guids = {one.title: one.guid for one in entries} | guids

        assert {one.title: one.guid for one in entries} == guids
    assert len(guids) == len(pieces)


def test_an_entry_that_differs_at_every_poll_is_told(poll: Polls, upstream: Upstream) -> None:
    """`updated` stands still after two edits in a row, and the operator is told which entry it is."""
    poll.configure(PLAIN, upstream)
    problems, moved = list[str](), set[datetime | None]()
    for word in ("一", "苹果", "天气", "股票", "广告"):
        text = f"<p>{LONG}</p><p>推荐：{word}</p>"
        upstream.answers["/feed"] = answer(as_rss([Item(guid="c", title="推荐位", text=text, date=DATE)]))
        problems = [problem for taken in poll.run(2 * HOUR) for problem in taken.problems]
        moved.add(poll.shown()[0].updated)

    assert problems == ["1 entry differs at every poll; its date of change no longer moves: 推荐位"]
    assert len(moved) == 3


def test_a_column_has_an_entry_a_day(ask: Ask) -> None:
    """The same headline each day, with another guid, link, date and text, is another entry each day."""
    for day in range(3):
        entries = ask([Item(guid=f"g{day}", link=f"https://s.example/{day}", title="每日早报",
                            text=f"{day}日：" + LONG[day:], date=DATE + day * DAY)])  # fmt: skip

    assert len(entries) == 3


def test_mistakes_that_are_mended_are_edits(ask: Ask) -> None:
    """A wrong character of the headline, later one of the text: one entry, and `updated` moves twice."""
    right = Item(guid="m", link="https://s.example/m", title="云平台正式上线", text=LONG, date=DATE)
    dates = [
        ask([item])[0].updated
        for item in (replace(right, title="云平台正式上缐", text=LONG[:-2]), replace(right, text=LONG[:-2]), right)
    ]

    assert len(set(dates)) == 3
    assert dates == sorted(dates)  # type: ignore[type-var]


def test_a_date_of_publication_never_moves_forward(ask: Ask) -> None:
    """A source that gives its date of change for the date of publication moves nothing up."""
    item = Item(guid="d", link="https://s.example/d", title="发布说明", text="一", date=DATE)
    ask([item])
    (only,) = ask([replace(item, date=DATE + DAY, text="二")])

    assert only.published == DATE


@pytest.mark.parametrize(
    ("items", "titles"),
    [
        ([Item(link="https://s.example/polls", title=f"投票第{n}期", text=f"选项{n}", date=DATE + n * DAY)
          for n in range(2)], ["投票第1期", "投票第0期"]),
        ([Item(guid="https://s.example/show", link="https://s.example/show", title=f"节目{n}", text=f"第{n}集",
               date=DATE, file=f"https://s.example/{n}.mp3") for n in range(3)], ["节目0", "节目1", "节目2"]),
        ([Item(guid="N/A", link="N/A", title=f"Suite {n}", text="notes", date=DATE + n * HOUR) for n in range(3)],
         ["Suite 2", "Suite 1", "Suite 0"]),
        ([Item(guid="urn:thread", link=f"https://s.example/t#c{n}", title="Re: cards", text=f"Answer {n}",
               date=DATE + n * HOUR) for n in range(3)], ["Re: cards"] * 3),
        ([Item(guid=f"https://s.example/n#{n}", link="https://s.example/n", title="Rocket", text="body", date=DATE)
          for n in (0, 3)], ["Rocket"]),
        ([Item(text="gm"), Item(text="gm")], ["gm"]),
        ([Item(link="https://s.example/show", title=f"第{n}集节目", text=LONG, date=DATE + n * DAY,
               file=f"https://s.example/{n}.mp3", guid=f"e{n}") for n in range(15)],
         [f"第{n}集节目" for n in reversed(range(15))]),
    ],
    ids=["one link, no guid", "one guid and link", "no real guid", "a thread's guid", "one piece twice", "a word twice",
         "a programme's page"],
)  # fmt: skip
def test_what_several_items_share_identifies_none(ask: Ask, items: list[Item], titles: list[str]) -> None:
    """Every distinct item is an entry, asked once or again, with one item more or less, in another order."""
    first = ask(items)
    guids = {one.guid for one in first}

    assert sorted(one.title for one in first) == sorted(titles)
    assert told(ask(items)) == told(first)
    assert {one.guid for one in ask(items[1:])} == guids
    assert {one.guid for one in ask(list(reversed(items)))} == guids


def test_an_item_more_on_a_shared_page_is_one_more(ask: Ask) -> None:
    """Polls that all link to one page, asked week by week: each is there once, under its first guid."""
    polls = [Item(link="https://s.example/polls", title=f"投票第{n}期", text=f"问题{n}", date=DATE + n * HOUR)
             for n in range(4)]  # fmt: skip
    guids: set[str] = set()
    for number in range(1, 5):
        entries = ask(polls[max(0, number - 2) : number])

        assert guids < {one.guid for one in entries}
        guids = {one.guid for one in entries}
    assert len(guids) == 4


def test_undated_entries_keep_the_order_of_their_feed(ask: Ask) -> None:
    """The first item of a feed without dates is the newest, at the first answer and later."""
    titles = ["丁", "丙", "乙", "甲"]
    first = ask([Item(guid=title, title=title, text="x") for title in titles])
    later = ask([Item(guid=title, title=title, text="x") for title in ["己", "戊", *titles]])

    assert [one.title for one in first] == titles
    assert [one.title for one in later] == ["己", "戊", *titles]


EP = Item(title="Aurora", text="Read aloud.", date=DATE)
GEANY = Item(guid="http://www.geany.example/Main/20170717", link="http://www.geany.example/Main/20170717", date=DATE)
UUID = "uuid:e36303e9-6d13-4e03-9916-62b466775a4"
PAPER = Item(title="Markets rise", link="https://wsj.example/a.html", text=LONG, date=DATE)

#: Report → the answers, one after the other, and the entries that there must be in the end.
REPORTS: dict[str, tuple[list[list[Item]], int]] = {
    "gpodder 847: one guid among many items": (
        [[replace(EP, title=f"Track {n}", file=f"https://e.example/{n}", guid="x" * (n == 3)) for n in range(9)]] * 2,
        9,
    ),
    "FreshRSS 1614: two articles of one day, one guid": (
        [[replace(GEANY, title="Release", text="a"), replace(GEANY, title="Plugins", text="b")]] * 2, 2,
    ),
    "FreshRSS 1362: two items of one month": (
        [[replace(GEANY, title="2016-09: Hash", text="a"), replace(GEANY, title="2016-11: Hash", text="a")]] * 2, 2,
    ),
    "amazon-polly-sample 8: parts of one piece": (
        [[replace(EP, guid=f"573c_{n}", file=f"https://s3.example/573c_{n}.mp3", date=DATE - n * timedelta(seconds=1))
          for n in range(3)]] * 2, 3,
    ),
    "gpodder 1474: a playlist with an episode twice": (
        [[replace(EP, guid="yt:1", link="https://y.example/1"), replace(EP, guid="yt:2", title="Memory"),
          replace(EP, guid="yt:1", link="https://y.example/1")]] * 2, 2,
    ),
    "feedbin 206: the scheme of guids": (
        [[replace(PAPER, guid="http://wsj.example/?p=1")], [replace(PAPER, guid="https://wsj.example/?p=1")]], 1,
    ),
    "NetNewsWire 3286: a word mended in the address": (
        [[replace(PAPER, guid=link, link=link)] for link in ("https://n.example/your-own", "https://n.example/a-your-own")],
        1,
    ),
    "feedbin/support 580: guids that are random": (
        [[replace(PAPER, guid=f"{UUID}{n};id={m}", title=f"Service {m}") for m in range(3)] for n in range(3)], 3,
    ),
    "feedbin/support 416: no guid, a link that is tracked": (
        [[replace(PAPER, link=f"https://wsj.example/a.html?mod=rss_{n}")] for n in range(3)], 1,
    ),
    "a counter in the headline and in the link": (
        [[replace(PAPER, guid="c1", title=f"Counter {n}", link=f"https://wsj.example/1?s={n}", text=f"views: {n}")]
         for n in range(4)], 1,
    ),
    "an undated headline mended": (
        [[Item(guid="a1", title=title), Item(guid="a2", title="Other news")] for title in ("Fire", "Fire is out")], 2,
    ),
    "a feed of the newest episode alone": (
        [[Item(guid=f"ep{n}", link="https://s.example/show", title=f"Guest {n * 'c'} speaks", text="Our weekly talk.",
               date=DATE + n * HOUR, file=f"https://s.example/{n}.mp3")] for n in range(3)], 3,
    ),
    "no guid, and a headline mended": (
        [[Item(link="https://s.example/7", title=f"Fire in the {town}", text=LONG)] for town in ("twon", "town")], 1,
    ),
    "one guid for all, and a headline mended": (
        [[replace(PAPER, guid="0", link=f"https://wsj.example/{n}", title=f"Article {n}{more * (n == 1)}", text="",
                  date=DATE - n * HOUR) for n in range(3)] for more in ("", ", corrected")], 3,
    ),
    "feedbin/support 198: a number of comments in the headline": (
        [[replace(PAPER, guid="c1", title=f"Chainsaw ({n} comments)")] for n in range(4)], 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "number"), REPORTS.values(), ids=REPORTS)
def test_what_users_of_other_readers_reported(ask: Ask, answers: list[list[Item]], number: int) -> None:
    """No item is lost, none comes twice, and no guid changes."""
    guids = {one.guid for one in ask(answers[0])}
    for items in answers[1:]:
        entries = ask(items)

        assert guids <= {one.guid for one in entries}
    assert len(entries) == number


# --- several sources -------------------------------------------------------------------------------------------------

SEVERAL = "".join(
    f'  {name}: {{kind: upstream, url: "URL/{name}", allow_private: true, categories: [{name}]}}\n' for name in "abc"
)
SHOW = "https://s.example/show"
EPISODES = [
    Item(guid=f"m{n}", link=SHOW, title=f"第{n}集", text=f"第{n}集的节目介绍。", date=DATE + n * DAY) for n in range(4)
]
MIRRORS = {
    "a": [replace(SITE[0], text=LONG), SITE[1], EPISODES[2], EPISODES[1]],
    "b": [SITE[0], replace(SITE[1], text=f"<p>{LONG}</p><p>{LONG}</p>"), *reversed(EPISODES)],
    "c": [Item(title="首页更新", link="https://m.example/", guid="n-1", text="没有日期。"), SITE[2],
          replace(SITE[0], guid="c0", link="https://c.example/0", date=DATE + HOUR)],
}  # fmt: skip


def _answers(upstream: Upstream, of: dict[str, list[Item]]) -> None:
    upstream.answers |= {f"/{name}": answer(as_rss(items)) for name, items in of.items()}


def test_equal_guids_outrank_a_shared_page(poll: Polls, upstream: Upstream) -> None:
    """An episode that only one of two mirrors has is itself, although all link to the programme's page."""
    _answers(upstream, {"a": [EPISODES[2], EPISODES[1]], "b": [EPISODES[3], EPISODES[2], EPISODES[1]], "c": []})
    poll.configure(SEVERAL, upstream)
    poll.run()

    assert [(one.title, one.guid) for one in poll.shown()] == [(f"第{n}集", f"m{n}") for n in (3, 2, 1)]


def test_the_order_of_polls_does_not_count(tmp_path: Path, upstream: Upstream) -> None:
    """Whichever source answers first, on a new database: the same guids and the same documents."""
    _answers(upstream, MIRRORS)
    made = set()
    for order in itertools.permutations(SEVERAL.splitlines(keepends=True)):
        folder = Folder(path=tmp_path / str(len(list(tmp_path.iterdir()))))
        folder.path.mkdir()
        store = open_store(folder.database_url)
        migrate.upgrade(store)
        poll = Polls(folder, store)
        poll.configure("".join(order), upstream)
        poll.run()
        made.add((tuple(told(poll.shown())), tuple(poll.documents())))
        store.close()

    ((shown, documents),) = made
    assert len(documents) == 12
    assert [guid for _, guid in shown] == [
        "m3", "m2", "m1", "n-1", SITE[2].guid, SITE[1].guid, "m0", SITE[0].guid,
    ]  # fmt: skip


def test_a_story_has_the_picture_and_the_page_that_a_member_knows(poll: Polls, upstream: Upstream) -> None:
    """The first member has neither; the fullest has no picture."""
    title = "国家云计算平台正式上线运营"
    bare = Item(guid="urn:x:bare-member", title=title, text=LONG, date=DATE)
    page = replace(
        bare, link="https://s.example/1", date=DATE + HOUR, text=f"{LONG}<img src='https://s.example/1.jpg'>"
    )
    full = replace(bare, link="https://c.example/1", date=DATE + HOUR, text=LONG * 4)
    upstream.answers |= {"/a": answer(as_rss([bare])), "/c": answer(as_rss([full]))}
    upstream.answers["/b"] = answer(
        as_rss([page])
        .replace("<link>", '<media:thumbnail url="https://s.example/t.jpg"/><link>', 1)
        .replace("<rss", '<rss xmlns:media="http://search.yahoo.com/mrss/"', 1)
    )
    poll.configure(SEVERAL, upstream)
    poll.run()
    (only,) = poll.shown()

    assert (only.guid, only.link, only.image) == (bare.guid, full.link, "https://s.example/t.jpg")


@pytest.mark.parametrize(
    "items",
    [
        [Item(title="首页更新", link="https://m.example/", guid="n-1", text="没有日期的一条。")],
        [Item(title=f"Ep {n}", link=SHOW, guid=f"https://s.example/{n}", text="节目", date=DATE) for n in range(3)],
        [Item(text="gm"), Item(text="gm ")],
        [Item(guid="1", title="甲"), Item(guid="1", title="乙")],
    ],
    ids=["undated", "podcast", "a word", "one guid"],
)
def test_three_mirrors_are_taken_in(poll: Polls, upstream: Upstream, items: list[Item]) -> None:
    """Three sources with the same bytes, then each under another name twice: no error, and nothing is lost."""
    _answers(upstream, dict.fromkeys("abc", items))
    for suffix in ("", "2", "3"):
        lines = "".join(line.replace(": {", f"{suffix}: {{", 1) for line in SEVERAL.splitlines(keepends=True))
        poll.configure(lines, upstream)

        assert [taken.error for taken in poll.run(2 * HOUR)] == [None] * 3
        assert {one.title for one in poll.shown()} == {item.title or item.text.strip() for item in items}
