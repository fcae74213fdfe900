"""Feeds before the first update has come to its end."""

from collections.abc import Callable

from feedsvc.catalogue import Catalogue, described
from feedsvc.model import Selection
from feedsvc.publish import Publisher
from feedsvc.store import Store, feeds, opening, polls
from feedsvc.update.upstreams import Poller
from tests.conftest import CONFIG, NO_FEEDS, NOW, Folder, catalogue, seed
from tests.data.drained import drained
from tests.data.feeds import rss
from tests.data.upstream import answer, serving

SITE = NO_FEEDS.site


def _catalogue(*slugs: str) -> Catalogue:
    return Catalogue(
        site=SITE, feeds={slug: described(SITE, slug, slug, Selection(sources=("articles",))) for slug in slugs}
    )


def _state(store: Store) -> tuple[bool, list[tuple[str, bool]]]:
    """Whether nothing was published yet, and the feeds, each with whether it is open."""
    with store.read() as db:
        found = [(one.slug, not opening.is_unopened(one)) for one in feeds.list_feeds(db)]
        return feeds.is_empty(db), found


def test_feeds_are_announced_until_an_update_has_ended(store: Store) -> None:
    """A configuration that changes before that is followed, and makes nothing public."""
    before = _state(store)
    opening.announce(store, _catalogue("best"), NOW)
    announced = _state(store)
    opening.announce(store, _catalogue("best", "more"), NOW)
    again = _state(store)
    with store.write() as db:
        opening.open_all(db)

    assert before == (True, [])
    assert announced == (True, [("all", False), ("best", False)])
    assert again == (True, [("all", False), ("best", False), ("more", False)])
    assert _state(store) == (False, [("all", True), ("best", True), ("more", True)])


def test_nothing_is_announced_where_something_is_published(store: Store, take_in: Callable[..., object]) -> None:
    """A new feed of a running service waits for the end of an update, which puts its entries in."""
    take_in()
    before = _state(store)
    opening.announce(store, _catalogue("best"), NOW)

    assert before == _state(store) == (False, [("all", True)])


def test_an_announced_feed_gets_the_bytes_of_any_other(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """Whether a feed was announced changes neither its document nor its revision's meaning."""
    folder.configure(CONFIG + "feeds: {best: {sources: [articles]}}\n")
    folder.write("a.txt", seed("甲"))
    configured = catalogue(folder.config())
    opening.announce(store, configured, NOW)
    publisher = Publisher(store=store, configured=configured)
    empty = publisher.find("best")
    assert empty is not None
    early = publisher.document(empty, "rss", NOW)
    take_in()
    full = publisher.find("best")
    assert full is not None
    late = publisher.document(full, "rss", NOW)

    assert ("甲" in early.body.decode(), "甲" in late.body.decode()) == (False, True)
    assert late.changed_at > early.changed_at


def test_a_poll_without_entries_ends_the_beginning(folder: Folder, store: Store) -> None:
    """A service that only polls is open after its first answer, also if that brings nothing."""
    with serving() as upstream:
        upstream.answers["/feed"] = answer(rss([]))
        folder.configure(
            'site: {title: 站, base_url: "https://feeds.example.org", tag: "example.org,2026"}\n'
            f'sources: {{news: {{kind: upstream, url: "{upstream.url}/feed", allow_private: true}}}}\n'
        )
        config = folder.config()
        opening.announce(store, catalogue(config), NOW)
        with store.write() as db:
            polls.define(db, config.upstreams, NOW)
        before = _state(store)
        poller = Poller(
            store=store, specs={one.name: one for one in config.upstreams}, catalogue=catalogue(config),
            clock=lambda: NOW, pause=0,
        )  # fmt: skip
        (taken,) = drained(poller)

    assert taken.error is None
    assert (before, _state(store)) == ((True, [("all", False)]), (False, [("all", True)]))
