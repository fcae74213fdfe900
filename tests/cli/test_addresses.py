"""Messages of commands about addresses that a configuration would give to another feed."""

from collections.abc import Callable

import pytest

from feedsvc.cli.addressing import say_conflicts
from feedsvc.cli.checking import run_check
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.update import Report
from tests.conftest import CONFIG, Folder, seed

TakeIn = Callable[..., Report]

#: A feed whose slug is the address of a category.
TAKING = CONFIG + "feeds:\n  科技: {categories: [手机]}\n"
HANDING = TAKING + "categories:\n  科技: {slug: tech}\n"


@pytest.fixture
def imported(folder: Folder, take_in: TakeIn) -> Folder:
    """A folder whose one seed has two categories."""
    folder.write("a.txt", seed("甲", categories="[科技, 手机]"))
    take_in()
    return folder


def _checked(folder: Folder, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[bool, str, str]:
    """Whether a configuration is in order, what `check` says of it, and what it warns of."""
    folder.configure(text)
    is_right = run_check(folder.config())
    said = capsys.readouterr()
    return is_right, said.out, said.err


def test_check_names_an_address_that_is_taken(imported: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """The line names the place, the owner, what becomes of the feed, and two remedies."""
    is_right, said, _ = _checked(imported, TAKING, capsys)

    assert not is_right
    assert said.splitlines()[0] == (
        f"{imported.config_file}:5:3: feeds.科技: the slug '科技' belongs to the category '科技', which keeps it; this "
        "feed is not published. The title and window of a category's feed stand under categories.科技. Choose another "
        "slug, or, to hand the address over, give its owner another slug: categories.科技.slug"
    )


def test_check_names_a_slug_of_a_category_that_is_taken(imported: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """The category stays where it is, and `check` says where that is."""
    is_right, said, _ = _checked(imported, CONFIG + "categories:\n  手机: {slug: 科技}\n", capsys)

    assert not is_right
    assert ":5:8: categories.手机.slug: the slug '科技' belongs to the category '科技'" in said
    assert "this feed stays at /feeds/手机. Choose another slug, or" in said


def test_check_announces_an_address_that_is_handed_over(imported: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Handing over is allowed, and said before it is done."""
    is_right, _, warned = _checked(imported, HANDING, capsys)

    assert is_right
    assert "feeds.科技: the next update gives /feeds/科技, now the category '科技', to this feed" in warned


def test_check_announces_the_end_of_410(imported: Folder, take_in: TakeIn, capsys: pytest.CaptureFixture[str]) -> None:
    """Readers of a removed feed got 410, and not the feed. Before the removal is done, they still get the feed."""
    imported.configure(CONFIG + "feeds:\n  x: {categories: [手机]}\n")
    take_in()
    given = CONFIG + "categories:\n  手机: {slug: x}\n"
    before = _checked(imported, given, capsys)
    imported.configure(CONFIG)
    take_in()
    after = _checked(imported, given, capsys)

    assert (before[0], after[0]) == (True, True)
    assert "categories.手机.slug: the next update gives /feeds/x, now the feed 'x', to this feed" in before[2]
    assert "slug: /feeds/x answered 410 until now; the next update gives it to this feed" in after[2]
    assert "the feed 'x'" not in after[2]


def test_check_announces_a_feed_that_is_gone(
    imported: Folder, take_in: TakeIn, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the update, that its readers get 410; after it, where the category of that name is, and a remedy."""
    imported.configure(HANDING)
    take_in()
    before = _checked(imported, CONFIG + "categories:\n  科技: {slug: tech}\n", capsys)
    take_in()
    after = _checked(imported, CONFIG, capsys)

    assert (before[0], after[0]) == (True, True)
    assert "the feed '科技' is not in the configuration: its readers get 410 (gone)" in before[2]
    assert "the category '科技' is at /feeds/tech: /feeds/科技 was the feed '科技'" in after[2]
    assert "to give the address to the category, write categories.科技.slug: 科技" in after[2]


def test_check_says_that_a_category_gets_another_slug(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first import, a feed and a category of one name are told apart; a configured slug ends the warning."""
    folder.write("a.txt", seed("甲", categories="[科技, 手机]"))
    found = [_checked(folder, text, capsys) for text in (TAKING, HANDING)]

    assert [is_right for is_right, _, _ in found] == [True, True]
    assert ":5:3: feeds.科技: this is the name of a category too, whose feed gets the slug 科技-2" in found[0][2]
    assert "name of a category too" not in found[1][2]


def test_the_log_says_what_an_update_changes(
    imported: Folder, take_in: TakeIn, caplog: pytest.LogCaptureFixture
) -> None:
    """An address that is handed over, and a feed that is removed, are one line each when that is done."""
    for text in (HANDING, HANDING, CONFIG):
        imported.configure(text)
        take_in()

    assert [record.getMessage() for record in caplog.records if record.name == "feedsvc.store.feeds"] == [
        "the address /feeds/科技 is handed over from the category '科技' to the feed '科技'",
        "the feed '科技' is not in the configuration: /feeds/科技 answers 410 (gone)",
    ]


def test_a_conflict_is_said_once(imported: Folder, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """A service looks every few seconds, and says one line."""
    imported.configure(TAKING)
    for _ in range(2):
        say_conflicts(imported.config(), store)

    assert capsys.readouterr().err.count("belongs to the category '科技', which keeps it") == 1


def test_an_update_keeps_the_owner(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """A reader of the address gets the same feed as before, whatever the configuration wants."""
    imported.configure(TAKING)
    take_in()
    feed = Publisher(store=store, configured=imported.config().catalogue).find("科技")
    assert feed is not None

    assert (feed.kind, feed.category) == ("category", "科技")
