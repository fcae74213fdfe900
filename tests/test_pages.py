"""The pages of documentation: their links lead somewhere, and their examples and tables say what the code does."""

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from feedsvc.cli import main
from feedsvc.config import load
from feedsvc.model import SourceSpec
from feedsvc.normalize import ANY_TIME, parse_date
from feedsvc.parse.seed import read

ROOT = Path(__file__).parents[1]

#: The pages for a newcomer and an operator.
GUIDES = ("README.md", *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("config/*.md")))

#: All pages of the repository. The Markdown files in seeds/ are articles.
PAGES = (*GUIDES, *sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "feedsvc/**/*.md", "tests/**/*.md")
    for path in ROOT.glob(pattern)
    if path.relative_to(ROOT).as_posix() not in GUIDES
))  # fmt: skip

#: Lines of README.md: a newcomer reads it in five minutes.
MAX_README_LINES = 120

CODE_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.MULTILINE)

#: The name of a command without the path at which README.md installs it.
BARE_COMMAND = re.compile(
    r"(?<![/\w])feedsvc (?:up|serve|update|check|worker|poll|adopt|resanitize|feeds|sources|db|opml|discover|version)\b"
)

#: config/dates.md has this example, and says that it is no date.
TWO_READINGS = "05/06/2022"

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPEC = SourceSpec(name="articles", kind="seeds", path="/seeds", timezone=SHANGHAI, tag="example.org,2026")


def _text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def _blocks(page: str, language: str) -> list[str]:
    return [block["code"] for block in CODE_BLOCK.finditer(_text(page)) if block["language"] == language]


def _cells(page: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    section = _text(page).split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    table = section[section.index("\n|") :].strip().split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def _words(cell: str) -> list[str]:
    """The words that a cell has in backticks."""
    return [word.strip("`") for word in CODE.findall(cell)]


# --- links -----------------------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    found: list[str] = []
    for heading in HEADING.finditer(CODE_BLOCK.sub("", text)):
        anchor = re.sub(r"[^\w\- ]", "", heading["text"].lower()).replace(" ", "-")
        found.append(f"{anchor}-{times}" if (times := found.count(anchor)) else anchor)
    return set(found)


def broken(page: Path) -> Iterator[str]:
    """The relative links of a page that lead to no file, or to no heading of a page."""
    plain = CODE.sub("", CODE_BLOCK.sub("", page.read_text("utf-8")))
    for link in LINK.finditer(plain):
        path, _, anchor = link["target"].partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        file = page.parent / path if path else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            yield link["target"]


@pytest.mark.parametrize("page", PAGES)
def test_each_relative_link_leads_to_a_file_and_a_heading(page: str) -> None:
    """Web addresses are not tested: no test reaches beyond this machine."""
    assert list(broken(ROOT / page)) == []


def test_a_wrong_link_is_found(tmp_path: Path) -> None:
    """`broken` finds wrong links to files, to headings of other pages and of the page itself. Code is no link."""
    (tmp_path / "b.md").write_text("# 标题 and `code`: one\n\n## Two\n\n## Two\n", "utf-8")
    page = tmp_path / "a.md"
    page.write_text(
        "# Here\n\n[1](b.md) [2](b.md#标题-and-code-one) [3](b.md#two-1) [4](#here) [5](https://e.example/#no)\n"
        "`[6](no.md)` [7](no.md) [8](b.md#two-2) [9](#there)\n```\n[10](no.md)\n```\n",
        "utf-8",
    )

    assert list(broken(page)) == ["no.md", "b.md#two-2", "#there"]


def test_readme_links_to_each_page_of_the_configuration() -> None:
    """README.md links to it, or config/README.md does."""
    linked = {link["target"].removeprefix("config/") for link in LINK.finditer(_text("README.md"))}
    linked |= {link["target"] for link in LINK.finditer(_text("config/README.md"))}

    assert {Path(page).name for page in GUIDES} - linked == set()


def test_readme_is_short() -> None:
    """A long subject has a page of its own."""
    assert len(_text("README.md").splitlines()) <= MAX_README_LINES


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", GUIDES)
def test_each_command_has_the_path_at_which_readme_installs_it(page: str) -> None:
    """A reader can copy each command as it stands."""
    assert BARE_COMMAND.findall(_text(page)) == []


def _commands(group: click.Group, prefix: str = "") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        inner = list(_commands(command, f"{prefix}{name} ")) if isinstance(command, click.Group) else []
        if not inner or (isinstance(command, click.Group) and command.invoke_without_command):
            yield f"{prefix}{name}"
        yield from inner


def test_the_table_of_commands_has_each_command() -> None:
    """No other command is in it."""
    listed = {
        re.sub(r" <.*", "", word.removeprefix(".venv/bin/feedsvc "))
        for row in _cells("config/operating.md", "## Commands")
        for word in _words(row[0])
    }

    assert listed == set(_commands(main))


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "block"), [(page, block) for page in GUIDES for block in _blocks(page, "yaml")]
)  # fmt: skip
def test_each_example_of_a_configuration_is_valid(tmp_path: Path, page: str, block: str) -> None:
    """A Hexo blog is there for those that name one."""
    (tmp_path / "_config.yml").write_text("url: https://blog.example.org\n", "utf-8")
    file = tmp_path / "feedsvc.yaml"
    file.write_text(block.replace("/srv/blog/_config.yml", "_config.yml"), "utf-8")
    config = load(file, {})

    assert config.sources or config.upstreams, page


