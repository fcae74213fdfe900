"""Which feeds there are, and under which slugs."""

from collections.abc import Mapping

import pytest

from feedsvc.catalogue import Catalogue
from feedsvc.model import FeedSpec
from feedsvc.store import Store, feeds
from feedsvc.store.feeds import Feed
from tests.conftest import NOW


def _spec(slug: str, *categories: str) -> FeedSpec:
    return FeedSpec(slug=slug, title=slug, description=slug, categories=frozenset(categories))


def _define(store: Store, *specs: FeedSpec, categories: Mapping[str, str | None] | None = None) -> None:
    with store.write() as db:
        feeds.define(db, Catalogue(specs=specs, categories=categories or {}), NOW)


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


def test_a_name_of_nothing_but_breaks_has_a_slug_too(store: Store) -> None:
    """A category whose name leaves nothing for a URL still has a feed."""
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
    """A slug that no feed ever had is nobody's."""
    _define(store, categories={"新媒体": None})

    with store.read() as db:
        assert feeds.find(db, "旧媒体") is None


def test_a_configured_slug_is_taken(store: Store) -> None:
    """The configuration's slug is a category's from the start."""
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


def test_a_slug_goes_back(store: Store) -> None:
    """A category can return to a slug that it had."""
    for slug in ("cpp", "c-family", "cpp"):
        _define(store, categories={"C/C++": slug})

    assert _find(store, "c-family").slug == "cpp"


def test_two_categories_swap_their_slugs(store: Store) -> None:
    """Two configured slugs can change places in one step."""
    _define(store, categories={"猫": "one", "狗": "two"})
    _define(store, categories={"猫": "two", "狗": "one"})

    assert (_category(store, "two"), _category(store, "one")) == ("猫", "狗")


def test_a_defined_feed_takes_the_slug_of_a_category(store: Store) -> None:
    """A feed in the configuration has its slug, and a category that had it by its name has another."""
    _define(store, categories={"科技": None})
    _define(store, _spec("科技", "手机"))

    assert _find(store, "科技").kind == "defined"
    assert _category(store, "科技-2") == "科技"


def test_a_configured_slug_is_taken_from_a_name(store: Store) -> None:
    """A category's configured slug wins over another category's name."""
    _define(store, categories={"cpp": None})
    _define(store, categories={"cpp": None, "C/C++": "cpp"})

    assert (_category(store, "cpp"), _category(store, "cpp-2")) == ("C/C++", "cpp")


def test_a_feed_that_left_the_configuration_is_retired(store: Store) -> None:
    """A feed that is defined no more is not listed, but still known, so that its readers can be told."""
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
