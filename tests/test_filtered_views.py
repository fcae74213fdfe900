"""Views with filters, by RSSHub's parameters: what people ask of an existing feed, over all that it ever had."""

import json
import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedsvc.filters.deciding import decide
from feedsvc.filters.parameters import chosen, needed
from feedsvc.model import View
from feedsvc.publish import Publisher
from feedsvc.store import Store, choosing, feeds, search
from feedsvc.store import indexing as stored_indexing
from feedsvc.store.readables import readables
from feedsvc.store.schema import entry
from feedsvc.update import Report, indexing
from feedsvc.web.query import parse
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client

TakeIn = Callable[..., Report]

MAKERS = ("华为", "小米", "Apple", "蘋果")
KINDS = ("手机", "汽车", "耳机")
AUTHORS = ("张三", "cnBeta", "机器人")
TEXTS = ("正文提到5G", "正文", "赞助：广告")


class Post(dict[str, str]):
    """A seed as the model sees it."""


def _posts() -> list[Post]:
    """120 articles, the first of them the newest."""
    return [
        Post(
            title=f"{MAKERS[number % 4]}新品{number}", author=AUTHORS[number % 3], category=KINDS[number % 5 % 3],
            text=TEXTS[number % 7 % 3],
        )
        for number in range(120)
    ]  # fmt: skip


