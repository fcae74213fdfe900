"""External programs of sources: what they replace is published, and what they may not replace stays."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Store, poll_states
from feedsvc.store.schema import entry
from feedsvc.update.resanitize import resanitize
from tests.conftest import SANDBOX, Folder
from tests.data.feeds import Article, articles, rss
from tests.data.upstream import Upstream, answer
from tests.test_upstreams import HOUR, Polls, upstream

__all__ = ["upstream"]

#: Reads the entry, remembers that it was asked, and answers by a script of the test.
HEAD = """
import json, sys
entry = json.load(sys.stdin)
open({asked!r}, "a").write(entry["title"] + "\\n")
"""

TRANSLATE = """
entry["title"] = "EN " + entry["title"]
entry["content"] = "<p>translated</p>" + entry["content"]
entry["language"] = "en"
json.dump(entry, sys.stdout)
"""


class Programs(Polls):
    """Polls an upstream whose source has a program."""

    def __init__(self, folder: Folder, store: Store, server: Upstream) -> None:
        super().__init__(folder, store)
        self.server = server
        self.asked = folder.path / "asked"

    def publish(self, some: list[Article]) -> None:
        """Let the upstream have these articles."""
        self.server.answers["/feed"] = answer(rss(some))

    def program(self, text: str, more: str = "", name: str = "program.py", keys: str = "") -> None:
        """Give the source a program."""
        (self.folder.path / name).write_text(HEAD.format(asked=str(self.asked)) + text, "utf-8")
        command = json.dumps([sys.executable, "-S", str(self.folder.path / name)])
        self.configure(
            f'  news: {{kind: upstream, url: "URL/feed", allow_private: true, article_key: "/(\\\\d+)\\\\.htm", '
            f"program: {{command: {command}{keys}}}{more}}}\n",
            self.server,
        )

    @property
    def titles(self) -> list[str]:
        """The titles that readers see, oldest first."""
        return [one.title for one in reversed(self.shown())]

    @property
    def number(self) -> int:
        """How many entries the program was given."""
        return len(self.asked.read_text("utf-8").splitlines()) if self.asked.exists() else 0

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems of the source, for the operator."""
        with self.store.read() as db:
            return poll_states.states(db)["news"].problem_lines


@pytest.fixture
def news(folder: Folder, store: Store, upstream: Upstream) -> Programs:
    """An upstream with three articles."""
    made = Programs(folder, store, upstream)
    made.publish(articles(3))
    return made


def test_a_program_replaces_what_readers_see(news: Programs) -> None:
    """Title, content and language are those of the program; guid, link and date stay those of the feed."""
    news.program(TRANSLATE + "\n")
    assert news.counts() == {"new": 3}
    first, one = articles(3)[0], news.shown()[0]

    assert (one.title, one.language) == (f"EN {first.title}", "en")
    assert one.content.startswith("<p>translated</p><p>")
    assert (one.guid, one.link, one.published) == (first.link, first.link, first.published)
    assert news.problems == ()


def test_an_unchanged_entry_is_not_given_again(news: Programs) -> None:
    """A poll gives the program what is new or edited alone."""
    news.program(TRANSLATE)
    news.run()
    news.publish(articles(4))

    assert news.counts(2 * HOUR)["new"] == 1
    assert news.number == 4


def test_another_command_makes_the_entries_of_the_feed_again(news: Programs) -> None:
    """The entries are read again, and none of them is an edit. Without a program they are as the feed has them."""
    news.program(TRANSLATE)
    news.run()
    before = news.shown()
    news.program('json.dump({"title": "2 " + entry["title"]}, sys.stdout)', name="second.py")
    news.run(2 * HOUR)
    assert news.titles == [f"2 {one.title}" for one in reversed(articles(3))]
    assert [one.updated for one in news.shown()] == [one.updated for one in before]
    news.configure('  news: {kind: upstream, url: "URL/feed", allow_private: true, article_key: "/(\\\\d+)\\\\.htm"}\n',
                   news.server)  # fmt: skip
    news.run(2 * HOUR)

    assert news.titles == [one.title for one in reversed(articles(3))]
    with news.store.read() as db:
        assert set(db.scalars(sa.select(entry.c.rewrite))) == {None}


def test_a_new_policy_keeps_what_the_program_replaced(news: Programs) -> None:
    """Entries that are sanitised again are made of the stored output. The program does not run, and no date moves."""
    news.program(TRANSLATE)
    news.run()
    before = news.shown()
    with news.store.write() as db:
        stale = {"content": "<p>old</p>", "title": "old", "published_hash": "x", "policy_version": POLICY_VERSION - 1}
        db.execute(sa.update(entry).values(**stale))

    assert resanitize(news.store, SANDBOX, {}) == 3
    assert news.shown() == before
    assert news.number == 3


