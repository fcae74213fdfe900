"""The feeds of a store, and their slugs."""

from collections.abc import Mapping

import pytest

from feedsvc.catalogue import Catalogue, described
from feedsvc.model import FeedSpec, Selection
from feedsvc.normalize import slug_key
from feedsvc.store import Store, feeds
from feedsvc.store.feeds import Feed
from tests.conftest import NO_FEEDS, NOW

SITE = NO_FEEDS.site


def _spec(slug: str, *categories: str) -> FeedSpec:
    return described(SITE, slug, slug, Selection(categories=categories))


def _catalogue(*specs: FeedSpec, categories: Mapping[str, str | None] | None = None) -> Catalogue:
    """A configuration of defined feeds, and of categories, each with its configured slug or None."""
    given = categories or {}
    return Catalogue(
        site=SITE,
        feeds={slug_key(spec.slug): spec for spec in specs},
        categories={name: described(SITE, name, name, Selection(categories=(name,))) for name in given},
        slugs={name: slug for name, slug in given.items() if slug},
    )


def _define(store: Store, *specs: FeedSpec, categories: Mapping[str, str | None] | None = None) -> None:
    with store.write() as db:
        feeds.define(db, _catalogue(*specs, categories=categories), NOW)


def _compare(store: Store, *specs: FeedSpec, categories: Mapping[str, str | None] | None = None) -> feeds.Changes:
    with store.read() as db:
        return feeds.compare(db, _catalogue(*specs, categories=categories))


def _find(store: Store, slug: str) -> Feed:
    with store.read() as db:
        found = feeds.find(db, slug)
    assert found is not None, slug
    return found


def _slugs(store: Store) -> list[str]:
    with store.read() as db:
        return [one.slug for one in feeds.list_feeds(db)]


def _category(store: Store, slug: str) -> str | None:
    return _find(store, slug).category


def test_all_is_always_there(store: Store) -> None:
    """Without any configuration there is one feed, `all`."""
    _define(store)

    assert _slugs(store) == ["all"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("新媒体", "新媒体"), ("C/C++", "C-C++"), ("a b?c#d%e.f\\g", "a-b-c-d-e-f-g"), ("all", "all-2"), ("ALL", "ALL-2")],
)
def test_a_category_has_a_feed_by_its_name(store: Store, name: str, slug: str) -> None:
    """A category's feed has its name for a slug, without what a URL's segment cannot hold, and never the slug `all`."""
    _define(store, categories={name: None})

    assert _slugs(store) == ["all", slug]
    assert _category(store, slug) == name


def test_a_name_that_a_slug_cannot_hold_has_a_slug(store: Store) -> None:
    """A category whose name has no character for a slug still has a feed."""
    _define(store, categories={"/": None})

    assert _category(store, "category") == "/"


def test_slugs_never_differ_in_case_alone(store: Store) -> None:
    """Of two categories that differ in case, the first has the name for its slug, the second a number behind it."""
    _define(store, categories={"AI": None, "ai": None})

    assert _slugs(store) == ["all", "AI", "ai-2"]
    assert (_category(store, "Ai"), _category(store, "AI-2")) == ("AI", "ai")


def test_slugs_never_differ_in_width_alone(store: Store) -> None:
    """A full-width name leads to the feed of the same name in half width."""
    _define(store, categories={"AI": None})

    assert _find(store, "ＡＩ").slug == "AI"


def test_an_unknown_slug_finds_nothing(store: Store) -> None:
    """A slug that no feed ever had leads to no feed."""
    _define(store, categories={"新媒体": None})

    with store.read() as db:
        assert feeds.find(db, "旧媒体") is None


def test_a_new_category_has_its_configured_slug(store: Store) -> None:
    """A new category has its configured slug."""
    _define(store, categories={"C/C++": "cpp"})

    assert _slugs(store) == ["all", "cpp"]


def test_a_changed_slug_leaves_the_old_one_leading_to_the_feed(store: Store) -> None:
    """Subscribers under every former slug of a category still reach its feed."""
    for slug in (None, "cpp", "c-family"):
        _define(store, categories={"C/C++": slug})

    assert {_find(store, slug).slug for slug in ("C-C++", "cpp", "c-family")} == {"c-family"}


