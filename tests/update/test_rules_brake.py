"""Each rule of the brake alone: which of the seeds that went together are held back, and what a person reads."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest

from feedsvc.model import SourceSpec
from feedsvc.store.seed_files import CONFIRMED, HELD, SeedFile
from feedsvc.update.seeds import brake
from tests.conftest import NOW

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)


def files(number: int, folder: str = "", **more: Any) -> dict[str, SeedFile]:
    """`number` published seeds of a folder, known for a month."""
    paths = [f"{folder}{index:03}.txt" for index in range(number)]
    return {
        path: SeedFile(
            path=path, size=1, mtime_ns=1, raw_hash=path,
            **{"entry_id": crc32(path.encode()), "first_seen": NOW - 30 * DAY} | more,  # type: ignore[arg-type]
        )
        for path in paths
    }  # fmt: skip


def held(known: dict[str, SeedFile], lost: Iterable[str], renamed: Iterable[str] = ()) -> set[str]:
    """The files that are held back if these files are lost and others have another name."""
    gone, moved = set(lost), set(renamed)
    return brake.held_back(known, known.keys() - gone - moved, moved, NOW)


# --- all seeds of a source -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ages", "is_held"),
    [
        ([], False), ([DAY], False), ([DAY, DAY], True), ([DAY, DAY - SECOND], False), ([DAY, DAY, SECOND], True),
        ([SECOND] * 9, False), ([None, DAY], False),
    ],
)  # fmt: skip
def test_all_seeds_are_held_where_two_are_settled(ages: list[timedelta | None], *, is_held: bool) -> None:
    """Two that were published for a day; an older row does not say since when."""
    known = {
        path: replace(file, first_seen=None if age is None else NOW - age)
        for (path, file), age in zip(files(len(ages)).items(), ages, strict=True)
    }

    assert held(known, known) == (set(known) if is_held else set())


def test_what_is_left_has_to_be_published() -> None:
    """Drafts are no seeds that are left; a seed with another name is one, where it is published."""
    known = files(3)
    drafts = files(2, "drafts/", entry_id=None)
    moved = files(1, "moved/")

    assert held(known | drafts, known) == set(known)
    assert held(known | moved, known) == set()
    assert held(known | moved, known, moved) == set()
    withdrawn = {path: replace(file, withdrawn_at=NOW - DAY) for path, file in moved.items()}
    assert held(known | withdrawn, known, withdrawn) == set(known)


# --- folders and shares ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "is_held"), [(9, False), (10, True)])
@pytest.mark.parametrize("folder", ["disk/", "disk/deep/"])
def test_ten_seeds_that_are_all_of_a_folder_are_held(folder: str, number: int, *, is_held: bool) -> None:
    """Nine are a wish. What goes beside a folder goes."""
    lost = files(number, folder)
    known = lost | files(200)
    beside = set(list(files(200))[:3])

    assert held(known, lost) == (set(lost) if is_held else set())
    assert held(known, {*lost, *beside}) == (set(lost) if is_held else set())


def test_a_folder_that_has_a_seed_left_is_not_empty() -> None:
    """Ten of its eleven seeds are a wish."""
    lost = files(10, "disk/")

    assert held(files(11, "disk/") | files(200), lost) == set()


@pytest.mark.parametrize(
    ("lost", "left", "is_held"), [(19, 1, False), (20, 79, True), (20, 80, False), (40, 159, True)]
)
def test_twenty_seeds_that_are_more_than_a_fifth_are_held(lost: int, left: int, *, is_held: bool) -> None:
    """Of one folder that has others left."""
    known = files(lost + left)
    gone = set(list(known)[:lost])

    assert held(known, gone) == (gone if is_held else set())


def test_an_entry_under_two_names_counts_once() -> None:
    """A run that was cut off between a rename's two halves leaves both."""
    known = files(99)
    gone = set(list(known)[:20])
    twin = {
        "new.txt": replace(known["050.txt"], path="new.txt"),
        "more.txt": replace(known["051.txt"], path="more.txt"),
    }

    assert held(known | twin, gone) == gone
    assert held(known | files(1, "b") | twin, gone) == set()


# --- which count -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tenth", "counts"),
    [
        ({}, True), ({"hold": HELD}, True), ({"hold": CONFIRMED}, False), ({"entry_id": None}, False),
        ({"is_gone": True, "withdrawn_at": NOW - HOUR}, True),
        ({"is_gone": True, "withdrawn_at": NOW - HOUR - SECOND}, False),
        ({"is_gone": True, "withdrawn_at": NOW, "hold": CONFIRMED}, False),
        ({"is_gone": True, "withdrawn_at": None}, False), ({"withdrawn_at": NOW}, False),
    ],
)  # fmt: skip
def test_what_went_within_an_hour_counts_with_what_goes(tenth: dict[str, Any], *, counts: bool) -> None:
    """Nine seeds of a folder, and a tenth that went before."""
    nine = files(9, "disk/")
    more = {"disk/x.txt": replace(files(1)["000.txt"], path="disk/x.txt", **tenth)}
    known = nine | more | files(100)
    is_new = not tenth

    assert held(known, nine | more) == ({*nine, *(more if is_new else ())} if counts else set())


def test_a_seed_with_another_name_is_not_missing() -> None:
    """25 of 30 were renamed, and two are gone: that is a wish."""
    known = files(30)
    names = list(known)

    assert held(known, names[:2], names[2:27]) == set()


def test_where_nothing_new_goes_nothing_new_is_held() -> None:
    """A held file stays held by itself."""
    assert held(files(30, hold=HELD) | files(30, "a/"), files(30)) == set()
    assert held(files(30, hold=HELD), files(30)) == set()


def test_what_vanished_and_is_not_held_goes() -> None:
    """Neither before nor from now on."""
    vanished = files(2) | files(1, "held/", hold=HELD) | files(1, "let/", hold=CONFIRMED)

    assert [file.path for file in brake.let_go(vanished, {"001.txt"})] == ["000.txt", "let/000.txt"]


# --- what a person reads ---------------------------------------------------------------------------------------------

SPEC = SourceSpec(name="my articles", kind="seeds", path="/srv/seeds", timezone=ZoneInfo("UTC"), tag="example.org,2026")


def test_the_brake_says_how_many_where_and_what_to_do() -> None:
    """The folder that all of them are in."""
    one, many = files(1, "a/b/", hold=HELD), files(2, "a/c/", hold=HELD)
    gone = files(4, "d/", hold=HELD, is_gone=True)
    found = [brake.problem(SPEC, some.values()) for some in ({}, gone, one, one | many | gone | files(3))]
    said = [problem and (problem.place, problem.reason) for problem in found]
    remedy = "put the files back, or withdraw them with: feedsvc sources confirm 'my articles'"

    assert said == [
        None,
        None,
        ("source my articles", f"1 seed is missing in /srv/seeds/a/b; what was published of them stays; {remedy}"),
        ("source my articles", f"3 seeds are missing in /srv/seeds/a; what was published of them stays; {remedy}"),
    ]


def test_the_brake_says_what_the_next_update_will_hold() -> None:
    """Before it does so."""
    found = brake.problem(SPEC, files(3).values(), {"001.txt", "002.txt"})

    assert "next update" not in brake.told(SPEC, 1).reason
    assert found is not None
    assert found.reason == (
        "2 seeds are missing in /srv/seeds; what was published of them stays; put the files back, or withdraw them "
        "after the next update with: feedsvc sources confirm 'my articles'"
    )
