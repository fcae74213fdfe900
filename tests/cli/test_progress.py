"""An import shows its progress to the person who waits for it."""

import pytest

from feedsvc.cli import progress as showing
from feedsvc.cli.progress import progress, progress_line


@pytest.mark.parametrize(
    ("done", "total", "seconds", "expected"),
    [
        (4500, 20_000, 10.0, "4500 of 20000, 450/s, 34 s left"),
        (10, 10, 2.0, "10 of 10, 5/s, 0 s left"),
        (1, 5, 0.0, "1 of 5, 1000/s, 0 s left"),
    ],
)
def test_a_line_tells_rate_and_time_left(done: int, total: int, seconds: float, expected: str) -> None:
    """A line gives the number done, the total, the rate and the time left."""
    assert progress_line(done, total, seconds) == expected


def test_each_source_is_counted_by_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The count of the second source begins at zero. No line is written for a step that is the last one."""
    monkeypatch.setattr(showing, "PROGRESS_SECONDS", -1)
    with progress("importing") as show:
        for step, total in ((100, 150), (50, 150), (5, 10), (5, 10), (2, 2)):
            show(step, total)
    lines = [line.partition(", ")[0] for line in capsys.readouterr().err.splitlines()]

    assert lines == ["importing: 100 of 150", "importing: 5 of 10"]
