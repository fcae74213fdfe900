"""Seeds that go missing all at once: what is held back stays, until it is back or somebody confirms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from feedsvc.identity import mint_guid
from feedsvc.model import SourceSpec
from feedsvc.sources import seeds
from feedsvc.store import Store, migrate, open_store, seed_files, sources
from feedsvc.store.migrations.run import configured
from feedsvc.store.schema import entry, source
from feedsvc.update import Report
from feedsvc.update.run import SOURCES
from feedsvc.update.seeds.brake import FEW
from feedsvc.update.seeds.source import Seeds
from tests.conftest import CONFIG, NOW, Folder, seed

ROOT = Path(__file__).parents[1]

TakeIn = Callable[..., Report]


def _write(folder: Folder, *names: str) -> None:
    for name in names:
        folder.write(name, seed(f"第{name}篇", f"<p>{name}</p>"))


def _remove(folder: Folder, *names: str) -> None:
    for name in names:
        (folder.path / "seeds" / name).unlink()


def _names(number: int, folder: str = "") -> list[str]:
    return [f"{folder}{index:03}.txt" for index in range(number)]


def _shown(store: Store) -> int:
    """The number of published entries."""
    with store.read() as db:
        return db.scalar(sa.select(sa.func.count()).where(entry.c.is_shown)) or 0


def _guid_of(store: Store, name: str) -> str:
    """The guid of a file's entry."""
    with store.read() as db:
        (source_id,) = sources.ids_of(db, ["articles"])
        return str(seed_files.files_of(db, source_id)[name].guid)


def _held(store: Store) -> int:
    with store.read() as db:
        return seed_files.held(db).get("articles", 0)


def _confirm(store: Store) -> int:
    with store.write() as db:
        return seed_files.confirm(db, "articles")


@pytest.mark.parametrize(
    ("there", "lost", "held"),
    [
        (_names(60), _names(19), 0),
        (_names(60), _names(20), 20),
        (_names(101), _names(20), 0),
        (_names(1), _names(1), 0),
        (_names(7), _names(7), 0),
        (_names(10), _names(10), 10),
        (_names(200) + _names(15, "disk/"), _names(15, "disk/"), 15),
        (_names(200) + _names(15, "disk/deep/"), _names(15, "disk/deep/"), 15),
        (_names(200) + _names(15, "disk/"), _names(14, "disk/"), 0),
        (_names(200) + _names(9, "disk/"), _names(9, "disk/"), 0),
        (_names(200) + _names(15, "disk/"), [*_names(15, "disk/"), *_names(3)], 15),
    ],
    ids=[
        "fewer than 20", "a third", "less than a fifth", "the only one", "all of a few", "all", "a folder",
        "a folder in a folder", "most of a folder", "a folder of few", "a folder and some others",
    ],
)  # fmt: skip
def test_what_is_held_back(
    folder: Folder, store: Store, take_in: TakeIn, there: list[str], lost: list[str], held: int
) -> None:
    """A large share, a whole folder or a whole source is held back; few seeds, and what goes beside those, are not."""
    _write(folder, *there)
    take_in()
    _remove(folder, *lost)
    report = take_in()

    assert (_held(store), _shown(store)) == (held, len(there) - len(lost) + held)
    assert len(report.problems) == (held > 0)


def _add_many(folder: Folder) -> None:
    _write(folder, *(f"new/{number}.txt" for number in range(150)))


def _edit(folder: Folder) -> None:
    folder.write("050.txt", seed("改过"))


def _rename(folder: Folder) -> None:
    (folder.path / "seeds" / "050.txt").rename(folder.path / "seeds" / "z.txt")


def _delete_few(folder: Folder) -> None:
    _remove(folder, "060.txt")


def _set_up_anew(folder: Folder) -> None:
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, categories: [文摘]"))


def _touch(folder: Folder) -> None:
    _write(folder, "051.txt")


