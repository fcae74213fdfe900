"""The details of an upstream's entries, from a real server into both databases and out in every format."""

import json
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedsvc.model import Details, Document, Format
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.store.rows import unpacked
from feedsvc.store.schema import entry
from tests.conftest import Folder
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import NEWS, START, Polls

PODCAST = """\
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"
xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>雾港电台</title><link>https://radio.example/</link>
<atom:link rel="self" href="SELF"/><item><title>第一期</title><guid isPermaLink="false">e1</guid>
<pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate><itunes:summary>三个嘉宾</itunes:summary>
<itunes:duration>DURATION</itunes:duration><itunes:episode>1</itunes:episode><itunes:explicit>no</itunes:explicit>
<enclosure url="/1.mp3" type="audio/mpeg" length="9"/><podcast:transcript url="/1.srt" type="application/srt"/>
<comments>/e/1#c</comments></item></channel></rss>
"""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


@pytest.fixture
def poll(folder: Folder, store: Store) -> Polls:
    """Polls at START and later."""
    return Polls(folder, store)


def podcast(duration: str = "01:02:03", own: str = "https://radio.example/feed") -> bytes:
    """A feed of one episode, as it is answered."""
    return answer(PODCAST.replace("DURATION", duration).replace("SELF", own))


def document(poll: Polls, form: Format) -> Document:
    """The feed of all."""
    config = poll.folder.config()
    publisher = Publisher(store=poll.store, configured=config.catalogue)
    feed = publisher.find("all")
    assert feed is not None
    return publisher.document(feed, form, START)


def test_an_episode_comes_out_as_it_went_in(poll: Polls, upstream: Upstream) -> None:
    """All formats have the fields of an episode after the store. A second poll finds nothing changed."""
    upstream.answers["/feed"] = podcast()
    poll.configure(NEWS, upstream)
    assert poll.counts() == {"new": 1}

    rss, atom = (document(poll, one).body.decode() for one in ("rss", "atom"))
    (item,) = json.loads(document(poll, "json").body)["items"]
    for words in (
        "<itunes:duration>01:02:03</itunes:duration>", "<itunes:episode>1</itunes:episode>",
        "<itunes:explicit>false</itunes:explicit>",
        '<podcast:transcript url="https://radio.example/1.srt" type="application/srt"/>',
    ):  # fmt: skip
        assert words in rss
        assert words in atom
    assert item["attachments"] == [
        {
            "url": "https://radio.example/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9,
            "duration_in_seconds": 3723,
        }
    ]  # fmt: skip
    assert item["_feedsvc"]["comments"] == "https://radio.example/e/1#c"
    assert "<comments>https://radio.example/e/1#c</comments>" in rss
    assert poll.counts(timedelta(hours=2)) == {"unchanged": 1}


def test_a_detail_that_changes_is_an_edit(poll: Polls, upstream: Upstream) -> None:
    """A reader sees another duration."""
    upstream.answers["/feed"] = podcast()
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = podcast("00:10:00")

    assert poll.counts(timedelta(hours=2)) == {"edited": 1}
    assert poll.shown()[0].enclosures[0].duration == 600


@pytest.mark.parametrize(
    ("own", "expected"),
    [("https://radio.example/feed", "https://radio.example/feed"), ("https://radio.example/feed?token=k", None),
     ("http://127.0.0.1/feed", None)],
    ids=["public", "a key", "private"],
)  # fmt: skip
def test_readers_learn_an_address_that_anybody_may_know(
    poll: Polls, upstream: Upstream, own: str, expected: str | None
) -> None:
    """RSS's source is the feed's own address, where that is public; the asked one is of a private network here."""
    upstream.answers["/feed"] = podcast(own=own)
    poll.configure(NEWS, upstream)
    poll.run()
    body = document(poll, "rss").body.decode()

    assert [one.feed_url for one in poll.shown()[0].origins] == [expected]
    assert (f'<source url="{expected}">雾港电台</source>' in body) == (expected is not None)
    assert "token" not in body
    assert upstream.url not in body


def test_an_entry_of_an_older_release_has_no_details(poll: Polls, upstream: Upstream, store: Store) -> None:
    """An entry without the column and the fields of later releases has no details."""
    upstream.answers["/feed"] = podcast()
    poll.configure(NEWS, upstream)
    poll.run()
    with store.write() as db:
        fields = json.loads(zlib.decompress(db.execute(sa.select(entry.c.raw)).scalar_one()))
        for name in ("details", "origin"):
            fields.pop(name, None)
        del fields["enclosures"][0]["duration"]
        old = zlib.compress(json.dumps(fields).encode())
        files = [{"url": "https://radio.example/1.mp3", "type": "audio/mpeg", "length": 9}]
        db.execute(sa.update(entry).values(raw=old, details=sa.null(), enclosures=files))

    assert unpacked(old).details == Details()
    assert (poll.shown()[0].details, poll.shown()[0].enclosures[0].duration) == (Details(), 0)


def test_a_later_release_may_have_stored_more(poll: Polls, upstream: Upstream, store: Store) -> None:
    """Details that this release does not know are left out, and cost the others nothing."""
    upstream.answers["/feed"] = podcast()
    poll.configure(NEWS, upstream)
    poll.run()
    with store.write() as db:
        db.execute(sa.update(entry).values(details={"episode": 5, "soundbite": {"start": 1}}))

    assert poll.shown()[0].details == Details(episode=5)


def test_links_that_jump_are_one_page(poll: Polls, upstream: Upstream) -> None:
    """An entry without a guid is known by where its link leads, not by the jump, which differs at each fetch."""
    alert = (
        '<rss version="2.0"><channel><title>警报</title><item><title>国家云上线</title>'
        "<link>https://www.google.com/url?sa=t&amp;url=https://n.example/a%3Fid%3D1&amp;ct=ga&amp;usg=KEY</link>"
        "<description>正文</description></item></channel></rss>"
    )
    upstream.answers["/feed"] = answer(alert.replace("KEY", "one"))
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(alert.replace("KEY", "two"))

    assert poll.counts(timedelta(hours=2)) == {"unchanged": 1}
    assert poll.entries() == [("国家云上线", "https://n.example/a?id=1", "https://n.example/a?id=1")]
