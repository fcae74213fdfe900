"""An entry whose HTML cannot be sanitised falls back to plain text, else to a reason."""

from collections.abc import Iterator
from typing import Any

import pytest

from feedsvc.model import Entry, RawEntry
from feedsvc.sandbox import Failure, Sandbox, calls
from feedsvc.update.plain import or_text

RAW = RawEntry(guid="g", title="题", content="<b>文</b>")

SLOW = Failure(reason="takes too long")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of one worker."""
    with Sandbox(workers=1) as made:
        yield made


def test_a_good_result_stays(sandbox: Sandbox) -> None:
    """An entry that was sanitised is not made again."""
    entry = calls.sanitize_again((RAW, ()))

    assert or_text(sandbox, "a.txt", entry, calls.text_again, RAW) is entry


def test_a_failure_becomes_plain_text_and_names_its_reason(sandbox: Sandbox) -> None:
    """Readers see the words, and the entry says why it has no format."""
    entry = or_text(sandbox, "a.txt", SLOW, calls.text_again, RAW)

    assert isinstance(entry, Entry)
    assert entry.content.endswith("<p>文</p>")
    assert entry.fallback == "takes too long"


def test_without_plain_text_there_is_a_reason(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """If plain text fails as well, its own reason is returned. A fault of feedsvc is logged with its place."""
    broken: Any = None
    found = or_text(sandbox, "a.txt", SLOW, calls.text_again, broken)

    assert isinstance(found, Failure)
    assert "AttributeError" in found.reason
    assert [one.getMessage().partition("\n")[0] for one in caplog.records] == ["a.txt: unexpected"]