@pytest.mark.parametrize(
    ("change", "shown"),
    [(_add_many, 250), (_edit, 100), (_rename, 100), (_delete_few, 100), (_set_up_anew, 100), (_touch, 100)],
    ids=["many new files", "an edit", "a rename", "one more is gone", "another setting", "a touched file"],
)
def test_what_is_held_stays_held(
    folder: Folder, store: Store, take_in: TakeIn, change: Callable[[Folder], None], shown: int
) -> None:
    """Nothing that happens beside the missing seeds lets them go, today or next year."""
    _write(folder, *_names(100))
    take_in()
    _remove(folder, *_names(25))
    take_in()
    change(folder)
    for days in (0, 1, 400):
        report = take_in(NOW + timedelta(days=days))

        assert report.counts["withdrawn"] == 0
        assert len(report.problems) == 1
    assert (_held(store) >= 25, _shown(store)) == (True, shown)


def test_the_line_names_source_number_folder_and_command(folder: Folder, take_in: TakeIn) -> None:
    """One line names the missing seeds, their folder and the command to withdraw them, with a quoted source name."""
    folder.configure(CONFIG.replace("articles:", '"my articles":'))
    _write(folder, *_names(30), *_names(12, "disk/"))
    take_in()
    _remove(folder, *_names(12, "disk/"))
    (problem,) = take_in().problems

    assert str(problem) == (
        f"source my articles: 12 seeds are missing in {folder.path}/seeds/disk; what was published of them stays; "
        "put the files back, or withdraw them with: feedsvc sources confirm 'my articles'"
    )


