"""The type and the duration of a file are read from what feeds write about it."""

import pytest

from feedsvc.media import clock, file_name, kind_of, length, media_type, seconds


@pytest.mark.parametrize(
    ("declared", "url", "medium", "expected"),
    [
        ("audio/mpeg", "https://e.org/a", "", "audio/mpeg"),
        ("Audio/MPEG; codecs=x", "https://e.org/a", "", "audio/mpeg"),
        ("audio/mpeg;codecs=mp3", "https://e.org/a.m4a", "", "audio/mpeg"),
        ("", "https://e.org/a.MP3?x=.jpg", "", "audio/mpeg"),
        ("", "https://e.org/a.mp4#t=1", "image", "video/mp4"),
        ("image/jpeg", "https://e.org/a.mp4", "image", "video/mp4"),
        ("text/html", "https://e.org/a.mp3", "", "audio/mpeg"),
        ("application/octet-stream", "https://e.org/a.mp3", "", "audio/mpeg"),
        ("mp3", "https://e.org/a", "", "audio/mpeg"),
        ("", "https://e.org/watch", "video", "video/mp4"),
        ("video", "https://e.org/watch", "", "video/mp4"),
        ('text/html"><script>', "https://e.org/a", "", "application/octet-stream"),
        (None, "https://e.org/", "", "application/octet-stream"),
        (5, "https://e.org/a.pdf", "", "application/pdf"),
        ("a/" + "b" * 300, "https://e.org/a", "", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_type_is_declared_or_follows_from_name_and_medium(
    declared: object, url: str, medium: str, expected: str
) -> None:
    """A declared type counts without its parameters, unless it says nothing or the name is that of a recording."""
    assert media_type(declared, url, medium) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("01:02:03", 3723), ("62:03", 3723), ("3723", 3723), ("3723.9", 3723), (3723.5, 3723), (3723, 3723), (" 5 ", 5),
     ("", 0), ("-5", 0), (-5, 0), ("an hour", 0), ("1:2:3:4", 0), (True, 0), (None, 0), (float("nan"), 0),
     (float("inf"), 0), ("99999999", 0), ("٣", 0)],
)  # fmt: skip
def test_durations(written: object, expected: int) -> None:
    """Seconds, or hours, minutes and seconds; nothing else is a duration."""
    assert seconds(written) == expected


def test_a_duration_is_written_as_it_is_read() -> None:
    """A duration that is written is read again as the same number of seconds."""
    assert (clock(3723), clock(59), clock(360_000)) == ("01:02:03", "00:00:59", "100:00:00")
    assert all(seconds(clock(number)) == number for number in (1, 59, 60, 3599, 3600, 86_399, 360_000))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/a/%E9%9B%BE%20%E6%B8%AF.jpg?w=1", "雾 港.jpg"),
        ("https://e.org/p/1/", "1"),
        ("https://e.org/", "e.org"),
    ],
)
def test_a_file_is_called_by_its_name(url: str, expected: str) -> None:
    """The last segment of the path, else the host."""
    assert file_name(url) == expected


def test_kinds_and_lengths() -> None:
    """Flash and pages are no files to play; a length is a number of bytes."""
    types = ("image/png", "audio/ogg", "video/mp4", "application/x-shockwave-flash", "text/html", "application/pdf")
    assert [kind_of(one) for one in types] == ["image", "audio", "video", "flash", "page", "file"]
    assert [length(one) for one in ("12", 12, "", None, "1e3", -1, True, "9" * 16)] == [12, 12, 0, 0, 0, 0, 0, 0]
