"""Digests of settings: a changed setting takes effect on what is stored, on both databases."""

from dataclasses import fields, replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedsvc.filters.kinds.regex import Regex
from feedsvc.model import FetchPolicy, Program, Rules, Terms, UpstreamSpec
from feedsvc.store.polls import configured_of
from feedsvc.update.upstreams.reading import UNSHAPING, settings_of
from feedsvc.update.upstreams.rules import rules_of
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer
from tests.test_upstreams import HOUR, NEWS, Polls, poll, upstream

__all__ = ["poll", "upstream"]

SPEC = UpstreamSpec(
    name="news", url="https://a.example/feed", policy=FetchPolicy(user_agent="feedsvc/1"), timezone=UTC,
    tag="a.example,2026",
)  # fmt: skip

#: Of each field of a spec and of its rules, another value.
OTHER = {
    "name": "other", "url": "https://b.example/feed", "policy": FetchPolicy(user_agent="feedsvc/1", timeout=9),
    "every": timedelta(minutes=5), "timezone": ZoneInfo("Asia/Shanghai"), "tag": "b.example,2026", "title": "别的",
    "article_key": "x", "rights": "c", "max_entries": 5, "frames": ("p.example",),
    "keep": (Regex(field="any", pattern="x"),), "drop": (Regex(field="any", pattern="x"),), "map": (("a", "b"),),
    "categories": ("新闻",), "terms": Terms(kind="feed"), "history": True, "program": Program(command=("x",)),
    "push": True,
}  # fmt: skip

#: Of SPEC, and of a spec with rules: the digests of the settings, of the rules, and of the configuration.
DIGESTS = [
    ("a014457ca276d3b50b0640bab2002bad", "3e4ed8d1b22a20307e68d336b1f13b95", "9b06b3159416c83ea82b6d15dd556584"),
    ("bb938bb6b86c5c4c5e2821e050cd0aee", "b60cea7ca976ecf1986a8725996a34e1", "acebbdfda35d0c3f48ea7c0264348788"),
]


def changed(name: str) -> UpstreamSpec:
    """The spec with another value of one field; of `rules`, each field stands for itself."""
    is_rule = name in {one.name for one in fields(Rules)}
    change = {"rules": replace(SPEC.rules, **{name: OTHER[name]})} if is_rule else {name: OTHER[name]}  # type: ignore[arg-type]
    return replace(SPEC, **change)


@pytest.mark.parametrize("name", [one.name for one in (*fields(UpstreamSpec), *fields(Rules)) if one.name != "rules"])
def test_each_field_counts_in_the_digests_that_it_has_to(name: str) -> None:
    """A new field of a spec counts by itself: it needs no more than another value in OTHER, above."""
    is_rule = name in {one.name for one in fields(Rules)}
    spec = changed(name)

    assert (rules_of(spec) != rules_of(SPEC)) is is_rule
    assert (settings_of(spec) != settings_of(SPEC)) is (not is_rule and name not in UNSHAPING)
    assert configured_of(spec) != configured_of(SPEC)


def test_stored_digests_stay_valid() -> None:
    """
    An upgrade reads and polls nothing anew. These digests are those of the release before.

    Only sources with rules are judged anew where RULES_VERSION is another.
    """
    rules = Rules(keep=(Regex(field="any", pattern="x"),), map=(("a", "b"),), categories=("c", "新"))
    ruled = replace(SPEC, timezone=ZoneInfo("Asia/Shanghai"), rules=rules, frames=("p.example",))

    assert [(settings_of(one), rules_of(one), configured_of(one)) for one in (SPEC, ruled)] == DIGESTS


def test_another_title_of_a_source_shows_though_its_feed_is_as_it_was(poll: Polls, upstream: Upstream) -> None:
    """The source's own title is what an entry names: it changes with the settings, no date with it."""
    upstream.answers["/feed"] = answer(rss(articles(3)), etag='"1"')
    poll.configure(NEWS, upstream)
    poll.run()
    before = poll.shown()
    poll.configure(NEWS.replace("allow_private", "title: 别的, allow_private"), upstream)
    poll.run(HOUR)
    after = poll.shown()

    assert {one.origins[-1].title for one in after} == {"别的"}
    assert [(one.guid, one.updated) for one in after] == [(one.guid, one.updated) for one in before]
