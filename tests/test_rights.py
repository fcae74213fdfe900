"""The rights of a source: who is named, what is a copy, and what is never public; on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

from feedsvc.identity import article_id
from feedsvc.model import FORMATS
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.update import Report, update
from feedsvc.web.addresses import addresses
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, feedsvc, seed
from tests.data.feeds import articles, rss
from tests.data.samples import client
from tests.data.upstream import Upstream, answer
from tests.test_upstreams import CONFIG as UPSTREAMS
from tests.test_upstreams import HOUR, NEWS, Polls, poll, upstream

__all__ = ["poll", "upstream"]

TakeIn = Callable[..., Report]

#: A second source of the same pieces.
OTHER = NEWS.replace("news:", "other:").replace("URL", "URL2").replace("[新闻]", "[转载]")

#: The folder of articles.
SEEDS = "  articles: {kind: seeds, path: seeds}\n"

#: Two feeds: one of each source.
FEEDS = "feeds: {a: {sources: [news]}, b: {sources: [other]}}\n"


def declared(sources: str, rights: str) -> str:
    """A source with rights."""
    return sources.replace("kind: upstream", f"kind: upstream, rights: {rights}")


def site_of(folder: Folder, store: Store) -> dict[str, str]:
    """Everything that readers can get, by its address: what a build writes, views, and all article pages."""
    web = client(folder, store)
    config = folder.config()
    publisher = Publisher(store=store, configured=config.catalogue)
    paths = [one.path for one in addresses(publisher, config.aliases)]
    views = [f"/feeds/{feed.slug}.{form}?limit=9" for feed in publisher.feeds() for form in FORMATS]
    return {path: web.get(path).text for path in (*paths, *views)}


def holding(folder: Folder, store: Store, *words: str) -> list[str]:
    """The addresses whose answer has one of these words."""
    return [path for path, text in site_of(folder, store).items() if any(word in text for word in words)]


def _json(folder: Folder, store: Store, path: str) -> Any:
    """What an address answers as JSON."""
    return client(folder, store).get(path).json


# --- private ---------------------------------------------------------------------------------------------------------


def test_a_private_folder_is_nowhere(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Articles of a private folder, their categories included, are in no document, page, view, list or archive."""
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, rights: private"))
    folder.write("a.txt", seed("密谈", "<p>密文</p>", categories="[密类]"))
    take_in()

    assert holding(folder, store, "密谈", "密文", "密类") == []


