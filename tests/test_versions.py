"""
Digests of what is parsed and judged: a change that stored entries have to follow does not pass unnoticed.

A test that fails here says that the same bytes give other entries, or that the same rules judge otherwise. If stored
entries have to follow, raise the version by one. Then write the new digest beside the version.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC
from itertools import product
from pathlib import Path

from feedsvc.errors import EntryError
from feedsvc.filters import forms
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.readable import Readable
from feedsvc.filters.rules import REFUSED, is_kept
from feedsvc.identity import digest
from feedsvc.model import FetchPolicy, RawEntry, Rules, SourceSpec, UpstreamSpec
from feedsvc.normalize.tags import categories
from feedsvc.parse.seed import read
from feedsvc.parse.upstream import parse_upstream
from feedsvc.update.seeds.files import PARSE_VERSION
from feedsvc.update.upstreams.reading import READ_VERSION
from feedsvc.update.upstreams.rules import RULES_VERSION
from tests.data.awkward import DOCUMENTS
from tests.data.broken_seeds import BROKEN_FILES
from tests.data.feeds import articles, atom, json_feed, rdf, rss
from tests.data.hexo_posts import posts

#: Version → the digest of what it gives.
PARSED = {5: "323dfa966b254999d3550ee9dc5494ec"}
READ = {2: "2a2d0c1252ac9eb43be51cfcb42c2cec"}
JUDGED = {3: "eeab7da6e1a7545ed84794b6d86c31a1"}

SAMPLES = Path(__file__).parents[1] / "seeds"

SEEDS = SourceSpec(name="s", kind="seeds", path="/s", timezone=UTC, tag="s.example,2026", base="https://s.example/")
NEWS = UpstreamSpec(
    name="u", url="https://u.example/feed", policy=FetchPolicy(user_agent="x"), timezone=UTC, tag="u.example,2026",
    article_key=r"/(\d+)",
)  # fmt: skip

#: Of a block of code. comrak writes this attribute before or after the others, by chance; the sanitiser drops it.
META = re.compile(r' data-meta="[^"]*"')

RULES = [
    Regex(field=name, pattern=pattern)
    for name, pattern in product(("title", "link", "author", "category", "content", "any"), ("云", "^a", r"\bB\b"))
]
#: Of each other kind of filter.
FORMS: list[dict[str, object]] = [
    {"any": {"words": ["雲", "Ｂ"]}}, {"author": {"words": "b"}}, {"title": {"equals": ["a B", "國家雲"]}},
    {"has": "text"}, {"has": "picture"}, {"longer": 1}, {"shorter": 2},
    {"none": [{"title": {"regex": "A", "case": True}}]},
    {"all": [{"link": "."}, {"any": [{"category": "a"}, {"content": "b"}]}]},
]  # fmt: skip
READABLE = [
    Readable(title=title, link=link, authors=("B c",), tags=tags, text=lambda text=text: text)  # type: ignore[misc]
    for title, link, tags, text in product(
        ("国家云", "A b"), ("", "https://a.example/%E4%BA%91"), ((), ("a",)), ("云", "b")
    )
]


def _digest(given: Iterable[object]) -> str:
    return digest(json.dumps(list(given), ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "replace"))


def _seeds() -> Iterator[object]:
    files = {path: text.encode() for path, text in posts().items()}
    files |= {f"{name}.md": data for name, (data, *_) in BROKEN_FILES.items()}
    files |= {path.name: path.read_bytes() for path in SAMPLES.rglob("*.txt")}
    for path, data in sorted(files.items()):
        try:
            found = read(data, path, SEEDS)
        except EntryError as error:
            yield path, error.is_private
        else:
            entry = found.entry and asdict(found.entry)
            yield path, entry and {**entry, "content": META.sub("", entry["content"])}, found.guid, found.is_draft


def _answers() -> Iterator[object]:
    some = articles(5)
    documents = {"rss": rss(some), "atom": atom(some), "rdf": rdf(some), "json": json_feed(some), **DOCUMENTS}
    for name, document in sorted(documents.items()):
        try:
            feed = parse_upstream(document.encode(), "", NEWS.url, NEWS)
        except EntryError:
            yield name, None
        else:
            yield name, [asdict(one) for one in feed.entries], feed.title, feed.link, feed.id


def _judged() -> Iterator[object]:
    for rule, one in product(RULES, READABLE):
        yield is_kept(one, (rule,), ()), is_kept(one, (), (rule,))
    for form, one in product(FORMS, READABLE):
        yield is_kept(one, (), forms.read([form], refused=REFUSED))
    spec = UpstreamSpec(
        name="u", url="https://u.example/feed", policy=NEWS.policy, timezone=UTC, tag="u.example,2026",
        rules=Rules(map=(("云", "科技"), ("A&B", "a")), categories=("新闻",)),
    )  # fmt: skip
    for tags in ((), ("云",), ("A&amp;B", "云"), ("x",)):
        yield categories(RawEntry(guid="g", title="t", content="", tags=tags), spec)


def test_another_entry_of_the_same_file_raises_the_version() -> None:
    """Files that are stored are read again where PARSE_VERSION differs."""
    assert {PARSE_VERSION: _digest(_seeds())} == PARSED


def test_another_entry_of_the_same_answer_raises_the_version() -> None:
    """Upstreams are read again where READ_VERSION differs."""
    assert {READ_VERSION: _digest(_answers())} == READ


def test_another_judgement_by_the_same_rules_raises_the_version() -> None:
    """Stored entries are judged again where RULES_VERSION differs."""
    assert {RULES_VERSION: _digest(_judged())} == JUDGED
