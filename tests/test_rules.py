"""Rules of a source see what readers see; on both databases."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC

import pytest

from feedsvc.filters import forms
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.rules import REFUSED
from feedsvc.model import FetchPolicy, Filter, Rules, UpstreamSpec
from feedsvc.sandbox.jobs import read_upstream
from feedsvc.sandbox.shapes import Fetched
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import HOUR, Polls, poll

__all__ = ["poll"]

SPEC = UpstreamSpec(
    name="news", url="https://a.example/feed", policy=FetchPolicy(user_agent="x"), timezone=UTC,
    tag="a.example,2026",
)  # fmt: skip


def rss(title: str, text: str = "text", extra: str = "") -> str:
    """A feed of one entry, its title and text as they stand in the document."""
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title><link>https://a.example'
        f"/</link><item><title>{title}</title><link>https://a.example/1</link><description>{text}</description>{extra}"
        "</item></channel></rss>"
    )


def atom(title: str, text: str = '<content type="text">text</content>', extra: str = "") -> str:
    """The same in Atom, each element as it stands."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>urn:t</id><updated>2026-03-01T00:00:00Z</updated>'
        f'<entry>{title}<id>urn:1</id><link href="https://a.example/1"/><updated>2026-03-01T00:00:00Z</updated>{text}'
        f"{extra}</entry></feed>"
    )


def feed_json(**item: object) -> str:
    """The same as JSON Feed."""
    items = [{"id": "1", "url": "https://a.example/1", "content_text": "text", **item}]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": items})


#: Case → the field and pattern of a rule, and feeds with an entry that the rule fits.
FITTING = {
    "an ampersand in a title": (
        "title", "R&D",
        [
            rss("Our R&amp;D report"), rss("Our R&amp;amp;D report"), rss("<![CDATA[Our R&amp;D report]]>"),
            atom("<title>Our R&amp;D report</title>"), atom('<title type="html">Our R&amp;amp;D report</title>'),
            feed_json(title="Our R&D report"),
        ],
    ),
    "markup in a title": (
        "title", "^cnBeta news",
        [
            rss("&lt;b&gt;cnBeta&lt;/b&gt; news f03"),
            atom('<title type="html">&lt;b&gt;cnBeta&lt;/b&gt; news</title>'),
            atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>cnBeta</b> news</div></title>'),
            feed_json(title="cnBeta news"), rss("  cnBeta\n  news"),
        ],
    ),
    "an ampersand in a text": (
        "content", "AT&T",
        [
            rss("t", "&lt;p&gt;News of AT&amp;amp;T today&lt;/p&gt;"), rss("t", "<![CDATA[<p>AT&amp;T</p>]]>"),
            atom("<title>t</title>", '<content type="html">AT&amp;amp;T</content>'),
            atom("<title>t</title>", '<content type="text">AT&amp;T</content>'), feed_json(content_text="AT&T"),
            feed_json(content_html="<p>AT&amp;T</p>"),
        ],
    ),
    "words over markup in a text": (
        "content", "free gift card",
        [rss("t", "<![CDATA[<p>a <b>free</b> <i>gift</i>&#32;card</p>]]>"), feed_json(content_html="free gift\ncard")],
    ),
    "a numeric reference": (
        "title", "don’t",
        [rss("I don&#8217;t"), rss("I don&amp;#8217;t"), atom('<title type="html">don&amp;rsquo;t</title>')],
    ),
    "a tag of the feed": (
        "category", "^Q&A$",
        [
            rss("t", extra="<category>Q&amp;A</category>"), rss("t", extra="<category>Q&amp;amp;A</category>"),
            atom("<title>t</title>", extra='<category term="Q&amp;A"/>'), feed_json(title="t", tags=["Q&A"]),
        ],
    ),
    "an author": (
        "author", "^Smith & Sons$",
        [
            rss("t", extra="<dc:creator>Smith &amp; Sons</dc:creator>"),
            atom("<title>t</title>", extra="<author><name>Smith &amp; Sons</name></author>"),
            feed_json(title="t", authors=[{"name": "Smith & Sons"}]),
        ],
    ),
    "miniflux/v2#999, apostrophes": ("title", "'Low Price Promise'", [rss("axe &amp;#39;Low Price Promise&amp;#39;")]),
    "miniflux/v2#3881, a tag": (
        "category", r"^promocje\s+dnia$",
        [rss("t", extra="<category>Promocje dnia</category>"), feed_json(title="t", tags=["Promocje  dnia"])],
    ),
    "FreshRSS/FreshRSS#6775, words with a link between": (
        "content", r"Vía \| Xataka",
        [rss("t", '<![CDATA[<p>Vía | <a href="https://www.xataka.example/japon">Xataka</a></p>]]>')],
    ),
    "martinrotter/rssguard#267, a percent sign": ("title", "98% off", [rss("Save 98% off"), rss("Save 98&#37; off")]),
    "anything": (
        "any", "R&D|AT&T", [rss("R&amp;D"), rss("t", "AT&amp;amp;T"), feed_json(title="t", content_text="R&D")],
    ),
}  # fmt: skip

CASES = [
    pytest.param(Regex(field=field, pattern=pattern), feed, id=f"{what} {number}")
    for what, (field, pattern, feeds) in FITTING.items()
    for number, feed in enumerate(feeds)
]


