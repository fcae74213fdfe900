"""Finding and reading seed files."""

import os
from pathlib import Path

import pytest

from feedsvc.errors import EntryError, SourceError
from feedsvc.model import SourceSpec
from feedsvc.sources.seeds import MAX_SEED_BYTES, Stamp, read, scan
from tests.conftest import Folder


def _read(spec: SourceSpec, path: str) -> bytes:
    return read(spec, path, scan(spec).found[path])


def test_a_seed_is_found_by_its_path_below_the_folder(folder: Folder, spec: SourceSpec) -> None:
    """Seeds are found at any depth, under the path that makes their guid."""
    folder.write("a.txt", "1")
    folder.write("2022/七月/b.md", "2")

    assert sorted(scan(spec).found) == ["2022/七月/b.md", "a.txt"]


@pytest.mark.parametrize(
    ("name", "is_seed"),
    [
        *((name, True) for name in ("a.md", "a.markdown", "a.html", "a.TXT", "目录/b.c.md")),
        *((name, False) for name in ("a.yaml", "README", "a.md~", ".hidden.md", "~$a.md", "b/~$文.txt", ".git/a.md")),
    ],
)
def test_only_articles_are_seeds(folder: Folder, spec: SourceSpec, name: str, *, is_seed: bool) -> None:
    """Markdown, HTML and text are seeds; other files, hidden files, Office's locks and hidden folders are not."""
    folder.write(name, "1")

    assert (name in scan(spec).found) is is_seed


def test_a_stamp_changes_with_the_file(folder: Folder, spec: SourceSpec) -> None:
    """A file that was written to has another stamp, without being read."""
    folder.write("a.txt", "1")
    before = scan(spec)
    folder.write("a.txt", "2")

    assert scan(spec) != before


def test_links_are_followed(spec: SourceSpec, tmp_path: Path) -> None:
    """Links to files and folders outside the seed folder lead to seeds."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text("2")
    (tmp_path / "seeds" / "a.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    (tmp_path / "seeds" / "linked").symlink_to(tmp_path / "elsewhere")

    assert (_read(spec, "a.txt"), _read(spec, "linked/b.txt")) == (b"2", b"2")


def test_a_loop_of_links_ends(folder: Folder, spec: SourceSpec) -> None:
    """A link to a folder above itself does not find the same seeds again."""
    folder.write("sub/a.txt", "1")
    (folder.path / "seeds" / "sub" / "again").symlink_to(folder.path / "seeds")

    assert list(scan(spec).found) == ["sub/a.txt"]


@pytest.mark.parametrize("order", [("a", "link"), ("link", "a")], ids=["link made last", "link made first"])
def test_a_linked_folder_is_found_under_one_name_everywhere(
    folder: Folder, spec: SourceSpec, order: tuple[str, ...]
) -> None:
    """A folder with a second name in the same tree keeps its own: guids do not depend on how a disk lists names."""
    for name in order:
        if name == "link":
            (folder.path / "seeds" / "link").symlink_to(folder.path / "seeds" / "a")
        else:
            folder.write("a/1.txt", "1")

    assert list(scan(spec).found) == ["a/1.txt"]


def test_a_link_that_leads_nowhere_is_no_seed(folder: Folder, spec: SourceSpec) -> None:
    """A dangling link disturbs nothing."""
    folder.write("a.txt", "1")
    (folder.path / "seeds" / "b.txt").symlink_to("nowhere.txt")

    assert list(scan(spec).found) == ["a.txt"]


def test_a_folder_with_the__a_seed_is_a_folder(folder: Folder, spec: SourceSpec) -> None:
    """A folder whose name ends like a seed's is read as a folder."""
    folder.write("b.md/a.txt", "1")

    assert list(scan(spec).found) == ["b.md/a.txt"]


def test_a_pipe_is_no_seed(folder: Folder, spec: SourceSpec) -> None:
    """Only files are read: a pipe with the name of one would keep an import waiting for ever."""
    folder.write("a.txt", "1")
    os.mkfifo(folder.path / "seeds" / "pipe.txt")

    assert list(scan(spec).found) == ["a.txt"]


def test_a_name_that_is_no_text_is_no_seed(folder: Folder, spec: SourceSpec) -> None:
    """A file whose name is not UTF-8 does not stop the others."""
    folder.write("a.txt", "1")
    (folder.path / "seeds" / os.fsdecode(b"\xff.txt")).write_text("2")

    assert list(scan(spec).found) == ["a.txt"]


def test_a_missing_folder_names_the_setting(folder: Folder, spec: SourceSpec) -> None:
    """A folder that is not there is an error that names the folder and the key of the configuration."""
    (folder.path / "seeds").rmdir()

    with pytest.raises(
        SourceError, match=r"seeds: the folder of source articles is not there.*sources\.articles\.path"
    ):
        scan(spec)


def test_a_large_file_is_refused_unread(folder: Folder, spec: SourceSpec) -> None:
    """A file of more than 5 MB is no article."""
    with folder.write("a.txt", "").open("wb") as file:
        file.truncate(MAX_SEED_BYTES + 1)

    with pytest.raises(EntryError, match="larger than 5 MB"):
        _read(spec, "a.txt")


def test_a_file_that_has_gone_is_a_problem_of_its_own(spec: SourceSpec) -> None:
    """A file that cannot be read is reported with the system's reason."""
    with pytest.raises(EntryError, match="cannot be read: No such file"):
        read(spec, "gone.txt", Stamp(size=1, mtime_ns=1))


def test_half_a_file_is_not_taken_for_a_whole_one(folder: Folder, spec: SourceSpec) -> None:
    """A file that changed since it was found is left for the next time."""
    folder.write("a.txt", "1")
    before = scan(spec).found["a.txt"]
    folder.write("a.txt", "12")

    with pytest.raises(EntryError, match="read again next time"):
        read(spec, "a.txt", before)