@pytest.fixture
def site(folder: Folder, take_in: TakeIn) -> Folder:
    """A site of 120 articles, whose feed has a window of 10."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 10, hours: 0}}}\n")
    for number, post in enumerate(_posts()):
        day = f"2026-{1 + (119 - number) // 28:02}-{1 + (119 - number) % 28:02}"
        text = seed(
            post["title"], f"<p>{post['text']}</p>", date=day, author=post["author"], categories=f"[{post['category']}]"
        )
        folder.write(f"{number:03}.txt", text)
    take_in()
    return folder


def _asked(site: Folder, store: Store, slug: str = "all", **query: Any) -> list[str]:
    """The titles that a query shows."""
    config = site.config()
    publisher = Publisher(store=store, configured=config.catalogue)
    feed, view = publisher.find(slug), parse(urlencode(query), config.site.timezone)
    assert feed
    assert isinstance(view, View), view
    return [one["title"] for one in json.loads(publisher.view(feed, "json", view, NOW).body)["items"]]


def _titles(chosen: Callable[[Post], bool]) -> list[str]:
    return [post["title"] for post in _posts() if chosen(post)]


def test_a_filter_looks_at_everything_and_then_limits(site: Folder, store: Store) -> None:
    """RSSHub: the filter only sees the newest items of the route. Here it sees all of them, whatever the window."""
    wanted = _titles(lambda post: "小米" in post["title"])

    assert _asked(site, store, filter_title="小米", limit=25) == wanted[:25]
    assert _asked(site, store, filter_title="小米") == wanted[:10]


def test_a_category_is_filtered_as_all_is(site: Folder, store: Store) -> None:
    """Take an existing feed, and output it filtered. A view has one ETag, however its address is written."""
    web = client(site, store)
    answer = web.get("/feeds/手机.json?filterout=广告&filter_author=张三&limit=100")
    again = web.get("/feeds/手机.json?limit=100&filter_author=%E5%BC%A0%E4%B8%89&filterout=%E5%B9%BF%E5%91%8A")
    wanted = _titles(
        lambda post: post["category"] == "手机" and "广告" not in post["text"] and post["author"] == "张三"
    )

    assert [one["title"] for one in json.loads(answer.data)["items"]] == wanted != []
    assert (again.data, again.headers["ETag"]) == (answer.data, answer.headers["ETag"])
    assert json.loads(answer.data)["feed_url"].endswith(
        "?filter_author=%E5%BC%A0%E4%B8%89&filterout=%E5%B9%BF%E5%91%8A&limit=100"
    )


#: A search → the titles of a model.
SEARCHES: dict[str, Callable[[Post], bool]] = {
    "苹果": lambda post: "蘋果" in post["title"],
    "ＡＰＰＬＥ 5g": lambda post: "Apple" in post["title"] and "5G" in post["text"],
    '"正文提到"': lambda post: "正文提到" in post["text"],
    "小米 -5G author:张三": lambda post: (
        "小米" in post["title"] and "5G" not in post["text"] and post["author"] == "张三"
    ),
    "title:5G": lambda post: "5G" in post["title"],
    "TITLE： 5G -AUTHOR:张三": lambda post: "5G" in post["title"] and post["author"] != "张三",
    "source:articles category:汽车 -title:华为": lambda post: (
        post["category"] == "汽车" and "华为" not in post["title"]
    ),
    "新品11 -新品110": lambda post: post["title"].endswith("新品11"),
    "date:2026-01": lambda post: int(post["title"].rpartition("品")[2]) > 91,
    "date:2026-01-02..2026-01-03": lambda post: post["title"].endswith(("新品118", "新品117")),
    "date:..2026-01-01": lambda post: post["title"].endswith("新品119"),
}


@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_has_words_phrases_and_fields(site: Folder, store: Store, search: str) -> None:
    """Every word has to occur; script, width and case do not count; a minus excludes; a field may be named."""
    assert _asked(site, store, search=search, limit=500) == _titles(SEARCHES[search])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("filter=(", "at character 1"),
        ("filter=(%3F%3D5G)", "look-around"),
        ("filter_title=" + "x" * 300, "200 characters"),
        ("filterout=" + "(a{30}){30}", "too large"),
        ("filter=a&filter=b", "filter"),
        ("filter_case_sensitive=no&filter=a", "filter_case_sensitive"),
        ("search=", "search"),
        ("search=date:gestern", "2026-11"),
        ("after=0&since=2h", "since"),
        ("search=date:2026-12..2026-01", "earlier date first"),
        ("search=华为 OR 小米", "OR has no meaning"),
        ("search=title:", "word after title:"),
        ("search=华为 -AUTHOR: title:x", "word after author:"),
        ('search=text:""', "word after text:"),
    ],
)
def test_a_wrong_filter_says_where(folder: Folder, store: Store, take_in: TakeIn, query: str, said: str) -> None:
    """A bad pattern is an answer 400 that names the parameter, the place and the remedy, and never a silent feed."""
    take_in()
    answer = client(folder, store).get(f"/feeds/all.rss?{query}", headers={"Accept-Language": "en"})

    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)


FIELDS = {"title": "title", "description": "text", "author": "author", "category": "category"}
PATTERNS = st.sampled_from(["华为|小米", "新品[1-3]", "^Apple", "apple", "cnBeta$", "5G", "广告", "手机|耳机", "不在"])
QUERIES = st.dictionaries(
    st.sampled_from(
        ["filter", "filterout", *(f"{verb}_{name}" for verb in ("filter", "filterout") for name in FIELDS)]
    ),
    PATTERNS,
    min_size=1,
    max_size=3,
)


def _fits(post: Post, query: dict[str, str], flags: int) -> bool:
    for name, pattern in query.items():
        verb, _, part = name.partition("_")
        usual = FIELDS.values() if verb == "filter" else ("title", "text")
        found = any(re.search(pattern, post[field], flags) for field in ([FIELDS[part]] if part else usual))
        if found is (verb == "filterout"):
            return False
    return True


def _with_more(store: Store) -> None:
    """Give some entries what only some sources have: an origin, a tag that is no category, no date."""
    more: list[dict[str, Any]] = [
        {"origin": {"title": "华为社"}},
        {"details": {"tags": ["汽车"]}},
        {"published": None},
        {},
    ]
    with store.write() as db:
        for number, values in enumerate(more * 30, start=1):
            if values:
                db.execute(sa.update(entry).where(entry.c.id == number).values(**values))


#: Filters and searches, of which indexes know all, a part, or nothing.
PARTS = st.lists(
    st.sampled_from([
        ("filter", "华为|小米"), ("filter", "華为"), ("filter_title", "^小米.*新品+"), ("filter_title", "77$|小米"),
        ("filter_category", "汽车|耳"), ("filter_category", "^无$"), ("filterout_category", "手机"),
        ("filterout", "广告"), ("filter_description", "正文+"), ("filter_author", "张三|机器"),
        ("search", "source:华为社"), ("search", "source:articles -source:华为"),
        ("search", "category:汽车 5G"), ("search", "date:2026-02 新品"),
        ("search", "-date:2026-02"), ("search", "date:2026-03.. source:无"), ("search", "蘋果 author:张三"),
    ]),
    min_size=1, max_size=3, unique_by=itemgetter(0),
)  # fmt: skip


@pytest.mark.parametrize("few", [3, search.FEW])
@pytest.mark.parametrize("is_indexed", [False, True])
def test_indexes_leave_out_no_entry_that_fits(
    site: Folder, store: Store, monkeypatch: pytest.MonkeyPatch, *, is_indexed: bool, few: int
) -> None:
    """Any filters find what they fit of whole entries, by whatever index, in the order of arrival."""
    monkeypatch.setattr(search, "FEW", few)
    _with_more(store)
    if is_indexed:
        indexing.fill(store, lambda: False)
    zone = site.config().site.timezone
    with store.read() as db:
        feed = feeds.find(db, "all")
        assert feed
        places = list(search.places(db, feed.id, ()))
        seen = readables(db, [one.story_id for one in places])

        @settings(max_examples=40)
        @given(PARTS)
        def compare(view: list[tuple[str, str]]) -> None:
            fits = chosen(view, zone)
            assert fits
            wanted = [one.position for one in places if decide(fits, seen[one.story_id]).fits]
            assert list(choosing.positions(db, feed.id, fits, words=needed(view))) == wanted

        compare()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, is_cased=st.booleans(), limit=st.sampled_from([3, 50, 500]))
def test_all_parameters_together(
    site: Folder, store: Store, *, query: dict[str, str], is_cased: bool, limit: int
) -> None:
    """Any combination shows what a plain model of it chooses, in order, up to the limit."""
    flags = 0 if is_cased else re.IGNORECASE
    case = {} if is_cased else {"filter_case_sensitive": "false"}
    wanted = _titles(lambda post: _fits(post, query, flags))

    assert _asked(site, store, **query, **case, limit=limit) == wanted[:limit]


def test_the_index_of_terms_changes_no_answer(site: Folder, store: Store) -> None:
    """Before and after the entries are indexed, each search shows the same."""
    before = {search: _asked(site, store, search=search, limit=500) for search in SEARCHES}
    indexing.fill(store, lambda: False)
    with store.read() as db:
        assert stored_indexing.count(db) == 0

    assert {search: _asked(site, store, search=search, limit=500) for search in SEARCHES} == before