def test_tags_of_a_program_go_through_the_map(news: Programs) -> None:
    """A program cannot give an entry a category: its tags are mapped as those of the feed. New rules count for them."""
    tags = 'json.dump({"tags": ["AI", "spam"], "categories": ["头条"]}, sys.stdout)'
    news.program(tags, more=", map: {AI: 智能}")
    news.run()
    assert {one.categories for one in news.shown()} == {("智能",)}
    news.program(tags, more=", map: {spam: 垃圾}, drop: [{category: ^x}]")
    news.run(timedelta(minutes=1))

    assert {one.categories for one in news.shown()} == {("垃圾",)}
    assert news.number == 3


def test_the_output_of_a_program_is_sanitised(news: Programs) -> None:
    """Scripts, event handlers and addresses that are no web pages go the way of those of a feed."""
    news.program("""
json.dump({
    "guid": "stolen", "link": "javascript:alert(1)", "image": "javascript:alert(2)", "language": "<b>",
    "title": "<script>alert(3)</script>" + "x" * 100_000,
    "summary": "<img src=x onerror=alert(4)>s",
    "content": '<p onclick="alert(5)">text<script>alert(6)</script><a href="javascript:alert(7)">a</a></p>',
}, sys.stdout)
""")
    news.run()
    one = news.shown()[0]
    documents = b"".join(news.documents())

    assert (one.guid, one.link) == (articles(3)[0].link, articles(3)[0].link)
    assert (one.image, one.language) == (None, None)
    assert one.title.startswith("‹script›alert(3)‹/script›x")
    assert len(one.title) < 1000
    assert not any(word in documents for word in (b"<script", b"onclick", b"onerror", b"javascript:", b"stolen"))


def test_a_failure_keeps_the_entry_and_is_tried_again(news: Programs) -> None:
    """The operator reads one line. When the feed has changed, the program gets the entry again, and that is no edit."""
    news.program(f"sys.exit('no key') if not __import__('os').path.exists({str(news.folder.path / 'key')!r}) else 0\n"
                 + TRANSLATE)  # fmt: skip
    news.publish(articles(5))
    news.run()
    dates = {one.guid: one.updated for one in news.shown()}
    title = articles(5)[0].title

    assert news.titles == [one.title for one in reversed(articles(5))]
    (problem,) = news.problems
    assert problem == (
        f"the program failed for 3 entries, first {title!r}: exit code 1: no key; "
        "2 entries not given to it; it gets them when the feed has changed"
    )
    (news.folder.path / "key").touch()
    news.publish(articles(6))
    assert news.counts(2 * HOUR)["new"] == 1
    assert news.titles == [f"EN {one.title}" for one in reversed(articles(6))]
    assert {one.guid: one.updated for one in news.shown() if one.guid in dates} == dates
    assert news.number == 3 + 6
    assert not news.problems


def test_a_retry_that_changes_nothing_ends_the_retries(news: Programs) -> None:
    """An entry that the program leaves as it is counts as done."""
    news.program("sys.exit(1)")
    news.run()
    (news.folder.path / "program.py").write_text(HEAD.format(asked=str(news.asked)) + "print('{}')", "utf-8")
    for number in (4, 5):
        news.publish(articles(number))
        news.run(2 * HOUR)

    assert news.number == 3 + 4 + 1


def test_a_program_that_hangs_ends_with_its_time(news: Programs) -> None:
    """The limit of time is the configured one; the entries are there without it."""
    news.program("import time; time.sleep(60)", keys=", timeout: 1")

    assert news.counts() == {"new": 3}
    assert "no result within 1 s" in news.problems[0]


def test_a_path_of_a_program_is_from_the_file(folder: Folder) -> None:
    """`./translate` stands beside the configuration; a name alone is looked up in PATH."""
    folder.configure(
        "sources:\n  a: {kind: upstream, url: 'https://a.example/', program: {command: [./translate, ./x]}}\n"
        "  b: {kind: upstream, url: 'https://a.example/', program: {command: [python3]}}\n"
    )
    commands = [one.program.command for one in folder.config().upstreams if one.program]

    assert commands == [(str(folder.path / "translate"), "./x"), ("python3",)]


def test_the_program_of_the_documentation_works(news: Programs) -> None:
    """The example in config/upstreams.md translates title and content, and names the language."""
    example = (Path(__file__).parents[1] / "config" / "upstreams.md").read_text("utf-8").partition("```python\n")[2]
    file = news.folder.path / "translate.py"
    file.write_text(example.partition("```")[0].replace("http://127.0.0.1:5000", news.server.url), "utf-8")
    file.chmod(0o755)
    news.server.answers["/translate"] = answer('{"translatedText": ["译题", "<p>译文</p>"]}')
    news.configure(
        '  news: {kind: upstream, url: "URL/feed", allow_private: true, program: {command: [./translate.py]}}\n',
        news.server,
    )
    news.publish(articles(1))
    news.run()
    (one,) = news.shown()

    assert not news.problems
    assert (one.title, one.language, one.content.startswith("<p>译文</p>")) == ("译题", "zh-CN", True)