def test_the_example_of_an_article_is_an_article() -> None:
    """The fields of the example article are read as README.md says."""
    (article,) = _blocks("README.md", "")
    parsed = read(article.encode(), "a.txt", SPEC)

    assert parsed.notices == ()
    assert parsed.entry is not None
    assert (parsed.entry.title, parsed.entry.categories) == ("国家云正式上线", ("新媒体", "最新"))
    assert (parsed.entry.image, len(parsed.entry.authors)) == ("https://static.example.com/1.png", 1)


# --- fields and dates ------------------------------------------------------------------------------------------------


def _private_fields(means: str) -> Iterator[str]:
    for names, when in _cells("config/private.md", "## Fields that hide the article"):
        if when.startswith(means):
            yield from _words(names)


def _is_hidden(line: str) -> bool:
    return read(f"---\ntitle: 标题\n{line}\n---\n正文".encode(), "a.md", SPEC).entry is None


@pytest.mark.parametrize(
    "line",
    [
        *(f"{name}: true" for name in _private_fields("unless its value means no")),
        *(f"{name}: false" for name in _private_fields("unless its value means yes")),
        *(f"{name}: false" for name in _private_fields("if its value means no")),
        *(f"{name}: members" for name in _private_fields("unless its value means that everybody")),
        *(f"{name}: 私密" for name in _private_fields("if its value has a word")),
        *(f"{name}: 仅自己" for name in _private_fields("if its whole value is")),
    ],
)
def test_each_field_of_the_table_hides_an_article(line: str) -> None:
    """Each field of the table hides an article, with a value that the table names."""
    assert _is_hidden(line)


def test_the_table_of_private_fields_is_read_whole() -> None:
    """Each of its rows is tested, or says `always`."""
    tested = [
        "unless its value means no", "unless its value means yes", "if its value means no",
        "unless its value means that everybody", "if its value has a word", "if its whole value is", "always",
    ]  # fmt: skip
    rows = [row[1] for row in _cells("config/private.md", "## Fields that hide the article")]

    assert [when for when in rows if not when.startswith(tuple(tested))] == []


def test_the_dates_of_the_table_are_dates() -> None:
    """Each example of config/dates.md, in Shanghai's zone. A clock stands after a day."""
    examples = [word for row in _cells("config/dates.md", "## Forms") for word in _words(row[1])]
    examples.remove(TWO_READINGS)
    dates = [word if re.search(r"\d{4}", word) else f"2022-07-25 {word}" for word in examples]

    assert [date for date in dates if not parse_date(date, SHANGHAI, earliest=ANY_TIME)] == []


def test_a_date_with_two_readings_is_no_date() -> None:
    """The example of config/dates.md."""
    with pytest.raises(ValueError, match=TWO_READINGS):
        parse_date(TWO_READINGS, SHANGHAI, earliest=ANY_TIME)