def test_a_slug_stays_when_the_configuration_says_nothing_any_more(store: Store) -> None:
    """A slug is stored: taking it out of the configuration does not move the feed."""
    for slug in ("cpp", None):
        _define(store, categories={"C/C++": slug})

    assert _slugs(store) == ["all", "cpp"]


def test_a_category_returns_to_a_former_slug(store: Store) -> None:
    """A category can return to a slug that it had."""
    for slug in ("cpp", "c-family", "cpp"):
        _define(store, categories={"C/C++": slug})

    assert _find(store, "c-family").slug == "cpp"


def test_two_categories_swap_their_slugs(store: Store) -> None:
    """Two configured slugs can change places in one step."""
    _define(store, categories={"猫": "one", "狗": "two"})
    _define(store, categories={"猫": "two", "狗": "one"})

    assert (_category(store, "two"), _category(store, "one")) == ("猫", "狗")


def test_a_category_that_is_seen_later_leaves_a_defined_feed_its_slug(store: Store) -> None:
    """A feed that has an address keeps it when a category of that name is seen for the first time."""
    _define(store, _spec("科技", "手机"))
    _define(store, _spec("科技", "手机"), categories={"科技": None})

    assert _find(store, "科技").kind == "defined"
    assert _category(store, "科技-2") == "科技"


@pytest.mark.parametrize("slug", ["科技", "Tech", "ｔｅｃｈ"])
def test_a_defined_feed_does_not_take_the_address_of_a_category(store: Store, slug: str) -> None:
    """The readers of a category's feed keep it: a new feed of that slug, in whatever case or width, is not made."""
    categories = {"科技": None, "TECH": None}
    _define(store, categories=categories)
    _define(store, _spec(slug, "手机"), categories=categories)

    assert _slugs(store) == ["all", "科技", "TECH"]
    assert _find(store, slug).kind == "category"


def test_an_address_is_handed_over_where_its_owner_has_another_slug(store: Store) -> None:
    """A configured slug frees the former one for another feed; its readers get that feed."""
    _define(store, categories={"科技": None})
    _define(store, _spec("科技", "手机"), categories={"科技": "tech"})

    assert _find(store, "科技").kind == "defined"
    assert _category(store, "tech") == "科技"


@pytest.mark.parametrize("slug", ["科技", "ß\u0326"], ids=["plain", "another key when folded twice"])
def test_a_feed_gets_its_address_back(store: Store, slug: str) -> None:
    """The feed is the same feed as before, however often its address goes to and fro."""
    found = set()
    for _ in range(3):
        _define(store, _spec(slug, "手机"), categories={"电脑": "pc"})
        found.add(_find(store, slug).id)
        _define(store, categories={"电脑": slug})

    assert len(found) == 1
    assert _category(store, slug) == "电脑"


def test_a_removed_feed_keeps_the_address_that_it_was_handed(store: Store) -> None:
    """A feed that is removed keeps its address, and is retired there. The address does not go back to the category."""
    _define(store, categories={"科技": None})
    _define(store, _spec("科技", "手机"), categories={"科技": "tech"})
    _define(store)

    assert _find(store, "科技").is_retired
    assert _slugs(store) == ["all", "tech"]


def test_the_address_of_a_removed_feed_is_given_to_a_category(store: Store) -> None:
    """A configured slug takes the address of a feed that is gone; without it, the category is at another address."""
    _define(store, _spec("科技", "手机"))
    _define(store, categories={"科技": None})
    before = _find(store, "科技").is_retired, _category(store, "科技-2")
    _define(store, categories={"科技": "科技"})

    assert before == (True, "科技")
    assert _slugs(store) == ["all", "科技"]
    assert (_category(store, "科技"), _find(store, "科技-2").slug) == ("科技", "科技")


def test_a_feed_whose_address_was_given_away_does_not_come_back_to_it(store: Store) -> None:
    """A feed that is defined again does not take the address of the category that has it now."""
    _define(store, _spec("tech", "手机"))
    _define(store, categories={"科技": "tech"})
    _define(store, _spec("tech", "手机"))

    assert _category(store, "tech") == "科技"


