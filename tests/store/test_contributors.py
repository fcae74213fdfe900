"""Contributors are stored and read back."""

from feedsvc.model import Author, RawEntry
from feedsvc.store.contributors import contributors_in, contributors_out
from feedsvc.store.entries import _packed, unpacked

PEOPLE = (Author(name="甲", url="https://a.example/"), Author(name="乙"))


def test_contributors_come_back_as_they_were() -> None:
    """From a column in JSON, and from the raw form; an entry of an older version has none."""
    raw = RawEntry(guid="1", contributors=PEOPLE)

    assert contributors_in(contributors_out(PEOPLE)) == PEOPLE
    assert contributors_in(None) == ()
    assert unpacked(_packed(raw)) == raw