def _kept(feed: str, *, keep: tuple[Filter, ...] = (), drop: tuple[Filter, ...] = ()) -> list[bool]:
    spec = replace(SPEC, rules=Rules(keep=keep, drop=drop))
    fetched = Fetched(body=feed.encode(), content_type="", url=SPEC.url, spec=spec, known=frozenset())
    return [item.is_kept for item in read_upstream(fetched).items]


@pytest.mark.parametrize(("rule", "feed"), CASES)
def test_a_rule_matches_visible_text(rule: Regex, feed: str) -> None:
    """In any format and escaping, the rule drops the entry or keeps it, and another rule does not match."""
    other = Regex(field=rule.field, pattern="nothing like that")

    assert _kept(feed, drop=(rule,)) == [False]
    assert _kept(feed, keep=(rule,)) == [True]
    assert _kept(feed, drop=(other,)) == [True]
    assert _kept(feed, keep=(other,)) == [False]


@pytest.mark.parametrize(
    ("rule", "feed"),
    [
        (Regex(field="content", pattern="class|tracker"), rss("t", '<![CDATA[<p class="x">a<img src="/tracker">]]>')),
        (Regex(field="title", pattern="&amp;|<b>"), rss("A &amp;amp; &lt;b&gt;B&lt;/b&gt;")),
        (Regex(field="any", pattern="amp;"), feed_json(title="A & B", tags=["C & D"], content_html="E &amp; F")),
    ],
    ids=["attributes", "a title's markup", "entities"],
)  # fmt: skip
def test_a_rule_does_not_match_invisible_text(rule: Regex, feed: str) -> None:
    """Tags, attributes and the escaped form of a character do not match."""
    assert _kept(feed, drop=(rule,)) == [True]


# --- what is stored --------------------------------------------------------------------------------------------------

NEWS = '  news: {{kind: upstream, url: "URL/feed", allow_private: true{}}}\n'


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


@pytest.mark.parametrize(
    "write", [lambda title: rss(title.replace("&", "&amp;")), lambda title: feed_json(title=title)]
)
def test_a_new_rule_applies_to_stored_entries(poll: Polls, upstream: Upstream, write: Callable[[str], str]) -> None:
    """A new rule applies to the published title and text of stored entries too, and can be taken back."""
    upstream.answers["/feed"] = answer(write("Our R&D report"))
    poll.configure(NEWS.format(""), upstream)
    poll.run()
    upstream.answers["/feed"] = answer(b"", 503)
    shown = [len(poll.shown())]
    for rules in (", drop: [{title: 'R&D'}]", "", ", keep: [{any: 'R&D'}]", ", drop: [{any: 'R&amp;D'}]"):
        poll.configure(NEWS.format(rules), upstream)
        poll.run(HOUR)
        shown.append(len(poll.shown()))

    assert shown == [1, 0, 1, 1, 1]


#: Filters that fit RICH, and no entry that is title and text alone.
FITTING_RICH: list[dict[str, object]] = [
    {"has": "enclosure"}, {"has": "picture"}, {"has": "text"}, {"longer": 20}, {"none": [{"shorter": 20}]},
    {"language": "^en$"}, {"author": {"equals": "ADAM"}}, {"category": {"words": ["數碼"]}},
]  # fmt: skip
RICH = feed_json(
    content_html="<p>a long text of many words<img src='https://a.example/1.png'></p>", summary="short", tags=["数码"],
    attachments=[{"url": "https://a.example/1.mp3", "mime_type": "audio/mpeg"}], language="en",
    authors=[{"name": "Adam"}],
)  # fmt: skip


def test_a_filter_judges_a_new_entry_as_a_stored_one(poll: Polls, upstream: Upstream) -> None:
    """Each part that filters see is the same when an entry arrives and when it is stored."""
    upstream.answers["/feed"] = answer(RICH)
    poll.configure(NEWS.format(""), upstream)
    poll.run()
    stored = []
    for form in FITTING_RICH:
        poll.configure(NEWS.format(f", drop: [{json.dumps(form)}]"), upstream)
        poll.run(HOUR)
        stored.append(len(poll.shown()))
    rules = [forms.read([form], refused=REFUSED) for form in FITTING_RICH]

    assert stored == [0] * len(FITTING_RICH)
    assert [_kept(RICH, drop=rule) for rule in rules] == [[False]] * len(FITTING_RICH)
    assert [_kept(rss("t"), drop=rule) for rule in rules] == [[True]] * len(FITTING_RICH)


def test_a_known_entry_keeps_its_verdict(poll: Polls, upstream: Upstream) -> None:
    """A known entry beside a new one is neither lost nor brought back."""
    first = rss("Our R&amp;D report")
    second = first.replace("<item>", "<item><title>B</title><link>https://a.example/2</link></item><item>", 1)
    upstream.answers["/feed"] = answer(first)
    poll.configure(NEWS.format(", drop: [{title: 'R&D'}]"), upstream)
    poll.run()
    upstream.answers["/feed"] = answer(second)
    poll.run(2 * HOUR)

    assert [one.title for one in poll.shown()] == ["B"]


def test_a_tag_is_mapped_as_it_is_read(poll: Polls, upstream: Upstream) -> None:
    """`Q&A` that its feed escaped twice is `Q&A` in `map`."""
    upstream.answers["/feed"] = answer(rss("t", extra="<category>Q&amp;amp;A</category>"))
    poll.configure(NEWS.format(", map: {'Q&A': 问答}"), upstream)
    poll.run()

    assert len(poll.shown("问答")) == 1
