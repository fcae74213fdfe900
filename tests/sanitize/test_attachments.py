"""Links to attached files at the end of a text."""

import time

import pytest

from feedsvc.model import Enclosure
from feedsvc.sanitize.attachments import attachment_links, file_name
from feedsvc.sanitize.html import clean

FILES = (
    Enclosure(url="https://e.example/a.mp3?a=1&b=2", type="audio/mpeg", length=5_678_000),
    Enclosure(url="https://e.example/%E4%B9%A6.pdf", type="application/pdf", length=12),
)


def test_files_are_links_with_name_type_and_size() -> None:
    """Each file is a link with its name. Its type follows, and its size where that is known."""
    assert attachment_links(FILES, "<p>x</p>") == (
        '<p>附件：</p><ul><li><a href="https://e.example/a.mp3?a=1&amp;b=2" rel="noopener noreferrer ugc">a.mp3</a>'
        '（audio/mpeg，5.7 MB）</li><li><a href="https://e.example/%E4%B9%A6.pdf" rel="noopener noreferrer ugc">'
        "书.pdf</a>（application/pdf）</li></ul>"
    )


@pytest.mark.parametrize(
    "content",
    [
        '<audio src="https://e.example/a.mp3?a=1&amp;b=2"></audio>',
        '<a href="https://e.example/a.mp3?a=1&amp;b=2">听</a>',
    ],
    ids=["player", "link"],
)
def test_a_file_that_the_text_has_is_not_repeated(content: str) -> None:
    """The list leaves out a file that the text links to or plays."""
    assert attachment_links(FILES[:1], content) == ""
    assert "a.mp3" not in attachment_links(FILES, content)


def test_a_file_is_listed_once() -> None:
    """A file that is attached twice is one line."""
    assert attachment_links(FILES[:1] * 3, "").count("<li>") == 1


def test_many_files_take_linear_time() -> None:
    """The text is read once, for any number of files and any length."""
    files = [Enclosure(url=f"https://e.example/{number}.mp3", type="audio/mpeg") for number in range(18_000)]
    content = "".join(f'<p><a href="https://e.example/{number}.mp4">听</a></p>' for number in range(18_000))
    began = time.process_time()
    listed = attachment_links(files, f'{content}<p>href="https://e.example/1.mp3"</p><a href="{files[0].url}">x</a>')

    assert time.process_time() - began < 2
    assert listed.count("<li>") == len(files) - 1


@pytest.mark.parametrize(
    "name",
    [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E.mp3",
        "a%22%20onclick%3D%22x.mp3",
        "%00%E2%80%AEgpj.mp3",
        "a" * 5000,
        "%ff.mp3",
    ],
    ids=["script", "attribute", "control characters", "long", "not UTF-8"],
)
def test_hostile_names_pass_the_gate_unchanged(name: str) -> None:
    """The sanitiser leaves the list as it is, for any name of a file."""
    listed = attachment_links((Enclosure(url=f"https://e.example/{name}", type="audio/mpeg"),), "")

    assert clean(listed).whole == listed


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://e.example/", "e.example"),
        ("https://e.example/dir/", "dir"),
        ("https://e.example/a%2Fb.mp3?x=/y.mp4", "a/b.mp3"),
    ],
    ids=["host", "folder", "query"],
)
def test_file_name(url: str, name: str) -> None:
    """The name of a file is the last part of its path, else its host."""
    assert file_name(url) == name