def test_a_configured_slug_is_not_taken_from_another_category(store: Store) -> None:
    """A category keeps the address that it has by its name; the other one stays where it is."""
    _define(store, categories={"cpp": None, "C/C++": None})
    _define(store, categories={"cpp": None, "C/C++": "cpp"})

    assert (_category(store, "cpp"), _category(store, "C-C++")) == ("cpp", "C/C++")


def test_a_new_category_whose_slug_is_taken_has_one_of_its_name(store: Store) -> None:
    """A new category whose slug another category has gets an address from its own name."""
    _define(store, categories={"cpp": None})
    _define(store, categories={"C/C++": "cpp"})

    assert _slugs(store) == ["all", "cpp", "C-C++"]


def test_a_former_address_stays_with_its_feed(store: Store) -> None:
    """Readers who come under a former slug still reach the feed, until the configuration says where it is now."""
    for slug in ("cpp", "c-family", None):
        _define(store, categories={"C/C++": slug})
    _define(store, _spec("cpp", "手机"))
    before = _find(store, "cpp").slug
    _define(store, _spec("cpp", "手机"), categories={"C/C++": "c-family"})

    assert (before, _find(store, "cpp").kind) == ("c-family", "defined")
    assert _category(store, "c-family") == "C/C++"


def test_an_owner_that_cannot_leave_keeps_its_address(store: Store) -> None:
    """If an owner's new slug is refused, the owner keeps its address, and all feeds that claim it keep theirs."""
    _define(store, categories={"猫": "one", "狗": "two", "鸟": "three"})
    _define(store, categories={"猫": "two", "狗": "three"})

    assert [_category(store, slug) for slug in ("one", "two", "three")] == ["猫", "狗", "鸟"]


def test_what_a_configuration_changes_is_known_before(store: Store) -> None:
    """A comparison names the refused, the handed over and the leaving addresses, and changes nothing."""
    _define(store, _spec("old", "x"), categories={"科技": None, "手机": None})
    before = _slugs(store)
    changes = _compare(store, _spec("科技", "x"), _spec("手机", "x"), categories={"手机": "phones"})

    refused, handed = changes.addresses.refused, changes.addresses.handed
    assert [(claim.slug, owner.name) for claim, owner in refused] == [("科技", "科技")]
    assert [(claim.slug, owner.name) for claim, owner in handed] == [("手机", "手机")]
    assert [owner.slug for owner in changes.leaving] == ["old"]
    assert _slugs(store) == before


def test_a_category_beside_a_removed_feed_is_named(store: Store) -> None:
    """A category whose own name leads to a feed that is gone is found, until the configuration gives it a slug."""
    _define(store, _spec("科技", "手机"))
    _define(store, categories={"科技": None})

    assert [claim.name for claim, _ in _compare(store).displaced] == ["科技"]
    assert _compare(store, categories={"科技": "tech"}).displaced == ()


def test_a_feed_that_left_the_configuration_is_retired(store: Store) -> None:
    """A feed that left the configuration is not listed. It is still known, so that its readers get 410."""
    _define(store, _spec("tech", "科技"))
    _define(store)

    assert _slugs(store) == ["all"]
    assert _find(store, "tech").is_retired


def test_a_retired_feed_comes_back_as_itself(store: Store) -> None:
    """A feed that is defined again is the same feed."""
    _define(store, _spec("tech", "科技"))
    before = _find(store, "tech")
    _define(store)
    _define(store, _spec("tech", "科技"))
    after = _find(store, "tech")

    assert (after.id, after.is_retired) == (before.id, False)


def test_defining_the_same_again_changes_nothing(store: Store) -> None:
    """The same configuration raises no feed's revision, so no document is made anew."""
    categories = {"科技": None, "C/C++": "cpp"}
    _define(store, _spec("tech", "科技"), categories=categories)
    with store.read() as db:
        before = feeds.list_feeds(db)
    _define(store, _spec("tech", "科技"), categories=categories)

    with store.read() as db:
        assert feeds.list_feeds(db) == before