def test_a_folder_becomes_private_and_public_again(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The next update withdraws the articles, and later brings them back as they were, with those of the meantime."""
    folder.write("a.txt", seed("密谈", "<p>密文</p>"))
    take_in()
    before = _json(folder, store, "/feeds/all.json")
    guid = before["items"][0]["id"]

    folder.configure(CONFIG.replace("path: seeds", "path: seeds, rights: private"))
    folder.write("b.txt", seed("又一篇", "<p>密文</p>"))
    take_in(NOW + HOUR)
    assert holding(folder, store, "密谈", "又一篇") == []
    assert client(folder, store).get(f"/articles/{article_id(guid)}").status_code == 404

    folder.configure(CONFIG)
    take_in(NOW + 2 * HOUR)
    after = _json(folder, store, "/feeds/all.json")
    assert [one for one in after["items"] if one["id"] == guid] == before["items"]
    assert {one["title"] for one in after["items"]} == {"密谈", "又一篇"}
    assert client(folder, store).get(f"/articles/{article_id(guid)}").status_code == 200


def test_a_folder_that_becomes_private_under_another_name_is_private(
    folder: Folder, store: Store, take_in: TakeIn
) -> None:
    """The articles that the folder published under its former name are withdrawn."""
    folder.write("a.txt", seed("密谈", "<p>密文</p>"))
    take_in()
    folder.configure(CONFIG.replace("articles: {kind: seeds", "diary: {kind: seeds, rights: private"))
    take_in(NOW + HOUR)

    assert holding(folder, store, "密谈", "密文") == []


def test_a_reader_of_changes_hears_of_a_withdrawal(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A program that follows a feed is told that the articles are gone, and later that they are back."""
    folder.write("a.txt", seed())
    take_in()
    first = _json(folder, store, "/feeds/all.json?after=0")
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, rights: private"))
    take_in(NOW + HOUR)
    second = _json(folder, store, f"/feeds/all.json?after={first['_feedsvc']['after']}")
    folder.configure(CONFIG)
    take_in(NOW + 2 * HOUR)
    third = _json(folder, store, f"/feeds/all.json?after={second['_feedsvc']['after']}")

    guids = [one["id"] for one in first["items"]]
    assert ([one["id"] for one in second["_feedsvc"]["deleted"]], second["items"]) == (guids, [])
    assert [one["id"] for one in third["items"]] == guids


def test_a_private_upstream_is_read_and_not_shown(poll: Polls, upstream: Upstream) -> None:
    """The entries are stored, and none is public. Without the word, they come out with the guids of the upstream."""
    some = articles(3)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(declared(NEWS, "private"), upstream)

    assert poll.counts() == {"new": 3}
    assert holding(poll.folder, poll.store, some[0].title, "新闻网", "新闻<") == []

    poll.configure(NEWS, upstream)
    poll.run(HOUR)
    assert [guid for _, guid, _ in poll.entries()] == [guid for _, guid, _ in poll.entries("新闻")]
    assert [guid for _, guid, _ in poll.entries()] == [one.link for one in some]


def test_a_public_story_does_not_tell_of_a_private_member(poll: Polls, upstream: Upstream) -> None:
    """A piece that another source has too is shown as that source has it: name, link, category and text."""
    some = articles(2)
    private = rss(some).replace("新闻网", "密网").replace("<link>https://www", "<link>https://secret")
    # The text of the private member is the fuller one.
    upstream.answers["/feed"] = answer(private.replace("更多细节", f"密文{'，详情' * 99}，更多细节"))
    upstream.answers["/other"] = answer(rss(some))
    other = OTHER.replace("URL2/feed", "URL/other")
    poll.configure(NEWS + FEEDS.replace(", b: {sources: [other]}", ""), upstream)
    poll.run()
    poll.configure(NEWS + other + FEEDS, upstream)
    poll.run(HOUR)
    both = poll.shown()
    assert {(len(one.origins), "密文" in one.content) for one in both} == {(2, True)}
    assert len(poll.entries("a")) == 2

    poll.configure(declared(NEWS, "private") + other + FEEDS, upstream)
    poll.run(HOUR)

    assert holding(poll.folder, poll.store, "密网", "//secret", "密文") == []
    assert [(one.guid, one.categories) for one in poll.shown()] == [(one.guid, ("转载",)) for one in both]
    assert (poll.entries("a"), len(poll.entries("b"))) == ([], 2)

    poll.configure(NEWS + other + FEEDS, upstream)
    poll.run(HOUR)
    assert poll.shown() == both
    assert len(poll.entries("a")) == 2


def test_a_piece_that_was_never_public_leaves_no_trace(poll: Polls, upstream: Upstream) -> None:
    """If a private source has a piece first, the story begins with the public source: its guid and its date."""
    some = articles(2)
    upstream.answers["/feed"] = answer(rss(some).replace("<guid>", "<guid>secret-"))
    upstream.answers["/other"] = answer(rss(some))
    poll.configure(declared(NEWS, "private"), upstream)
    poll.run()
    poll.configure(declared(NEWS, "private") + OTHER.replace("URL2/feed", "URL/other"), upstream)
    poll.run(HOUR)

    assert [guid for _, guid, _ in poll.entries()] == [one.link for one in some]
    assert holding(poll.folder, poll.store, "secret-") == []


def test_a_page_of_our_own_takes_the_place_of_a_private_link(poll: Polls, upstream: Upstream) -> None:
    """Where only the private member had a page elsewhere, the article has its page here, also in a build."""
    (one,) = articles(1)
    upstream.answers["/feed"] = answer(rss([one]))
    poll.configure(NEWS, upstream)
    poll.run()
    poll.folder.write(
        "a.txt", seed(one.title, one.text, date=f"{one.published:%Y-%m-%d %H:%M:%S}Z", categories="[新闻]")
    )
    poll.configure(NEWS + SEEDS, upstream)
    poll.import_seeds()
    poll.configure(declared(NEWS, "private") + SEEDS, upstream)
    poll.run(HOUR)
    page = f"/articles/{article_id(one.link)}"

    assert poll.entries() == poll.entries("新闻") == [(one.title, one.link, None)]
    assert one.title in site_of(poll.folder, poll.store)[page]


def test_a_category_of_public_and_private_entries_has_a_feed(folder: Folder, store: Store) -> None:
    """A category is hidden only if no public source has it."""
    folder.configure(CONFIG + "  diary: {kind: seeds, path: diary, rights: private}\n")
    (folder.path / "diary").mkdir()
    (folder.path / "diary" / "b.txt").write_text(seed("密谈", "<p>密文</p>", categories="[甲, 密类]"), "utf-8")
    folder.write("a.txt", seed(categories="[甲]"))
    config = folder.config()
    update(store, SANDBOX, config.sources, config.catalogue, NOW)

    assert len(_json(folder, store, "/feeds/甲.json")["items"]) == 1
    assert holding(folder, store, "密谈", "密类") == []


def test_a_category_that_a_private_entry_had_stays_hidden(folder: Folder, store: Store) -> None:
    """The author of a private entry takes a category away. Its name does not become public thereby."""
    folder.configure(CONFIG + "  diary: {kind: seeds, path: diary, rights: private}\n")
    file = folder.path / "diary" / "b.txt"
    file.parent.mkdir()
    folder.write("a.txt", seed(categories="[甲]"))
    for number, category in enumerate(("密类", "别类")):
        file.write_text(seed("密谈", "<p>密文</p>", categories=f"[{category}]"), "utf-8")
        config = folder.config()
        update(store, SANDBOX, config.sources, config.catalogue, NOW + number * HOUR)

    assert holding(folder, store, "密类", "别类") == []


def test_an_older_configuration_makes_nothing_public(poll: Polls, upstream: Upstream) -> None:
    """A worker that still has the settings from before does not undo that a source became private."""
    some = articles(1)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    poll.run()
    former = poll.folder.config_file.read_text("utf-8")
    poll.configure(declared(NEWS, "private"), upstream)
    poll.run(HOUR)
    poll.folder.configure(former)
    poll.run(HOUR)

    assert poll.entries() == []


def test_an_update_hides_a_private_upstream_without_a_poll(poll: Polls, upstream: Upstream) -> None:
    """`feedsvc update` withdraws the entries, also while no worker runs. No worker is needed to bring them back."""
    upstream.answers["/feed"] = answer(rss(articles(2)))
    poll.configure(NEWS, upstream)
    poll.run()
    number = len(upstream.requests)
    for rights, shown in (("private", 0), ("feed", 2)):
        poll.folder.configure(UPSTREAMS + declared(NEWS.replace("URL", upstream.url), rights))
        ended = feedsvc(poll.folder, "update", DATABASE_URL=poll.folder.database_url)

        assert ended.returncode == 0, ended.stderr
        assert len(_json(poll.folder, poll.store, "/feeds/all.json")["items"]) == shown
    assert len(upstream.requests) == number


# --- whose work a piece is -------------------------------------------------------------------------------------------


def test_the_declared_holder_is_named_once(poll: Polls, upstream: Upstream) -> None:
    """The text names the source and the holder, and links to the original. All formats have holder and licence."""
    some = articles(1)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    poll.run()
    assert not any("甲公司" in one.decode() for one in poll.documents())
    rights = "{kind: licensed, holder: 甲公司, url: 'https://a.example/', license: 'https://a.example/l.xml'}"
    poll.configure(declared(NEWS, rights), upstream)
    poll.run(HOUR)
    (entry,) = poll.shown()
    line = f'<p>来源：<a href="{some[0].link}" rel="noopener noreferrer ugc">新闻网 RSS订阅</a>（甲公司）</p>'
    documents = [one.decode() for one in poll.documents()]

    assert entry.content.endswith(line)
    assert entry.content.count("来源：") == 1
    assert (entry.rights, entry.details.license, entry.origins[0].url) == (
        "甲公司", "https://a.example/l.xml", "https://a.example/",
    )  # fmt: skip
    assert all("甲公司" in one and "https://a.example/l.xml" in one for one in documents)
    assert any('rel="license"' in one for one in documents)
    assert any("<creativeCommons:license>https://a.example/l.xml" in one for one in documents)


def test_a_notice_of_the_upstream_is_kept(poll: Polls, upstream: Upstream) -> None:
    """An entry's own notice, or that of its feed, goes out, and not the holder that the configuration names."""
    upstream.answers["/feed"] = answer(rss(articles(1), head="<copyright>© 新闻网 2026</copyright>"))
    poll.configure(declared(NEWS, "{kind: feed, holder: 甲公司}"), upstream)
    poll.run()

    assert [one.rights for one in poll.shown()] == ["© 新闻网 2026"]


def test_a_change_of_rights_moves_no_date(poll: Polls, upstream: Upstream) -> None:
    """Readers get the new text once. It is no news, so no date of an entry moves, and none is read again."""
    upstream.answers["/feed"] = answer(rss(articles(2)), etag='"1"')
    poll.configure(NEWS, upstream)
    poll.run()
    before = poll.shown()
    poll.configure(declared(NEWS, "{kind: feed, holder: 甲公司}"), upstream)

    assert poll.counts(HOUR) == {"unchanged": 1}
    assert [(one.guid, one.updated) for one in poll.shown()] == [(one.guid, one.updated) for one in before]
    assert all("（甲公司）" in one.content for one in poll.shown())


@pytest.mark.parametrize(
    ("rights", "line"),
    [
        ("own", None),
        ("{kind: own, holder: 甲}", None),
        ("licensed", "<p>来源：articles</p>"),
        ("{kind: feed, holder: 甲, url: 'https://a.example/'}",
         '<p>来源：<a href="https://a.example/" rel="noopener noreferrer ugc">甲</a></p>'),
    ],
    ids=["own", "own with a name", "licensed", "feed"],
)  # fmt: skip
def test_a_folder_of_other_peoples_work_names_them(
    folder: Folder, store: Store, take_in: TakeIn, rights: str, line: str | None
) -> None:
    """Articles under a licence name whose work they are. The operator's own articles have no such line."""
    folder.configure(CONFIG.replace("path: seeds", f"path: seeds, rights: {rights}"))
    folder.write("a.txt", seed())
    take_in()
    (item,) = _json(folder, store, "/feeds/all.json")["items"]

    assert item["content_html"].count("来源：") == (line is not None)
    assert item["content_html"].endswith(line or "</p>")


@pytest.mark.parametrize(
    ("site", "entry", "line"),
    [
        ("zh-CN", None, "来源：甲"), ("zh-CN", "en-US", "Source: 甲"),
        ("zh-CN", "ja", "来源：甲"), ("en", None, "Source: 甲"),
        ("en", "zh-Hant", "来源：甲"), ("ja", "fr", "Source: 甲"),
    ],
)  # fmt: skip
def test_the_line_of_sources_speaks_the_language_of_its_entry(
    folder: Folder, store: Store, take_in: TakeIn, site: str, entry: str | None, line: str
) -> None:
    """The line is in the entry's language, else in the site's, else in English: in documents, views and pages."""
    text = CONFIG.replace("path: seeds", "path: seeds, rights: {kind: licensed, holder: 甲}")
    folder.configure(text.replace("site: {", f"site: {{language: {site}, "))
    folder.write("a.txt", seed(language=entry) if entry else seed())
    take_in()
    (item,) = _json(folder, store, "/feeds/all.json")["items"]
    (brief,) = _json(folder, store, "/feeds/all.json?brief=100")["items"]
    page = client(folder, store).get(f"/articles/{article_id(item['id'])}").text

    assert item["content_html"].endswith(f"<p>{line}</p>")
    assert brief["summary"].endswith(f" {line}")
    assert f"<p>{line}</p>" in page


# --- pages of copies -------------------------------------------------------------------------------------------------


def _marks(web: FlaskClient, guid: str) -> tuple[list[str], list[str], str | None]:
    """The canonical link and the robots of an article's page, and its header field for robots."""
    response = web.get(f"/articles/{article_id(guid)}")
    assert response.status_code == 200
    head = lxml.html.document_fromstring(response.text).getroottree()
    links = [one.get("href", "") for one in head.findall(".//head/link[@rel='canonical']")]
    robots = [one.get("content", "") for one in head.findall(".//head/meta[@name='robots']")]
    return links, robots, response.headers.get("X-Robots-Tag")


def test_a_page_of_an_upstreams_entry_is_a_copy(poll: Polls, upstream: Upstream) -> None:
    """Search engines are led to the original, by the page and by a header field."""
    some = articles(1)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    poll.run()

    assert _marks(client(poll.folder, poll.store), some[0].link) == ([some[0].link], ["noindex"], "noindex")


@pytest.mark.parametrize("rights", ["own", "licensed", "feed"])
@pytest.mark.parametrize("link", ["", "https://o.example/1"])
def test_a_page_of_an_article_is_a_copy_by_its_rights(
    folder: Folder, store: Store, take_in: TakeIn, rights: str, link: str
) -> None:
    """An article of somebody else with a page elsewhere is a copy. An article without such a page is the only one."""
    folder.configure(CONFIG.replace("path: seeds", f"path: seeds, rights: {rights}"))
    folder.write("a.txt", seed(link=link, guid="g"))
    take_in()
    is_copy = bool(link) and rights != "own"

    expected = ([link], ["noindex"], "noindex") if is_copy else ([], [], None)
    assert _marks(client(folder, store), "g") == expected


def test_a_page_is_that_of_the_original_again(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A page follows the declared rights at the next update. No file is read for it."""
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, rights: licensed"))
    folder.write("a.txt", seed(link="https://o.example/1", guid="g"))
    take_in()
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, rights: own"))
    report = take_in(NOW + timedelta(minutes=1))

    assert report.counts == {}
    assert _marks(client(folder, store), "g") == ([], [], None)
