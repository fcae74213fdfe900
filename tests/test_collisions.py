"""Files under one guid: each is imported or named, nothing ends an update, and `check` says the same."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from feedsvc.identity import mint_guid
from feedsvc.store import Store
from feedsvc.store.schema import entry
from feedsvc.update import update
from feedsvc.update.check import Before, before_of, check
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, feedsvc, seed

MORE = CONFIG + "".join(f"  {name}: {{kind: seeds, path: {name}}}\n" for name in ("second", "third"))

#: The folder of each source.
ROOTS = {"articles": "seeds", "second": "second", "third": "third"}

#: As many bytes as no index of PostgreSQL holds, which its compression does not shorten enough.
LONG = "".join(f"{number * number:x}" for number in range(2000))

EQUAL = seed("每日一篇的标题是这样", guid="daily-1")
MINTED = mint_guid("example.org,2026", "articles", "a.txt")


def _other(name: str, **fields: str) -> str:
    return seed(f"{name}完全不同的标题{name * 5}", f"<p>{name * 40}</p>", **fields)


CASES: dict[str, tuple[dict[str, str], int, list[tuple[str, str, str]]]] = {
    # Files; how many entries are shown; which file is told that its guid is that of which other file.
    "equal bytes in three folders": (
        {"seeds/x.md": EQUAL, "second/x.md": EQUAL, "third/x.md": EQUAL},
        1,
        [("second/x.md", "daily-1", "seeds/x.md"), ("third/x.md", "daily-1", "seeds/x.md")],
    ),
    "other pieces in three folders": (
        {f"{folder}/x.md": _other(name, guid="daily-1") for folder, name in zip(ROOTS.values(), "甲乙丙", strict=True)},
        3,
        [("second/x.md", "daily-1", "seeds/x.md"), ("third/x.md", "daily-1", "seeds/x.md")],
    ),
    "the older one has it": (
        {"seeds/x.md": _other("甲", guid="g"), "second/x.md": _other("乙", guid="g", date="2020-01-01")},
        2,
        [("seeds/x.md", "g", "second/x.md")],
    ),
    "twice in one folder, and elsewhere": (
        {"seeds/x.md": EQUAL, "seeds/y.md": _other("乙", guid="daily-1"), "second/z.md": _other("丙", guid="daily-1")},
        2,
        [("second/z.md", "daily-1", "seeds/x.md"), ("seeds/y.md", "daily-1", "x.md")],
    ),
    "the minted guid of a later file": (
        {"seeds/0.md": _other("甲", guid=f"'{MINTED}'"), "seeds/a.txt": _other("乙")},
        2,
        [("seeds/a.txt", MINTED, "0.md")],
    ),
    "the minted guid of an earlier file": (
        {"seeds/a.txt": _other("甲"), "seeds/z.md": _other("乙", guid=f"'{MINTED}'")},
        1,
        [("seeds/z.md", MINTED, "a.txt")],
    ),
    "the minted guid of another folder's file": (
        {"seeds/a.txt": _other("甲"), "second/z.md": _other("乙", guid=f"'{MINTED}'")},
        2,
        [("second/z.md", MINTED, "seeds/a.txt")],
    ),
    "another case": ({"seeds/x.md": _other("甲", guid="Daily-1"), "seeds/y.md": _other("乙", guid="daily-1")}, 2, []),
    "other white space": (
        {"seeds/x.md": _other("甲", guid="daily-1"), "seeds/y.md": _other("乙", guid='"  daily-1\\t"')},
        1,
        [("seeds/y.md", "daily-1", "x.md")],
    ),
    "control characters": (
        {"seeds/x.md": _other("甲", guid='"a\\x01b\\0"'), "second/y.md": _other("乙", guid="ab")},
        2,
        [("second/y.md", "ab", "seeds/x.md")],
    ),
    "nothing but control characters": (
        {"seeds/x.md": _other("甲", guid='"\\x01"'), "seeds/y.md": _other("乙", guid='"\\u200e"')}, 2, [],
    ),
    "a very long one": (
        {"seeds/x.md": _other("甲", guid=LONG), "second/y.md": _other("乙", guid=LONG[:-1])}, 2, [],
    ),
}  # fmt: skip


def _written(folder: Folder, files: dict[str, str]) -> Folder:
    folder.configure(MORE)
    for name in ("second", "third"):
        (folder.path / name).mkdir()
    for name, text in files.items():
        folder.write(f"../{name}", text)
    return folder


def _shown(store: Store) -> int:
    with store.read() as db:
        return db.scalar(sa.select(sa.func.count()).where(entry.c.is_shown)) or 0


@pytest.mark.parametrize(("files", "shown", "losers"), CASES.values(), ids=CASES)
def test_each_loser_is_one_line(
    folder: Folder, store: Store, files: dict[str, str], shown: int, losers: list[tuple[str, str, str]]
) -> None:
    """An update names each file whose guid is another's, and that one; so does a check, before and after."""
    specs = _written(folder, files).config().sources
    before = check(SANDBOX, specs, Before(files={}), NOW)
    reports = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)
    with store.read() as db:
        after = check(SANDBOX, specs, before_of(db, specs), NOW)
    lines = [[str(problem) for one in said for problem in one.problems] for said in (before, reports, after)]
    places = {name: str(folder.path / name) for name in files}
    wanted = [
        f"{places[loser]}:1: the guid {guid} is that of {places.get(owner, owner)}; give one of them another"
        for loser, guid, owner in losers
    ]

    assert [sorted(said) for said in lines] == [sorted(wanted)] * 3
    assert _shown(store) == shown