def test_a_loss_that_takes_a_while_is_one_loss(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A disk that loses its files between several looks is stopped; what a look withdrew before comes back with it."""
    _write(folder, *_names(100))
    take_in()
    for step in range(10):
        _remove(folder, *_names(100)[step * 8 : step * 8 + 8])
        take_in(NOW + step * timedelta(seconds=5))
    meanwhile = _shown(store), _held(store)
    _write(folder, *_names(100))
    take_in(NOW + timedelta(hours=2))

    assert meanwhile == (84, 64)
    assert (_shown(store), _held(store), _guid_of(store, "000.txt")) == (
        100, 0, mint_guid("example.org,2026", "articles", "000.txt"),
    )  # fmt: skip


def test_seeds_that_come_back_are_released(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A disk that is mounted again ends the alarm by itself, and changed nothing."""
    _write(folder, *_names(30))
    take_in()
    away = folder.path / "seeds"
    away.rename(folder.path / "away")
    away.mkdir()
    take_in()
    away.rmdir()
    (folder.path / "away").rename(away)
    report = take_in()

    assert (_shown(store), _held(store), report.problems) == (30, 0, ())


def test_a_disk_that_goes_while_a_program_writes_below_its_mount_point(
    folder: Folder, store: Store, take_in: TakeIn
) -> None:
    """An unmounted share is an empty folder (laurent22/joplin#961), and new files in it let nothing go."""
    _write(folder, *_names(12))
    take_in()
    _remove(folder, *_names(12))
    for number in range(30):
        _write(folder, f"new{number}.txt")
        take_in(NOW + timedelta(days=number))
    meanwhile = _shown(store)
    _write(folder, *_names(12))
    report = take_in(NOW + timedelta(days=31))

    assert (meanwhile, _shown(store), report.problems) == (42, 42, ())


def test_a_disk_inside_the_folder_goes(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A disk below the seed folder (owncloud/client#4293), here behind a link, is held however small its share is."""
    elsewhere = folder.path / "disk"
    elsewhere.mkdir()
    for name in _names(10):
        (elsewhere / name).write_text(seed(name), "utf-8")
    (folder.path / "seeds" / "disk").symlink_to(elsewhere)
    _write(folder, *_names(300))
    take_in()
    elsewhere.rename(folder.path / "away")
    take_in()

    assert (_held(store), _shown(store)) == (10, 310)


def test_a_program_that_writes_all_files_anew_withdraws_nothing(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """`rsync --delete` of an empty source, then of the whole one: the look between the two sees no file."""
    _write(folder, *_names(40))
    take_in()
    _remove(folder, *_names(40))
    lost = take_in()
    _write(folder, *_names(40))
    back = take_in()

    assert (lost.counts["withdrawn"], back.problems, _shown(store)) == (0, (), 40)


@pytest.mark.parametrize("is_same", [False, True], ids=["each its own text", "equal texts"])
def test_held_seeds_that_turn_up_elsewhere_keep_their_guids(
    folder: Folder, store: Store, take_in: TakeIn, *, is_same: bool
) -> None:
    """A held seed under another name is a rename, however late, and however many others have the same text."""
    text = seed("相同")
    for name in _names(30):
        folder.write(name, text if is_same else seed(name))
    take_in()
    away = folder.path / "seeds" / "away"
    texts = {name: (folder.path / "seeds" / name).read_text("utf-8") for name in _names(30)}
    _remove(folder, *_names(30))
    take_in()
    away.mkdir()
    for name in _names(12):
        folder.write(f"away/{name}", texts[name])
    report = take_in(NOW + timedelta(days=1))

    assert (report.counts["renamed"], report.counts["new"], _held(store), _shown(store)) == (12, 0, 18, 30)
    assert _guid_of(store, "away/003.txt") == mint_guid("example.org,2026", "articles", "003.txt")


def test_a_confirmation_lets_go_what_was_held_then(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Seeds that go missing after the confirmation are judged by themselves; those that came back before it stay."""
    _write(folder, *_names(200), *_names(15, "disk/"))
    take_in()
    _remove(folder, *_names(50))
    take_in()
    _write(folder, "000.txt", "001.txt")
    confirmed = _confirm(store)
    _remove(folder, *_names(15, "disk/"))
    report = take_in()

    assert (confirmed, report.counts["withdrawn"]) == (50, 48)
    assert (_held(store), _shown(store)) == (15, 200 + 15 - 48)


def test_a_confirmation_is_used_up(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A seed that came back after a confirmation is held again when it goes again; nothing is left to confirm."""
    _write(folder, *_names(30))
    take_in()
    _remove(folder, *_names(30))
    take_in()
    _confirm(store)
    _write(folder, *_names(30))
    take_in()
    _remove(folder, *_names(30))
    take_in()

    assert (_held(store), _shown(store)) == (30, 30)
    assert (_confirm(store), _confirm(store)) == (30, 0)


def test_what_was_confirmed_does_not_count_again(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Whoever tidies up and confirms can go on to tidy up."""
    _write(folder, *_names(60))
    take_in()
    _remove(folder, *_names(30))
    take_in()
    _confirm(store)
    take_in()
    _remove(folder, "040.txt")
    take_in()

    assert (_held(store), _shown(store)) == (0, 29)


def test_drafts_and_broken_files_are_no_loss(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Files that publish nothing may go in any number."""
    _write(folder, "a.txt")
    for number in range(30):
        folder.write(f"drafts/{number}.txt", seed("草稿", draft="true") if number % 2 else "nothing")
    take_in()
    _remove(folder, *(f"drafts/{number}.txt" for number in range(30)))
    report = take_in()

    assert (report.problems, _held(store), _shown(store)) == ((), 0, 1)


def test_the_sample_articles_are_replaced_without_an_alarm(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """README's first steps: on the first day, somebody puts articles in the place of the samples."""
    samples = sorted((ROOT / "seeds").iterdir())
    for file in samples:
        folder.write(file.name, file.read_text("utf-8"))
    take_in()
    _remove(folder, *(file.name for file in samples))
    _write(folder, "mine.md")
    report = take_in(NOW + timedelta(hours=20))

    assert len(samples) < FEW
    assert (report.problems, _held(store), _shown(store)) == ((), 0, 1)


@pytest.mark.parametrize(
    ("number", "held"), [(1, 0), (2, 2), (7, 7), (9, 9)], ids=["the only one", "two", "seven", "nine"]
)
@pytest.mark.parametrize("new", [(), ("new.txt",)], ids=["nothing left", "a new file"])
def test_all_of_a_small_source_are_held_after_a_day(
    folder: Folder, store: Store, take_in: TakeIn, number: int, held: int, new: tuple[str, ...]
) -> None:
    """After a day, the loss of all seeds of a source is a lost disk, however few they are; the only seed is not."""
    _write(folder, *_names(number))
    take_in()
    _remove(folder, *_names(number))
    _write(folder, *new)
    for days in (1, 2):
        take_in(NOW + timedelta(days=days))

        assert (_held(store), _shown(store)) == (held, held + len(new))


def test_a_small_source_that_is_renamed_is_no_loss(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """All seeds of a small source get other names, and some of them go: nothing is held back."""
    _write(folder, *_names(5))
    take_in()
    _remove(folder, *_names(2))
    for name in _names(5)[2:]:
        (folder.path / "seeds" / name).rename(folder.path / "seeds" / f"new-{name}")
    report = take_in(NOW + timedelta(days=2))

    assert (report.counts["renamed"], report.counts["withdrawn"], _held(store), _shown(store)) == (3, 2, 0, 3)


class _CutOffError(Exception):
    """The service ends."""


def _cut_off(done: int, total: int) -> None:
    raise _CutOffError(f"{done} of {total}")


@pytest.mark.parametrize(
    ("there", "gone", "new"), [(100, 25, 200), (12, 12, 1)], ids=["many new files", "one new file"]
)
def test_an_update_that_is_cut_off_lets_nothing_go(
    folder: Folder, store: Store, take_in: TakeIn, there: int, gone: int, new: int
) -> None:
    """The seeds that are missing are held back before the first new file is saved."""
    _write(folder, *_names(there))
    take_in()
    _remove(folder, *_names(gone))
    _write(folder, *_names(new, "new/"))
    with pytest.raises(_CutOffError):
        take_in(NOW, _cut_off)
    report = take_in()

    assert (report.counts["withdrawn"], _held(store), _shown(store)) == (0, gone, there + new)


def test_files_under_new_names_are_not_held_after_all(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """While files are read, those that may be lost are held; when all are read, only the lost ones count."""
    _write(folder, *_names(60))
    take_in()
    for name in _names(40):
        (folder.path / "seeds" / name).rename(folder.path / "seeds" / f"new-{name}")
    _remove(folder, "050.txt")
    report = take_in()

    assert (report.counts["renamed"], report.counts["withdrawn"], _held(store), _shown(store)) == (40, 1, 0, 59)


class _Locked(Seeds):
    """The seeds of a folder, one folder of which cannot be listed."""

    @staticmethod
    def scan(spec: SourceSpec) -> seeds.Listing:
        """All seeds but those in `disk/`."""
        found = {path: stamp for path, stamp in seeds.scan(spec).found.items() if not path.startswith("disk/")}
        return seeds.Listing(found=found, unlisted={"disk": "cannot be listed"})


@pytest.mark.parametrize("number", [5, 25], ids=["few", "many"])
@pytest.mark.parametrize("is_lost", [False, True], ids=["there", "held"])
def test_a_folder_that_cannot_be_listed_loses_nothing(
    folder: Folder, store: Store, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, number: int, *, is_lost: bool
) -> None:
    """Whatever is in a folder that is locked stays as it is, other settings included; then it is read again."""
    _write(folder, *_names(40), *_names(number, "disk/"))
    take_in()
    if is_lost:
        _remove(folder, *_names(number, "disk/"))
        take_in()
    expected = _held(store), _shown(store)
    guid = _guid_of(store, "000.txt")
    with monkeypatch.context() as patch:
        patch.setitem(SOURCES, "seeds", replace(SOURCES["seeds"], source=_Locked))
        _set_up_anew(folder)
        _write(folder, *_names(200, "new/"))
        problems = [take_in().problems for _ in range(2)]
    report = take_in()

    assert [len(some) for some in problems] == [1 + bool(expected[0])] * 2
    assert (_held(store), _shown(store), report.counts["withdrawn"]) == (expected[0], expected[1] + 200, 0)
    assert report.counts["policy"] == (0 if is_lost else number)
    assert _guid_of(store, "000.txt") == guid


@pytest.mark.parametrize("private", ["draft: true", "hidden: true", "password: abc"])
def test_a_held_seed_that_turns_up_as_private_is_withdrawn(
    folder: Folder, store: Store, take_in: TakeIn, private: str
) -> None:
    """A folder gets another name, and its articles become private: nothing of them stays public."""
    for number in range(12):
        folder.write(f"old/{number}.txt", seed(f"第{number}篇", f"<p>秘密{number}</p>", guid=f"guid-{number}"))
    _write(folder, "a.txt")
    take_in()
    for number in range(12):
        (folder.path / "seeds" / f"old/{number}.txt").unlink()
        text = seed(f"第{number}篇", f"<p>秘密{number}</p>", guid=f"guid-{number}")
        folder.write(f"new/{number}.txt", text.replace("---", f"---\n{private}", 1))
    take_in()

    assert (_held(store), _shown(store)) == (0, 13 if "password" in private else 1)
    with store.read() as db:
        assert not any("秘密" in text for text in db.scalars(sa.select(entry.c.content).where(entry.c.is_shown)))


def test_a_source_under_a_new_name_takes_over(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A source gets another name: its articles are its own from then on, their edits and their privacy count."""
    folder.write("a.txt", seed("国家云揭开神秘面纱", "<p>" + "长" * 500 + "</p>"))
    folder.write("b.txt", seed("第一艘电动渡轮下水", "<p>乙的正文</p>"))
    take_in()
    folder.configure(CONFIG.replace("articles:", "essays:"))
    take_in()
    folder.write("a.txt", seed("国家云揭开神秘面纱", "<p>短</p>"))
    folder.write("b.txt", seed("第一艘电动渡轮下水", "<p>乙的正文</p>", draft="true"))
    take_in()
    with store.read() as db:
        assert db.scalars(sa.select(entry.c.content).where(entry.c.is_shown)).all() == ["<p>短</p>"]

    folder.configure(CONFIG)
    take_in()
    with store.read() as db:
        shown = sa.select(source.c.name).join(entry, entry.c.source_id == source.c.id).where(entry.c.is_shown)
        assert db.scalars(shown).all() == ["articles"]


def test_an_article_that_becomes_private_is_private_under_each_former_name(
    folder: Folder, store: Store, take_in: TakeIn
) -> None:
    """Headlines that are too short to tell a piece leave a copy under each name. No copy of a private article stays."""
    for name in ("a.txt", "b.txt", "c.txt"):
        folder.write(name, seed(name[0], f"<p>{name}</p>"))
    take_in()
    for new in ("essays:", "third:"):
        folder.configure(CONFIG.replace("articles:", new))
        take_in()
    folder.write("a.txt", seed("a", "<p>a.txt</p>", draft="true"))
    take_in()
    with store.read() as db:
        contents = set(db.scalars(sa.select(entry.c.content).where(entry.c.is_shown)))

    assert contents == {"<p>b.txt</p>", "<p>c.txt</p>"}


def test_a_private_article_withdraws_nothing_of_another_folder(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A former source that had other files is another source, also if one path is equal."""
    for name in ("a.txt", "b.txt", "c.txt"):
        folder.write(name, seed(f"旧 {name}", f"<p>{name}</p>"))
    take_in()
    (folder.path / "other").mkdir()
    (folder.path / "other" / "a.txt").write_text(seed("新", draft="true"), "utf-8")
    folder.configure(CONFIG.replace("articles: {kind: seeds, path: seeds}", "other: {kind: seeds, path: other}"))
    take_in()

    assert _shown(store) == 3


#: Takes away tables and columns of releases after 0008, which their migrations make.
LATER_THAN_0018 = (
    *(f"DROP TABLE hub_{name}" for name in ("request", "subscription", "announcement")),
    "DROP TABLE backfill_sign", "DROP TABLE backfill", "ALTER TABLE entry DROP COLUMN is_past",
    "ALTER TABLE feed DROP COLUMN past_position", "DROP TABLE webhook", "ALTER TABLE entry DROP COLUMN rewrite",
    "DROP TABLE subscription", "ALTER TABLE departure DROP COLUMN arrived_at",
    *(
        f"ALTER TABLE upstream DROP COLUMN {name}"
        for name in ("hubs", "pushes", "pushes_polled", "pushed_at", "push_idle", "is_silent")
    ),
)  # fmt: skip
LATER_THAN_0017 = (
    *LATER_THAN_0018,
    *(f"ALTER TABLE feed DROP COLUMN {name}" for name in ("delay", "released")),
)
LATER_THAN_0016 = (
    *LATER_THAN_0017,
    "DROP TABLE digest_piece",
    "DROP TABLE digest",
    *(f"ALTER TABLE feed DROP COLUMN {name}" for name in ("digest", "digested", "digested_until")),
)
LATER_THAN_0015 = (
    *LATER_THAN_0016,
    "DROP TABLE term_index",
    "DROP TABLE unindexed",
    "DROP TABLE entry_text",
    "DROP TABLE IF EXISTS entry_terms",
)
LATER_THAN_0014 = (
    *LATER_THAN_0015,
    *(f"ALTER TABLE revision DROP COLUMN {name}" for name in ("listed", "title", "text")),
)
LATER_THAN_0008 = (
    *LATER_THAN_0014,
    "ALTER TABLE source DROP COLUMN terms", "ALTER TABLE source DROP COLUMN is_private",
    "DROP TABLE reader", "DROP TABLE traffic", "DROP TABLE source_day",
    *(f"ALTER TABLE source DROP COLUMN {name}" for name in ("newest_day", "usual_gap", "removed")),
    *(f"ALTER TABLE upstream DROP COLUMN polls_{name}" for name in ("changed", "unchanged", "failed", "missed")),
    "ALTER TABLE upstream DROP COLUMN durations",
    "DROP TABLE takedown_sign", "DROP TABLE takedown", "ALTER TABLE story DROP COLUMN taken_down_at",
    "ALTER TABLE story DROP COLUMN taken_down_by", "ALTER TABLE seed_file DROP COLUMN is_blocked",
    "ALTER TABLE upstream DROP COLUMN blocked", "DROP TABLE activity",
    "DROP TABLE archive_page", "DROP TABLE departure", "DROP INDEX ix_membership_changed",
    "ALTER TABLE membership DROP COLUMN changed", "ALTER TABLE feed DROP COLUMN closed_pages",
    "ALTER TABLE feed DROP COLUMN closed_position",
)  # fmt: skip


@pytest.mark.parametrize("is_confirmed", [False, True], ids=["held", "confirmed"])
def test_a_hold_outlives_an_upgrade(folder: Folder, store: Store, take_in: TakeIn, *, is_confirmed: bool) -> None:
    """Files of a source that an older release held back are held back one by one; a confirmation still counts."""
    _write(folder, *_names(30))
    take_in()
    _remove(folder, *_names(12))
    take_in(NOW)
    with store.write() as db:
        db.execute(sa.text("ALTER TABLE seed_file DROP COLUMN hold"))
        db.execute(sa.text("ALTER TABLE source ADD COLUMN is_confirmed BOOLEAN NOT NULL DEFAULT false"))
        db.execute(sa.text("UPDATE seed_file SET is_gone = false"))
        db.execute(sa.text("UPDATE entry SET withdrawn_at = NULL, is_shown = true"))
        for later in LATER_THAN_0008:
            db.execute(sa.text(later))
        held = sa.text("UPDATE source SET held = 12, is_confirmed = :is_confirmed")
        db.execute(held, {"is_confirmed": is_confirmed})
        config = configured()
        config.attributes["connection"] = db
        command.stamp(config, "0008")
    upgraded = open_store(folder.database_url)
    migrate.upgrade(upgraded)
    upgraded.close()
    report = take_in(NOW + timedelta(days=1))

    assert (report.counts["withdrawn"], _held(store), _shown(store)) == ((12, 0, 18) if is_confirmed else (0, 12, 30))
