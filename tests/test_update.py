"""Seeds are imported, edited, renamed, withdrawn, returned, broken and repaired, and no entry is lost or doubled."""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from feedsvc.identity import article_id, mint_guid
from feedsvc.model import FORMATS, Entry, Format
from feedsvc.publish import Publisher
from feedsvc.sources.seeds import Listing, Stamp
from feedsvc.store import Store, entries, migrate, open_store
from feedsvc.store.schema import entry, feed, membership, revision, story
from feedsvc.store.seed_files import SeedFile
from feedsvc.update import Progress, Report, update
from feedsvc.update.check import Before, check
from feedsvc.update.seeds.files import found_or_hidden
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PUBLISHED = datetime.fromisoformat("2022-07-25T14:48:32Z")

TakeIn = Callable[..., Report]


class CutOffError(Exception):
    """The error that ends an import in the middle."""


def _cut_off(done: int, total: int) -> None:
    raise CutOffError(f"{done} of {total}")


def _guid(name: str) -> str:
    return mint_guid("example.org,2026", "articles", name)


def _dated(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def _publisher(folder: Folder, store: Store) -> Publisher:
    config = folder.config()
    return Publisher(store=store, configured=config.catalogue)


def _entries(folder: Folder, store: Store, slug: str = "all") -> list[Entry]:
    publisher = _publisher(folder, store)
    found = publisher.find(slug)
    return publisher.entries(found) if found else []


def _titles(folder: Folder, store: Store, slug: str = "all") -> list[str]:
    return [one.title for one in _entries(folder, store, slug)]


def _the_entry(folder: Folder, store: Store) -> Entry:
    (only,) = _entries(folder, store)
    return only


def _positions(store: Store) -> list[tuple[str, int, str]]:
    """Every membership: slug, position, guid."""
    rows = (
        sa.select(feed.c.slug, membership.c.position, story.c.guid)
        .join(membership, membership.c.feed_id == feed.c.id)
        .join(story, story.c.id == membership.c.story_id)
    )
    with store.read() as db:
        return sorted((slug, position, guid) for slug, position, guid in db.execute(rows))


def _revisions(store: Store) -> int:
    with store.read() as db:
        return db.scalar(sa.select(sa.func.count()).select_from(revision)) or 0


def _page(store: Store, guid: str) -> tuple[str | None, bool]:
    """The title on an article's page, and whether there ever was one."""
    with store.read() as db:
        found, was_there = entries.by_article(db, article_id(guid))
    return found.title if found else None, was_there


def _reasons(report: Report) -> list[str]:
    return [problem.reason for problem in report.problems]


def _import(folder: Folder, store: Store, now: datetime = NOW, progress: Progress | None = None) -> Report:
    config = folder.config()
    (report,) = update(store, SANDBOX, config.sources, catalogue(config), now, progress)
    return report


def _move(folder: Folder, old: str, new: str) -> None:
    target = folder.path / "seeds" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (folder.path / "seeds" / old).rename(target)


def _remove(folder: Folder, name: str) -> None:
    (folder.path / "seeds" / name).unlink()


# --- new -------------------------------------------------------------------------------------------------------------


def test_a_first_import_publishes_everything(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Every seed is in `all` and in the feeds of its categories, newest first, and is counted."""
    folder.write("a.txt", seed("甲", date="2022-07-01", categories="[手机, 电脑]"))
    folder.write("sub/b.md", seed("乙", date="2022-07-02", categories="手机"))
    report = take_in()

    assert (report.counts, report.placed, report.problems) == (Counter(new=2), 2, ())
    assert [_titles(folder, store, slug) for slug in ("all", "手机", "电脑")] == [["乙", "甲"], ["乙", "甲"], ["甲"]]


def test_a_guid_is_the_path(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A seed without a guid of its own gets a tag: URI of the site's tag, the source's name and the file's path."""
    folder.write("七月/a b.txt", seed())
    take_in()

    assert _the_entry(folder, store).guid == "tag:example.org,2026:articles/%E4%B8%83%E6%9C%88/a%20b.txt"


def test_a_guid_of_the_front_matter_is_kept(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A seed's own guid is published as it is."""
    folder.write("a.txt", seed(guid="urn:example:1"))
    take_in()

    assert _the_entry(folder, store).guid == "urn:example:1"


def test_a_copy_is_an_entry_of_its_own(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The same content in two files is two entries, at once or one after the other."""
    for name in ("a.txt", "b.txt"):
        folder.write(name, seed())
    take_in()
    folder.write("c.txt", seed())
    take_in()

    assert {one.guid for one in _entries(folder, store)} == {_guid("a.txt"), _guid("b.txt"), _guid("c.txt")}


def test_seeds_of_two_sources_with_one_guid_are_both_published(folder: Folder, store: Store) -> None:
    """A guid is unique within its source; across sources each entry has a page of its own."""
    folder.configure(CONFIG + "  more: {kind: seeds, path: more}\n")
    folder.write("a.txt", seed("甲", guid="urn:example:1"))
    folder.write("../more/b.txt", seed("乙", guid="urn:example:1"))
    config = folder.config()
    update(store, SANDBOX, config.sources, catalogue(config), NOW)

    assert sorted(_titles(folder, store)) == ["乙", "甲"]
    assert len({one.guid for one in _entries(folder, store)}) == 2


# --- unchanged, edited -----------------------------------------------------------------------------------------------


def test_an_unchanged_file_is_not_read(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Size and time are as they were: the file is not opened, whatever it holds now."""
    file = folder.write("a.txt", seed("旧标题"))
    take_in()
    before = file.stat()
    file.write_text(seed("新标题"), "utf-8")
    os.utime(file, ns=(before.st_mtime_ns, before.st_mtime_ns))

    assert take_in(NOW + HOUR).counts == Counter()
    assert _the_entry(folder, store).title == "旧标题"


def test_an_edit_is_the_same_entry_in_a_new_form(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An edited seed keeps guid and date, says when it was updated, and its old form is kept."""
    folder.write("a.txt", seed("旧"))
    take_in(NOW)
    folder.write("a.txt", seed("新"))
    report = take_in(NOW + HOUR)
    found = _the_entry(folder, store)

    assert (found.title, found.guid, found.published) == ("新", _guid("a.txt"), PUBLISHED)
    assert found.updated == NOW + HOUR
    assert (report.counts, _revisions(store)) == (Counter(edited=1), 1)


def test_revisions_are_numbered_from_the_first_form(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Every form that was published before is kept, in order."""
    for hours, title in enumerate(("一", "二", "三")):
        folder.write("a.txt", seed(title))
        take_in(NOW + hours * HOUR)

    with store.read() as db:
        found = db.execute(sa.select(revision.c.number, revision.c.updated).order_by(revision.c.number)).all()
    assert [tuple(row) for row in found] == [(1, PUBLISHED), (2, NOW + HOUR)]


def test_an_edit_says_when_by_its_own_word(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Where the front matter gives `updated`, that is when."""
    folder.write("a.txt", seed("旧"))
    take_in(NOW)
    folder.write("a.txt", seed("新", updated=_dated(NOW - HOUR)))
    take_in(NOW + HOUR)

    assert _the_entry(folder, store).updated == NOW - HOUR


def test_a_new_date_of_change_alone_is_news(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An author who says that an entry changed is believed."""
    folder.write("a.txt", seed("甲", updated="2022-08-01 00:00:00 +0000"))
    take_in()
    folder.write("a.txt", seed("甲", updated="2022-09-01 00:00:00 +0000"))
    take_in()

    assert _the_entry(folder, store).updated == datetime(2022, 9, 1, tzinfo=UTC)


def test_new_categories_move_an_entry_between_feeds(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An entry leaves the feeds of categories that it lost and joins those it got; others stay where they are."""
    folder.write("a.txt", seed("甲", date="2022-07-01", categories="[手机, 电脑]"))
    folder.write("b.txt", seed("乙", date="2022-07-02", categories="[手机, 相机]"))
    take_in()
    folder.write("a.txt", seed("甲", date="2022-07-01", categories="[电脑, 相机]"))
    take_in(NOW + HOUR)
    a, b = _guid("a.txt"), _guid("b.txt")

    assert [row for row in _positions(store) if row[0] != "all"] == [
        ("手机", 2, b), ("电脑", 1, a), ("相机", 1, b), ("相机", 2, a),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (seed("标题"), "unchanged"),
        (seed("标题").replace("title:", "title:   "), "unseen"),
        (seed("标题").replace("\n", "\r\n"), "unseen"),
        (seed("标题", comments="false"), "unseen"),
    ],
    ids=["touched", "spaces", "line ends", "a field nobody shows"],
)
def test_what_no_reader_sees_is_no_edit(folder: Folder, store: Store, take_in: TakeIn, text: str, outcome: str) -> None:
    """A file that was only touched or written differently is not updated."""
    folder.write("a.txt", seed("标题"))
    take_in(NOW)
    before = _the_entry(folder, store)
    file = folder.write("a.txt", text)
    file.write_bytes(text.encode())
    report = take_in(NOW + HOUR)

    assert (report.counts, _revisions(store)) == (Counter({outcome: 1}), 0)
    assert _the_entry(folder, store) == before


def test_a_touched_file_is_read_once(folder: Folder, take_in: TakeIn) -> None:
    """After a look at a touched file, it is known again."""
    for _ in range(2):
        folder.write("a.txt", seed())
        take_in()

    assert take_in().counts == Counter()


def test_a_changed_guid_is_not_followed(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A published entry keeps its guid, also if its file states another guid later."""
    folder.write("a.txt", seed("旧"))
    take_in()
    folder.write("a.txt", seed("新", guid="urn:example:1"))
    take_in()

    assert _the_entry(folder, store).guid == _guid("a.txt")


# --- renamed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [("a.txt", "b.txt"), ("a.txt", "A.txt"), ("七月/a.txt", "八月/a.txt"), ("a.txt", "深/处/a.html")],
    ids=["file", "case", "folder", "deeper"],
)
def test_a_renamed_file_is_the_same_entry(folder: Folder, store: Store, take_in: TakeIn, old: str, new: str) -> None:
    """A file under another name keeps its entry: guid, page, place and dates."""
    folder.write(old, seed())
    folder.write("z.txt", seed("别的"))
    take_in()
    before, placed = _entries(folder, store), _positions(store)
    _move(folder, old, new)
    report = take_in(NOW + HOUR)

    assert report.counts["renamed"] == 1
    assert report.counts["withdrawn"] == report.counts["new"] == 0
    assert (_entries(folder, store), _positions(store)) == (before, placed)


def test_a_file_renamed_and_then_edited_is_the_same_entry(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The guid is the file's, as stored, not its present name's."""
    folder.write("a.txt", seed("旧"))
    take_in()
    _move(folder, "a.txt", "b.txt")
    take_in()
    folder.write("b.txt", seed("新"))
    take_in()
    found = _the_entry(folder, store)

    assert (found.guid, found.title) == (_guid("a.txt"), "新")


def test_a_file_with_a_guid_is_renamed_and_edited_at_once(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """With a guid in its front matter, a seed may change name and text in one step."""
    folder.write("a.txt", seed("旧", guid="urn:example:1"))
    take_in()
    _move(folder, "a.txt", "b.txt")
    folder.write("b.txt", seed("新", guid="urn:example:1"))
    take_in()
    found = _the_entry(folder, store)

    assert (found.guid, found.title, _page(store, "urn:example:1")) == ("urn:example:1", "新", ("新", True))


def test_a_new_file_under_a_former_name_is_another_entry(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The name of a file that was renamed can be used again: both entries have their own guid."""
    folder.write("a.txt", seed("甲"))
    take_in()
    _move(folder, "a.txt", "b.txt")
    take_in()
    folder.write("a.txt", seed("乙"))
    take_in()
    guids = {one.title: one.guid for one in _entries(folder, store)}

    assert guids["甲"] == _guid("a.txt")
    assert guids["乙"].startswith(_guid("a.txt") + "#")


@pytest.mark.parametrize("archived", ["2022.txt", "z.txt"], ids=["before it", "after it"])
def test_files_that_rotate_keep_their_guids(folder: Folder, store: Store, take_in: TakeIn, archived: str) -> None:
    """A guid goes with its content also where a new file takes the former name at once."""
    folder.write("latest.txt", seed("旧"))
    take_in()
    _move(folder, "latest.txt", archived)
    folder.write("latest.txt", seed("全新的", date="2022-08-01"))
    take_in()
    found = {one.title: one.guid for one in _entries(folder, store)}

    assert found["旧"] == _guid("latest.txt")
    assert found["全新的"] not in {found["旧"], _guid(archived)}


def test_a_renamed_file_that_left_returns_as_itself(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A return is the return of the same entry, also of one that had been renamed."""
    folder.write("a.txt", seed("甲"))
    folder.write("z.txt", seed("别的", date="2022-07-01"))
    take_in()
    _move(folder, "a.txt", "b.txt")
    take_in()
    _remove(folder, "b.txt")
    take_in()
    folder.write("b.txt", seed("甲"))
    take_in()

    assert [one.guid for one in _entries(folder, store)] == [_guid("a.txt"), _guid("z.txt")]


# --- withdrawn, returned, drafts -------------------------------------------------------------------------------------


def test_a_removed_file_is_withdrawn(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The entry of a removed file is in no feed. Its page can say that the entry existed."""
    folder.write("a.txt", seed("甲"))
    folder.write("b.txt", seed("乙"))
    take_in()
    _remove(folder, "a.txt")
    report = take_in()

    assert (report.counts, _titles(folder, store), _titles(folder, store, "新媒体")) == (
        Counter(withdrawn=1), ["乙"], ["乙"],
    )  # fmt: skip
    assert _page(store, _guid("a.txt")) == (None, True)


def test_a_page_that_never_was_is_told_from_one_that_is_gone(store: Store) -> None:
    """An article that nobody published was never there."""
    assert _page(store, _guid("a.txt")) == (None, False)


def test_a_returned_file_is_the_same_entry(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A file that comes back has its guid, its page, its place and its dates again."""
    folder.write("a.txt", seed("甲"))
    folder.write("b.txt", seed("乙"))
    take_in()
    before, placed = _entries(folder, store), _positions(store)
    _remove(folder, "a.txt")
    take_in(NOW + HOUR)
    folder.write("a.txt", seed("甲"))
    report = take_in(NOW + DAY)

    assert report.counts == Counter(returned=1)
    assert (_entries(folder, store), _positions(store)) == (before, placed)


def test_a_file_that_returns_edited_is_updated(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A file that comes back with another text is the same entry, in a new form."""
    folder.write("a.txt", seed("甲"))
    folder.write("b.txt", seed("乙", date="2022-07-01"))
    take_in()
    _remove(folder, "a.txt")
    take_in(NOW + HOUR)
    folder.write("a.txt", seed("甲改"))
    take_in(NOW + DAY)
    found = _entries(folder, store)[0]

    assert (found.title, found.guid, found.updated) == ("甲改", _guid("a.txt"), NOW + DAY)


def test_a_folder_that_is_missing_withdraws_nothing(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A folder that is missing is one problem of the source; everything stays published."""
    folder.write("a.txt", seed("甲"))
    take_in()
    _remove(folder, "a.txt")
    (folder.path / "seeds").rmdir()
    report = take_in()

    assert report.is_failed
    assert [problem.place for problem in report.problems] == ["source articles"]
    assert _titles(folder, store) == ["甲"]


def test_one_lost_source_does_not_stop_the_others(folder: Folder, store: Store) -> None:
    """Sources are taken in one by one: what can be read is published."""
    folder.configure(CONFIG + "  more: {kind: seeds, path: nowhere}\n")
    folder.write("a.txt", seed("甲"))
    config = folder.config()
    reports = update(store, SANDBOX, config.sources, catalogue(config), NOW)

    assert [(one.source, one.is_failed, one.placed) for one in reports] == [("articles", False, 1), ("more", True, 0)]


@pytest.mark.parametrize("field", [{"draft": "true"}, {"published": "false"}], ids=["draft", "published"])
def test_a_draft_is_not_published(folder: Folder, store: Store, take_in: TakeIn, field: dict[str, str]) -> None:
    """A draft is counted, and nothing else happens."""
    folder.write("a.txt", seed(**field))
    report = take_in()

    assert (report.counts, report.problems, _titles(folder, store)) == (Counter(draft=1), (), [])


def test_a_seed_taken_back_into_draft_returns_as_itself(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A draft takes what was published back; published again, it is the same entry."""
    folder.write("a.txt", seed("甲"))
    take_in()
    folder.write("a.txt", seed("甲", draft="true"))
    take_in()
    meanwhile = (_titles(folder, store), _page(store, _guid("a.txt")))
    folder.write("a.txt", seed("甲"))
    take_in(NOW + HOUR)

    assert meanwhile == ([], (None, True))
    assert _the_entry(folder, store).guid == _guid("a.txt")


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"hidden": "true"}, "private"),
        ({"hidden": "true", "date": "昨天"}, "private"),
        ({"password": "x", "summary": "a: b"}, "problem"),
        ({"password": "@x"}, "problem"),
        ({"published": "false", "summary": "a: b"}, "problem"),
    ],
    ids=["hidden", "hidden and broken", "locked and broken", "a password that YAML cannot read", "no longer published"],
)
def test_a_seed_that_becomes_private_is_withdrawn(
    folder: Folder, store: Store, take_in: TakeIn, fields: dict[str, str], outcome: str
) -> None:
    """An entry that may be private now is shown no more, also if its file is broken. A public file brings it back."""
    folder.write("a.txt", seed("甲"))
    take_in()
    folder.write("a.txt", seed("甲", **fields))
    report = take_in()
    meanwhile = (report.counts, _titles(folder, store), _page(store, _guid("a.txt")))
    folder.write("a.txt", seed("甲"))
    take_in(NOW + HOUR)

    assert meanwhile == (Counter({outcome: 1}), [], (None, True))
    assert _the_entry(folder, store).guid == _guid("a.txt")


def test_many_seeds_that_become_private_are_withdrawn_at_once(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The brake is for files that are gone: what an author hides, however many articles, is hidden."""
    for number in range(30):
        folder.write(f"{number}.txt", seed(f"第 {number} 篇"))
    take_in()
    for number in range(30):
        folder.write(f"{number}.txt", seed(f"第 {number} 篇", private="true"))
    report = take_in()

    assert (report.counts, report.problems, _titles(folder, store)) == (Counter(private=30), (), [])


def test_a_seed_that_is_locked_shows_its_abstract(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A password takes the text out of every document and page; the entry stays the same one, and a line says so."""
    folder.write("a.txt", seed("甲", "<p>绝密</p>"))
    take_in()
    folder.write("a.txt", seed("甲", "<p>绝密</p>", password="1234", abstract="此文已加密"))  # noqa: S106 - of the seed
    report = take_in(NOW + HOUR)
    entry = _the_entry(folder, store)

    assert (entry.guid, entry.content, entry.summary) == (_guid("a.txt"), "此文已加密", "此文已加密")
    assert [(one.line, one.reason.partition(":")[0]) for one in report.notices] == [(6, "password")]
    assert (report.problems, take_in(NOW + HOUR).notices) == ((), ())


def test_a_renamed_seed_taken_back_into_draft_returns_as_itself(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The guid is the file's, as stored, also through a draft."""
    folder.write("a.txt", seed("甲"))
    take_in()
    _move(folder, "a.txt", "b.txt")
    take_in()
    for draft in ("true", ""):
        folder.write("b.txt", seed("甲", draft=draft))
        take_in()

    assert _the_entry(folder, store).guid == _guid("a.txt")


def test_tags_are_shown_and_have_no_feeds(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A tag stands after the categories in every format; only a source that says so has feeds of its tags."""
    folder.write("a.txt", seed(tags="[云计算, C++, 新媒体]"))
    take_in()
    publisher = _publisher(folder, store)
    everything = publisher.find("all")
    assert everything is not None
    documents = [publisher.document(everything, one, NOW).body.decode() for one in FORMATS]
    before = (_the_entry(folder, store).categories, _publisher(folder, store).find("云计算"))
    folder.configure(CONFIG.replace("kind: seeds", "kind: seeds, tags: feeds"))
    take_in()

    assert before == (("新媒体", "云计算", "C++"), None)
    assert all("云计算" in one for one in documents)
    assert _titles(folder, store, "云计算") == ["标题"]
    assert _the_entry(folder, store).categories == ("新媒体", "云计算", "C++")


# --- broken ----------------------------------------------------------------------------------------------------------

BAD = {
    "no front matter": b"<p>nothing else</p>",
    "no title": "---\ndate: 2022-07-01\n---\n文\n".encode(),
    "bad YAML": "---\ntitle: 标题: 二\n---\n文\n".encode(),
    "not UTF-8": "---\ntitle: 标题\n---\n正文的文\n".encode()[:-2],
    "empty": b"",
    "too large": b"---\ntitle: a\n---\n" + b"x" * 5_000_000,
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_a_bad_file_is_one_problem(folder: Folder, store: Store, take_in: TakeIn, data: bytes) -> None:
    """A file that cannot be read is named, with one reason; the others are published."""
    folder.write("a.txt", seed("甲"))
    file = folder.write("b.txt", "")
    file.write_bytes(data)
    report = take_in()

    assert [problem.place for problem in report.problems] == [str(file)]
    assert (report.counts, _titles(folder, store)) == (Counter(new=1, problem=1), ["甲"])


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_was_published_of_a_file_that_broke_stays(
    folder: Folder, store: Store, take_in: TakeIn, data: bytes
) -> None:
    """A mistake in a file changes nothing that readers have; mended, it is the same entry."""
    file = folder.write("a.txt", seed("甲"))
    take_in()
    file.write_bytes(data)
    report = take_in()
    broken = (len(report.problems), _titles(folder, store))
    folder.write("a.txt", seed("甲改"))
    mended = take_in()

    assert (broken, mended.problems) == ((1, ["甲"]), ())
    assert [(one.guid, one.title) for one in _entries(folder, store)] == [(_guid("a.txt"), "甲改")]


def test_a_problem_is_reported_until_it_is_mended(folder: Folder, take_in: TakeIn) -> None:
    """A report names everything that is wrong now, also what was found wrong before."""
    folder.write("a.txt", "nothing")
    first = take_in()

    assert take_in(NOW + HOUR).problems == first.problems != ()


def test_a_broken_file_that_is_removed_is_withdrawn(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The entry and the problem of a broken file go when the file is removed."""
    folder.write("a.txt", seed("甲"))
    folder.write("b.txt", seed("乙"))
    take_in()
    folder.write("a.txt", "nothing")
    take_in()
    _remove(folder, "a.txt")
    report = take_in()

    assert (report.problems, _titles(folder, store)) == ((), ["乙"])


def test_two_files_with_one_guid_name_each_other(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Of two files with the same guid the first is published, and the other's problem names it."""
    folder.write("a.txt", seed("甲", guid="urn:example:1"))
    folder.write("b.txt", seed("乙", guid="urn:example:1"))
    report = take_in()

    assert [Path(problem.place).name for problem in report.problems] == ["b.txt"]
    assert "the guid urn:example:1 is that of a.txt" in _reasons(report)[0]
    assert _titles(folder, store) == ["甲"]


def test_a_guid_that_becomes_free_is_taken(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """When the first of two files with the same guid is removed, the other is published, without being touched."""
    folder.write("a.txt", seed("甲", guid="urn:example:1"))
    folder.write("b.txt", seed("乙", guid="urn:example:1"))
    take_in()
    _remove(folder, "a.txt")
    report = take_in()

    assert report.problems == ()
    assert _titles(folder, store) == ["乙"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read, as Linux has")
def test_a_file_that_cannot_be_read_is_one_problem(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A file that the disk will not give is named, with the system's reason; the others are published."""
    folder.write("a.txt", seed("甲"))
    (folder.path / "seeds" / "b.txt").symlink_to("/proc/self/mem")
    report = take_in()

    assert _reasons(report) == ["cannot be read: Input/output error; check the file's permissions"]
    assert _titles(folder, store) == ["甲"]


# --- dates -----------------------------------------------------------------------------------------------------------


def test_a_date_in_the_name_counts(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An undated seed whose name begins with a date has that, in the site's zone."""
    folder.write("2022-07-28-a.txt", seed(date=""))
    take_in()

    assert _the_entry(folder, store).published == datetime.fromisoformat("2022-07-28T00:00:00+08:00")


def test_an_undated_archive_is_no_news(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """On a first import, undated seeds are as old as the newest dated one."""
    folder.write("a.txt", seed("甲"))
    folder.write("b.txt", seed("乙", date=""))
    take_in()

    assert {(one.published, one.updated) for one in _entries(folder, store)} == {(PUBLISHED, PUBLISHED)}


def test_an_undated_seed_has_the_time_of_first_sight(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Later an undated seed is published when it is found, and an edit does not change that."""
    folder.write("a.txt", seed("甲"))
    take_in(NOW)
    folder.write("b.txt", seed("乙", date=""))
    take_in(NOW + HOUR)
    folder.write("b.txt", seed("乙改", date=""))
    take_in(NOW + DAY)
    found = _entries(folder, store)[0]

    assert (found.title, found.published, found.updated) == ("乙改", NOW + HOUR, NOW + DAY)


def test_a_seed_dated_in_the_future_waits(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A seed appears when it is due, not before, and its page neither; nobody has to touch it."""
    folder.write("a.txt", seed("甲", date=_dated(NOW + DAY)))
    found = []
    for moment in (NOW, NOW + DAY - HOUR, NOW + DAY):
        take_in(moment)
        found.append((_titles(folder, store), _page(store, _guid("a.txt"))))

    assert found == [([], (None, False)), ([], (None, False)), (["甲"], ("甲", True))]


@pytest.mark.parametrize("due", [2 * HOUR, 3 * DAY], ids=["brought forward", "postponed"])
def test_a_waiting_seed_can_be_given_another_date(
    folder: Folder, store: Store, take_in: TakeIn, due: timedelta
) -> None:
    """Until a seed is due, its date is the file's: changed, it appears at the new one."""
    folder.write("a.txt", seed("甲", date=_dated(NOW + DAY)))
    take_in(NOW)
    folder.write("a.txt", seed("甲", date=_dated(NOW + due)))
    take_in(NOW + HOUR)
    take_in(NOW + due - HOUR / 2)
    before = _titles(folder, store)
    take_in(NOW + due)
    found = _entries(folder, store)

    assert before == []
    assert [(one.published, one.updated) for one in found] == [(NOW + due, NOW + due)]


@pytest.mark.parametrize(("days", "said"), [(-1, 0), (1, 1)], ids=["the past", "the future"])
def test_a_date_in_the_future_is_said(folder: Folder, take_in: TakeIn, days: int, said: int) -> None:
    """The author reads when the article is published, from `check` and from `update`."""
    folder.write("later.md", seed("将来", date=(NOW + timedelta(days=days)).isoformat()))
    checked = check(SANDBOX, folder.config().sources, Before(files={}), NOW)
    notices = [one.reason for found in (checked[0].notices, take_in().notices) for one in found]
    when = (NOW + timedelta(days=days)).astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M:%S %z")

    assert notices == 2 * said * [
        f"its date is in the future: unless it is published by now, it is published on {when}"
    ]


def test_a_published_seed_is_not_moved_into_the_future(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A date in the future does not make what is published vanish."""
    folder.write("a.txt", seed("甲"))
    take_in()
    folder.write("a.txt", seed("甲", date=_dated(NOW + DAY)))
    take_in()

    assert _the_entry(folder, store).published == PUBLISHED


# --- cut off ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(folder: Folder) -> Folder:
    """250 seeds, which are three batches; each seventh has no date."""
    for number in range(250):
        moment = _dated(PUBLISHED + (number * 37 % 250) * HOUR) if number % 7 else ""
        folder.write(f"{number:03}.txt", seed(f"第{number}篇", date=moment, categories=f"[类{number % 3}]"))
    return folder


def _all_documents(folder: Folder, store: Store) -> dict[tuple[str, Format], str]:
    publisher = _publisher(folder, store)
    forms: tuple[Format, ...] = ("rss", "atom", "json")
    found = [publisher.find(slug) for slug in ("all", "类0", "类1", "类2")]
    return {(one.slug, form): publisher.document(one, form, NOW).digest for one in found if one for form in forms}


def test_an_import_that_is_cut_off_shows_nothing(many: Folder, store: Store) -> None:
    """Until a first import is complete, there is nothing to see of it."""
    with pytest.raises(CutOffError):
        _import(many, store, progress=_cut_off)
    with store.read() as db:
        saved = db.scalar(sa.select(sa.func.count()).select_from(entry))

    assert (saved, _titles(many, store), _positions(store)) == (100, [], [])
    assert _page(store, _guid("000.txt")) == (None, False)


def test_an_import_that_was_cut_off_is_completed(many: Folder, store: Store, tmp_path: Path) -> None:
    """A resumed import gives the documents and positions of an unbroken one."""
    unbroken = open_store(f"sqlite:///{tmp_path / 'unbroken.sqlite3'}")
    migrate.upgrade(unbroken)
    _import(many, unbroken)
    with pytest.raises(CutOffError):
        _import(many, store, progress=_cut_off)
    report = _import(many, store, NOW + HOUR)
    found = [(_positions(one), _all_documents(many, one)) for one in (store, unbroken)]
    unbroken.close()

    assert report.placed == len([row for row in found[0][0] if row[0] == "all"]) == 250
    assert len(found[0][1]) == 12
    assert found[0] == found[1]


def _rename(folder: Folder) -> None:
    _move(folder, "a.txt", "b.txt")


def _edit(folder: Folder) -> None:
    folder.write("a.txt", seed("新"))


def _replace(folder: Folder) -> None:
    _remove(folder, "a.txt")
    folder.write("c.txt", seed("别的"))


def test_what_cannot_be_looked_into_is_one_problem(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A file whose name is no text is named, and costs the others nothing."""
    folder.write("a.txt", seed("甲"))
    Path(os.fsdecode(os.fsencode(folder.path / "seeds") + b"/\xff.txt")).write_text(seed("乙"), "utf-8")
    report = take_in()

    assert _titles(folder, store) == ["甲"]
    assert ["rename it" in problem.reason for problem in report.problems] == [True]


def test_what_is_in_a_folder_that_cannot_be_listed_is_not_gone() -> None:
    """A folder that is locked for a while withdraws nothing, and stops nothing beside it."""
    known = {"locked/a.txt": SeedFile(path="locked/a.txt", size=1, mtime_ns=2, raw_hash="")}
    listing = Listing(found={"b.txt": Stamp(size=3, mtime_ns=4)}, unlisted={"locked": "cannot be listed"})

    assert found_or_hidden(known, listing) == {
        "locked/a.txt": Stamp(size=1, mtime_ns=2),
        "b.txt": Stamp(size=3, mtime_ns=4),
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [(_rename, ("a.txt", "旧")), (_edit, ("a.txt", "新")), (_replace, ("c.txt", "别的"))],
    ids=["rename", "edit", "replace"],
)
def test_a_change_that_was_cut_off_is_completed(
    folder: Folder, store: Store, change: Callable[[Folder], None], expected: tuple[str, str]
) -> None:
    """Whatever was going on when an update was killed, the next one ends where an unbroken one does."""
    folder.write("a.txt", seed("旧"))
    _import(folder, store)
    change(folder)
    with pytest.raises(CutOffError):
        _import(folder, store, progress=_cut_off)
    _import(folder, store)
    found = _the_entry(folder, store)

    assert (found.guid, found.title) == (_guid(expected[0]), expected[1])


def test_updates_wait_for_each_other(folder: Folder, store: Store) -> None:
    """Two updates at once are two updates one after the other."""
    folder.write("a.txt", seed("甲"))
    with ThreadPoolExecutor(1) as pool:
        with store.alone():
            waiting = pool.submit(_import, folder, store)
            is_waiting = not wait([waiting], timeout=0.5).done

        assert waiting.result(timeout=30).placed == 1
    assert is_waiting


def test_progress_counts_the_files(many: Folder, store: Store) -> None:
    """Whoever waits for an import can see how far it is."""
    seen: list[tuple[int, int]] = []
    _import(many, store, progress=lambda step, total: seen.append((step, total)))

    assert seen == [(100, 250), (100, 250), (50, 250)]


# --- settings --------------------------------------------------------------------------------------------------------


def test_a_changed_setting_reaches_every_entry(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Categories and rights given to a source by the configuration are its entries', and no news to readers."""
    folder.write("a.txt", seed("甲"))
    take_in(NOW)
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, categories: [文摘], rights: © 作者"))
    report = take_in(NOW + HOUR)
    found = _the_entry(folder, store)

    assert (found.categories, found.rights, found.updated) == (("新媒体", "文摘"), "© 作者", PUBLISHED)
    assert (report.counts, _revisions(store)) == (Counter(policy=1), 0)
    assert _titles(folder, store, "文摘") == ["甲"]


def test_a_setting_taken_back_leaves_every_entry(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A category that the configuration gave and takes back is no more its entries'."""
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, categories: [文摘]"))
    folder.write("a.txt", seed("甲"))
    take_in()
    folder.configure(CONFIG)
    take_in()

    assert (_titles(folder, store, "文摘"), _the_entry(folder, store).categories) == ([], ("新媒体",))


def test_a_moved_folder_is_the_same_source(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A source is its name: its seeds may move elsewhere as a whole."""
    folder.write("a.txt", seed("甲"))
    take_in()
    before = _entries(folder, store)
    (folder.path / "seeds").rename(folder.path / "moved")
    folder.configure(CONFIG.replace("path: seeds", "path: moved"))
    report = take_in(NOW + HOUR)

    assert (report.counts, _entries(folder, store)) == (Counter(), before)


def test_entries_know_when_they_were_first_seen(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The time of first sight stays through edits."""
    folder.write("a.txt", seed("甲"))
    take_in(NOW)
    folder.write("a.txt", seed("乙"))
    take_in(NOW + HOUR)

    with store.read() as db:
        assert db.scalars(sa.select(entry.c.first_seen)).all() == [NOW]