def test_who_has_a_guid_keeps_it(folder: Folder, store: Store) -> None:
    """A file that comes later, with an older date, is the one that is told; a check says so before the update."""
    specs = _written(folder, {"third/x.md": _other("甲", guid="g")}).config().sources
    update(store, SANDBOX, specs, catalogue(folder.config()), NOW)
    folder.write("y.md", _other("乙", guid="g", date="2001-01-01"))
    with store.read() as db:
        checked = check(SANDBOX, specs, before_of(db, specs), NOW)
    reports = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)
    told = [[Path(problem.place).name for one in said for problem in one.problems] for said in (checked, reports)]

    assert told == [["y.md"], ["y.md"]]


def test_a_former_name_is_no_collision(folder: Folder, store: Store) -> None:
    """A file that was moved aside keeps its guid; the new file under its name has one of its own, without a word."""
    specs = _written(folder, {"seeds/latest.md": _other("甲")}).config().sources
    update(store, SANDBOX, specs, catalogue(folder.config()), NOW)
    (folder.path / "seeds" / "latest.md").rename(folder.path / "seeds" / "2022.md")
    folder.write("latest.md", _other("乙"))
    report, *_ = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)
    with store.read() as db:
        checked = check(SANDBOX, specs, before_of(db, specs), NOW)

    assert (report.problems, [one.problems for one in checked], _shown(store)) == ((), [(), (), ()], 2)


def test_a_path_that_no_index_holds_is_one_line(folder: Folder, store: Store) -> None:
    """A file below very many folders is named, and the others are imported."""
    deep = "/".join(["深" * 80] * 9)
    specs = _written(folder, {"seeds/a.md": _other("甲"), f"seeds/{deep}/b.md": _other("乙")}).config().sources
    report, *_ = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)

    assert ["more than 2000 bytes" in problem.reason for problem in report.problems] == [True]
    assert _shown(store) == 1


def test_a_check_makes_nothing(folder: Folder) -> None:
    """Before the first update, `check` needs no database, and leaves none."""
    _written(folder, {"seeds/x.md": EQUAL, "second/x.md": EQUAL})
    checked = feedsvc(folder, "check")

    assert (checked.returncode, checked.stdout.count("the guid daily-1 is that of")) == (1, 1)
    assert not (folder.path / "data").exists()


def test_two_posts_with_one_permalink_are_both_published(folder: Folder, store: Store) -> None:
    """Two posts of one name, whose permalink holds no date (jekyll/jekyll#6207): one line, where Jekyll lost one."""
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, permalink: 'https://blog.example.org/:year/:title/'"))
    folder.write("2010-06-21-policies.md", _other("甲", date="2010-06-21", permalink="/2010/policies/"))
    folder.write("2010-07-08-policies.md", _other("乙", date="2010-07-08", permalink="/2010/policies/"))
    specs = folder.config().sources
    (report,) = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)
    with store.read() as db:
        (checked,) = check(SANDBOX, specs, before_of(db, specs), NOW)

    assert _shown(store) == 2
    assert [Path(one.place).name for one in report.problems] == ["2010-07-08-policies.md"]
    assert "is that of 2010-06-21-policies.md" in str(report.problems[0])
    assert checked.problems == report.problems


def test_a_folder_with_two_names_has_no_collision(folder: Folder, store: Store) -> None:
    """A file that is found by two ways is one file (jekyll/jekyll#8461)."""
    specs = _written(folder, {"seeds/a/x.md": EQUAL}).config().sources
    (folder.path / "seeds" / "b").symlink_to(folder.path / "seeds" / "a")
    reports = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)

    assert ([one.problems for one in reports], _shown(store)) == ([(), (), ()], 1)


def test_one_guid_again_and_again_is_one_line_each_time(folder: Folder, store: Store) -> None:
    """A file that comes under a known guid at each update meets no constraint (FreshRSS/FreshRSS#3086)."""
    specs = _written(folder, {"seeds/0.md": EQUAL}).config().sources
    for number in range(1, 4):
        folder.write(f"{number}.md", _other(f"{number}", guid="daily-1"))
        report, *_ = update(store, SANDBOX, specs, catalogue(folder.config()), NOW)

        assert len(report.problems) == number
    assert _shown(store) == 1
