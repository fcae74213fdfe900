"""Nothing grows with the square of how many categories there are: what is bounded says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedsvc.parse.seed import MAX_CATEGORIES
from feedsvc.publish import Publisher
from feedsvc.publish.publisher import BATCH_DOCUMENTS
from feedsvc.store import Store, feeds
from feedsvc.store.schema import category
from feedsvc.update import Report
from tests.conftest import CONFIG, NO_FEEDS, NOW, Folder, feedsvc, seed

HOUR = timedelta(hours=1)
TakeIn = Callable[..., Report]


def _listed(number: int) -> str:
    return f"[{', '.join(f'k{one}' for one in range(number))}]"


def _publisher(folder: Folder, store: Store) -> Publisher:
    config = folder.config()
    return Publisher(store=store, configured=config.catalogue)


def _names(store: Store) -> set[str]:
    with store.read() as db:
        return set(db.scalars(sa.select(category.c.name)))


@pytest.mark.parametrize(
    ("categories", "used", "said"),
    [
        (_listed(1500), MAX_CATEGORIES, "only the first 100 of its 1500 categories are used; name fewer"),
        (_listed(MAX_CATEGORIES + 1), MAX_CATEGORIES, "only the first 100 of its 101 categories are used; name fewer"),
        (f"[{_listed(90)}, {_listed(120)}]", MAX_CATEGORIES, "only the first 100 of its 120 categories are used"),
        (_listed(MAX_CATEGORIES), MAX_CATEGORIES, None),
        (f"[{', '.join(['k'] * 1500)}]", 1, None),
    ],
    ids=["very many", "one too many", "nested, in part the same", "as many as may be", "one name, very often"],
)
def test_a_seed_has_so_many_categories(
    folder: Folder, store: Store, take_in: TakeIn, categories: str, used: int, said: str | None
) -> None:
    """The first hundred categories of a seed are used, and one line names the file and the line of its front matter."""
    folder.write("a.txt", seed("甲", categories=categories))
    report = take_in()

    assert len(_names(store)) == used
    assert not report.problems
    assert [(one.place.endswith("a.txt"), one.line, one.reason.startswith(said or "?")) for one in report.notices] == (
        [(True, 4, True)] if said else []
    )


def test_the_categories_of_a_source_are_not_left_out(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A source's own categories come besides those of a seed that has too many."""
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, categories: [本站]"))
    folder.write("a.txt", seed("甲", categories=_listed(1500)))
    take_in()

    assert "本站" in _names(store)
    assert len(_names(store)) == MAX_CATEGORIES + 1


def test_a_seed_has_so_many_tags(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The first hundred tags of a seed stand in its entry, and one line names the file and the line of the tags."""
    tags = ", ".join(f"t{one}" for one in range(20_000))
    folder.write("a.txt", f"---\ntitle: 甲\ndate: 2022-07-25\ntags: [{tags}]\n---\n<p>正文</p>\n")
    report = take_in()
    publisher = _publisher(folder, store)
    (entry,) = publisher.entries(publisher.find("all"))  # type: ignore[arg-type]

    assert entry.details.tags == tuple(f"t{one}" for one in range(MAX_CATEGORIES))
    assert [(one.line, one.reason) for one in report.notices] == [
        (4, "only the first 100 of its 20000 tags are used; name fewer")
    ]


def test_a_renamed_seed_with_many_categories_is_the_same_entry(folder: Folder, take_in: TakeIn) -> None:
    """The line about its categories does not cost a file its guid when it is renamed."""
    folder.write("a.txt", seed("甲", categories=_listed(150)))
    take_in()
    (folder.path / "seeds" / "a.txt").rename(folder.path / "seeds" / "b.txt")

    assert take_in(NOW + HOUR).counts["renamed"] == 1


def test_check_names_the_seed(folder: Folder) -> None:
    """`feedsvc check` says in one line which seed has too many categories."""
    folder.write("a.txt", seed("甲", categories=_listed(400)))
    done = feedsvc(folder, "check")

    assert [line for line in done.stdout.splitlines() if "of its 400 categories" in line and "a.txt:4" in line]


def test_every_document_of_many_feeds_is_made(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """More feeds than one transaction holds: each has its documents, and none is made twice."""
    count = BATCH_DOCUMENTS // 3 + 10
    for number in range(count):
        folder.write(f"{number}.txt", seed(f"标题 {number}", categories=f"[类{number}]"))
    take_in()
    publisher = _publisher(folder, store)

    assert [publisher.refresh(NOW), publisher.refresh(NOW)] == [3 * (count + 1), 0]


def test_documents_may_wait(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Where time is up, the rest is made when somebody asks, or by the next look; a reader sees no difference."""
    folder.write("a.txt", seed("甲", categories=_listed(10)))
    take_in()
    publisher = _publisher(folder, store)
    turns = iter([False, False, True])
    first = publisher.refresh(NOW, lambda: next(turns))
    waiting = publisher.find("k9")
    assert waiting is not None
    asked = publisher.document(waiting, "rss", NOW).body.decode()

    assert (first, "甲" in asked, publisher.refresh(NOW)) == (6, True, 3 * 11 - 6 - 1)


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["C++", "C/++", "c++"], ["C++", "C-++", "c++-2"]),
        (["a.b", "a-b", "a b", "a/b"], ["a-b", "a-b-2", "a-b-3", "a-b-4"]),
        (["x", "x-2", "X"], ["x", "x-2", "X-3"]),
    ],
    ids=["case", "marks", "a slug that looks counted"],
)
def test_many_new_categories_have_slugs_of_their_own(store: Store, names: list[str], slugs: list[str]) -> None:
    """Categories that come at once get the slugs that they would get one after the other."""
    with store.write() as db:
        db.execute(sa.insert(category), [{"name": name} for name in names])
        feeds.define(db, replace(NO_FEEDS, categories={name: NO_FEEDS.spec(name, name) for name in names}), NOW)
        found = [one.slug for one in feeds.list_feeds(db) if one.category]

    assert found == slugs


def test_a_configured_slug_is_kept_free(store: Store) -> None:
    """A new category does not get the slug that the configuration gives to another new one."""
    with store.write() as db:
        db.execute(sa.insert(category), [{"name": "手机"}, {"name": "电话"}])
        feeds.define(
            db,
            replace(
                NO_FEEDS,
                categories={name: NO_FEEDS.spec(name, name) for name in ("手机", "电话")},
                slugs={"电话": "手机"},
            ),
            NOW,
        )
        found = {one.category: one.slug for one in feeds.list_feeds(db) if one.category}

    assert found == {"手机": "手机-2", "电话": "手机"}
