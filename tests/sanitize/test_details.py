"""Details of an entry are checked like its text; an entry without words gets the name of its file."""

from dataclasses import replace

import pytest

from feedsvc.model import Attached, Details, Enclosure, Entry, RawEntry
from feedsvc.sanitize.details import checked
from feedsvc.sanitize.entry import sanitize

BARE = RawEntry(guid="tag:example.org,2026:s/1")
PICTURE = "https://o.example/p/%E9%9B%BE.jpg?w=1"


def shown(**fields: object) -> Entry:
    """An entry with these details and nothing else."""
    return sanitize(replace(BARE, **fields))  # type: ignore[arg-type]  # any of its fields


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        (shown(image=PICTURE, link="https://o.example/page"), "雾.jpg"),
        (shown(enclosures=(Enclosure(url="https://o.example/2.jpg", type="image/jpeg"),)), "2.jpg"),
        (shown(enclosures=(Enclosure(url="https://o.example/a.mp3", type="audio/mpeg"),)), "a.mp3"),
        (shown(link="https://o.example/p/1/"), "1"),
        (shown(link="https://o.example/"), "o.example"),
        (shown(image="https://o.example/%3Cscript%3E.jpg"), "‹script›.jpg"),
        (shown(content="<p>正文</p>", image=PICTURE), "正文"),
        (shown(), "tag:example.org,2026:s/1"),
    ],
)  # fmt: skip
def test_an_entry_without_words_is_called_by_its_file_or_page(entry: Entry, title: str) -> None:
    """An entry without words gets the name of its file or page as a title, and its identifier only without both."""
    assert entry.title == title


def test_an_entry_without_a_text_shows_its_picture() -> None:
    """An entry without text shows its picture with its description. Beside a text, the picture is not in the text."""
    alone = shown(image=PICTURE, details=Details(alt='雾 "港"'))
    attached = shown(enclosures=(Enclosure(url="https://o.example/2.jpg", type="image/jpeg"),))

    assert alone.content == f'<p><img alt="雾 &quot;港&quot;" referrerpolicy="no-referrer" src="{PICTURE}"></p>'
    assert 'src="https://o.example/2.jpg"' in attached.content
    assert shown(content="正文", image=PICTURE).content == "正文"


def test_details_that_may_not_be_published_are_left_out() -> None:
    """Addresses are web addresses, numbers are in bounds, languages are tags, texts are plain."""
    bad = Details(
        alt="<b>雾</b>\n港", comments="javascript:x", license="file:///x", via=("data:x", "https://o.example/v"),
        duration=-1, episode=10**9, season=0, episode_type="<b>", cover="//", related=("https://u:p@o.example/",),
        transcripts=(Attached(url="ftp://x", type="a/b"),
                     Attached(url="https://o.example/1.srt", type='x"><b>', language="<b>", rel="x y")),
        chapters=Attached(url="", type="a/b"),
    )  # fmt: skip

    assert checked(bad) == Details(
        alt="雾 港",
        via=("https://o.example/v",),
        transcripts=(Attached(url="https://o.example/1.srt", type="application/srt"),),
    )


def test_stored_entries_are_made_anew_by_the_same_checks() -> None:
    """Stored entries of an older release lose an invalid type, a recording as a picture, Flash and a jump link."""
    entry = shown(
        link="https://www.google.com/url?url=https://n.example/a%3Fid%3D1&ct=ga",
        image="https://o.example/v.mp4",
        enclosures=(
            Enclosure(url="https://o.example/a", type='text/html"><script>alert(1)</script>'),
            Enclosure(url="https://o.example/v.swf", type="application/x-shockwave-flash"),
            Enclosure(url="https://o.example/b.mp3", type="audio/mpeg;codecs=x"),
        ),
    )

    assert (entry.link, entry.image) == ("https://n.example/a?id=1", None)
    assert [one.type for one in entry.enclosures] == ["application/octet-stream", "audio/mpeg"]
