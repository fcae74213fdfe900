"""Links, media and other facts in the XML of an entry are read, all of them."""

from zoneinfo import ZoneInfo

import pytest

from feedsvc.model import Attached, Author, Details, Enclosure, FetchPolicy, Origin, ParsedFeed, RawEntry, UpstreamSpec
from feedsvc.parse.upstream import parse_upstream

URL = "https://feeds.example/sub/feed.xml"
SPEC = UpstreamSpec(
    name="s", url=URL, policy=FetchPolicy(user_agent="t"), timezone=ZoneInfo("Asia/Shanghai"), tag="example.org,2026"
)
SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:g="http://base.google.com/ns/1.0" '
    'xmlns:activity="http://activitystrea.ms/spec/1.0/" '
    'xmlns:rsl="https://rslstandard.org/rsl" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"'
)


def parse(document: str) -> ParsedFeed:
    """A document as it would be fetched."""
    return parse_upstream(document.encode(), "", URL, SPEC)


def item(inside: str, head: str = "", attributes: str = "") -> RawEntry:
    """The only item of an RSS feed whose page is `https://site.example/blog/`."""
    (found,) = parse(
        f'<rss version="2.0" {SPACES} {attributes}><channel><title>站</title><link>https://site.example/blog/</link>{head}'
        f"<item><title>题</title>{inside}</item></channel></rss>"
    ).entries
    return found


def entry(inside: str, head: str = "", attributes: str = "", own: str = "") -> RawEntry:
    """The only entry of an Atom feed."""
    (found,) = parse(
        f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES} {attributes}><id>urn:f</id>{head}'
        f"<entry {own}><id>urn:1</id><title>题</title>{inside}</entry></feed>"
    ).entries
    return found


#: A licence as RSL writes it.
RSL = (
    '<rsl:content url="https://o.example/1"><rsl:license><rsl:permits type="usage">search</rsl:permits>'
    '<rsl:payment type="attribution"><rsl:custom>https://l.example/c</rsl:custom>'
    "<rsl:standard>https://l.example/by</rsl:standard></rsl:payment></rsl:license>"
    "<rsl:terms>https://l.example/terms</rsl:terms></rsl:content>"
)

IANA = "http://www.iana.org/assignments/relation/"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<link>/post/1</link>", "https://site.example/post/1"),
        ("<link>post/1</link>", "https://site.example/blog/post/1"),
        ("<link>//o.example/p</link>", "https://o.example/p"),
        ("<link> https://o.example/带 空格?q=中 </link>", "https://o.example/%E5%B8%A6%20%E7%A9%BA%E6%A0%BC?q=%E4%B8%AD"),
        ("<link>www.o.example/p</link>", "https://www.o.example/p"),
        ("<link><!-- x -->https://o.example/p</link>", "https://o.example/p"),
        ("<link>N/A</link>", None),
        ("<link>#</link>", None),
        ("<link>javascript:void(0)</link>", None),
        ("<link>undefined</link><guid>https://o.example/g</guid>", "https://o.example/g"),
        ("<guid>/post/1</guid>", "https://site.example/post/1"),
        ('<guid isPermaLink="true">post/1</guid>', "https://site.example/blog/post/1"),
        ("<guid>post-1</guid>", None),
        ('<guid isPermaLink="false">https://o.example/g</guid>', None),
        ('<atom:link rel="alternate" href="https://o.example/a"/>', "https://o.example/a"),
        ('<link/><atom:link href="https://o.example/a"/>', "https://o.example/a"),
        ('<atom:link rel="self" href="https://o.example/s"/>', None),
        ("<link>https://f.example/~r/1</link><feedburner:origLink>https://o.example/a</feedburner:origLink>",
         "https://o.example/a"),
        ("<feedburner:origLink>N/A</feedburner:origLink><link>https://o.example/a</link>", "https://o.example/a"),
        ("<link>https://www.google.com/url?url=https://o.example/a%3Fb%3D1&amp;ct=ga</link>", "https://o.example/a?b=1"),
        ("<g:link>https://o.example/sku</g:link>", None),
        ('<media:player url="https://o.example/watch"/>', "https://o.example/watch"),
        ("<media:group><link>https://o.example/no</link></media:group>", None),
    ],
)  # fmt: skip
def test_the_page_of_an_item(inside: str, expected: str | None) -> None:
    """The page of an item is its resolved link without a jump, or a guid that is an address, or nothing."""
    assert item(inside).link == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f'<link rel="{IANA}self" href="https://o.example/s"/><link rel="{IANA}alternate" href="https://o.example/a"/>',
         "https://o.example/a"),
        ('<link rel="ALTERNATE" href="https://o.example/a"/>', "https://o.example/a"),
        ('<link type="application/json" href="https://o.example/j"/><link type="text/html" href="https://o.example/h"/>',
         "https://o.example/h"),
        ('<link rel="alternate" type="application/pdf" href="https://o.example/p"/><link href="https://o.example/h"/>',
         "https://o.example/h"),
        ('<link rel="replies" href="https://o.example/r"/><link rel="via" href="https://o.example/v"/>', None),
        ('<content type="application/pdf" src="r/1.pdf"/>', "https://feeds.example/sub/r/1.pdf"),
        ('<link href="https://o.example/a"/><content type="text/html" src="https://o.example/full"/>', "https://o.example/a"),
    ],
)  # fmt: skip
def test_the_page_of_an_atom_entry(inside: str, expected: str | None) -> None:
    """The HTML alternate, also with IANA's address as relation; else the address of the content."""
    assert entry(inside).link == expected


def test_bases_are_joined_along_the_ancestors() -> None:
    """Links, files, pictures and texts follow `xml:base`; an inner one is relative to an outer one."""
    found = entry(
        '<link href="p"/><link rel="enclosure" type="audio/mpeg" href="a.mp3"/><media:thumbnail url="t.jpg"/>'
        '<link rel="enclosure" xml:base="/other/" type="audio/mpeg" href="b.mp3"/>'
        '<content type="html">&lt;img src="i.png"&gt;</content>',
        attributes='xml:base="https://b.example/cast/"', own='xml:base="ep/"',
    )  # fmt: skip

    assert (found.link, found.image, found.base) == (
        "https://b.example/cast/ep/p", "https://b.example/cast/ep/t.jpg", "https://b.example/cast/ep/"
    )  # fmt: skip
    assert [one.url for one in found.enclosures] == ["https://b.example/cast/ep/a.mp3", "https://b.example/other/b.mp3"]


def test_bases_of_rss() -> None:
    """`xml:base` on the root counts before the channel's link. Without it, media are relative to the channel's link."""
    media = (
        '<link>/p</link><enclosure url="a.mp3" type="audio/mpeg"/><media:content url="i.jpg"/><comments>#c</comments>'
    )
    based, plain = item(media, attributes='xml:base="https://b.example/x/"'), item(media)

    assert (based.link, based.enclosures[0].url) == ("https://b.example/p", "https://b.example/x/a.mp3")
    assert (plain.link, plain.enclosures[0].url) == ("https://site.example/p", "https://site.example/blog/a.mp3")
    assert (plain.image, plain.details.comments) == ("https://site.example/blog/i.jpg", None)


def test_a_known_entry_leads_where_it_led() -> None:
    """A known entry has the same link as when it was read: other entries may be matched by it."""
    document = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><id>urn:f</id>'
        '<entry xml:base="y/"><id>urn:e</id><title>题</title><link href="p"/></entry></feed>'
    )
    first = parse(document)
    again = parse_upstream(document.encode(), "", URL, SPEC, first.marks)

    assert [one.link for one in again.known] == [one.link for one in first.entries] == ["https://b.example/x/y/p"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<g:id>SKU</g:id><guid>n1</guid>", "n1"),
        ("<id>series</id><guid>n1</guid>", "n1"),
        ("<GUID>n1</GUID>", "n1"),
        ("<id>n1</id>", "n1"),
        ("<atom:id>urn:n1</atom:id>", "urn:n1"),
        ("<g:id>SKU</g:id><link>https://o.example/a</link>", "https://o.example/a"),
        ("<guid>N/A</guid><link>https://o.example/a</link>", "https://o.example/a"),
        ("<guid> a  b </guid>", "a  b"),
    ],
)  # fmt: skip
def test_the_guid_of_an_item(inside: str, expected: str) -> None:
    """RSS's own guid in any case counts. An `id` of a foreign namespace never does."""
    assert item(inside).guid == expected


def test_another_object_within_an_entry_is_not_the_entry() -> None:
    """Id, title, link and text of a nested object do not replace those of the entry."""
    inner = (
        '<id>urn:inner</id><title>Inner</title><link href="https://o.example/inner"/>'
        "<content>a much longer text</content><entry><id>urn:deep</id><title>Deep</title></entry>"
        "<published>2020-01-01T00:00:00Z</published>"
    )
    outer = '<link href="https://o.example/a"/><published>2026-01-02T00:00:00Z</published><content>short</content>'
    prefixed = entry(f"{outer}<activity:object>{inner}</activity:object>")
    unprefixed = entry(f'{outer}<object xmlns="http://activitystrea.ms/spec/1.0/">{inner}</object>')

    for found in (prefixed, unprefixed):
        assert (found.guid, found.title, found.link) == ("urn:1", "题", "https://o.example/a")
        assert (found.content, str(found.published)) == ("<p>short</p>", "2026-01-02 00:00:00+00:00")


BURNED = (
    '<enclosure url="http://feedproxy.google.com/~r/N/~5/x/a.mp3" type="audio/mpeg"/>'
    "<feedburner:origEnclosureLink>https://o.example/a.mp3</feedburner:origEnclosureLink>"
)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<enclosure url="https://o.example/a.mp3" length="5"/>',
         Enclosure(url="https://o.example/a.mp3", type="audio/mpeg", length=5)),
        ('<media:content url="https://o.example/v" medium="video" fileSize="7" duration="12"/>',
         Enclosure(url="https://o.example/v", type="video/mp4", length=7, duration=12)),
        ('<media:content url="https://o.example/v.mp4"/>', Enclosure(url="https://o.example/v.mp4", type="video/mp4")),
        ('<media:group><media:content url="https://o.example/v.webm" type="video/webm;codecs=vp9"/></media:group>',
         Enclosure(url="https://o.example/v.webm", type="video/webm")),
        ('<enclosure url="https://o.example/a.mp3" type="audio/mpeg"/><itunes:duration>01:02:03</itunes:duration>',
         Enclosure(url="https://o.example/a.mp3", type="audio/mpeg", duration=3723)),
        (BURNED,
         Enclosure(url="https://o.example/a.mp3", type="audio/mpeg")),
        ('<media:content url="https://o.example/d.pdf" type="application/pdf" medium="document"/>',
         Enclosure(url="https://o.example/d.pdf", type="application/pdf")),
    ],
)  # fmt: skip
def test_enclosures(inside: str, expected: Enclosure) -> None:
    """A file has its type from its feed, its name or its medium. None of these is a picture."""
    found = item(inside)

    assert found.enclosures == (expected,)
    assert found.image is None


@pytest.mark.parametrize(
    ("inside", "image", "files"),
    [
        ('<media:content url="https://o.example/v?version=3" type="application/x-shockwave-flash"/>', None, 0),
        ('<media:thumbnail url="https://o.example/v.mp4"/>', None, 0),
        ('<media:content url="https://o.example/player" type="text/html" medium="video"/>', None, 0),
        ('<enclosure url="https://o.example/page" type="text/html"/>', None, 1),
        ('<enclosure url="https://o.example/i.jpg" type="image/jpeg" length="9"/>', "https://o.example/i.jpg", 1),
        ('<media:content url="https://o.example/i" medium="image"/>', "https://o.example/i", 0),
        ('<media:content url="https://o.example/i"/>', "https://o.example/i", 0),
        ('<media:content><media:thumbnail url="https://o.example/i"/></media:content>', "https://o.example/i", 0),
        ('<itunes:image href="https://o.example/c.jpg"/>', "https://o.example/c.jpg", 0),
        ("<image><url>https://o.example/c.jpg</url></image>", "https://o.example/c.jpg", 0),
    ],
)  # fmt: skip
def test_pictures(inside: str, image: str | None, files: int) -> None:
    """A picture is recognised by its type, medium or name. Flash is not a picture."""
    found = item(inside)

    assert (found.image, len(found.enclosures)) == (image, files)


def test_a_description_of_media_is_the_text_only_of_an_entry_without_one() -> None:
    """A description of media is plain text unless it states HTML. Beside a text, it describes the picture."""
    plain = "<media:group><media:description>I &lt;3 vector&lt;int&gt;\n\nsecond</media:description></media:group>"
    html = '<media:description type="html">&lt;b&gt;bold&lt;/b&gt;</media:description>'
    two = "<media:description>one</media:description><media:description>two, which is longer</media:description>"
    text = "<description>Own text</description>"

    assert item(plain).content == "<p>I &lt;3 vector&lt;int&gt;</p><p>second</p>"
    assert item(html).content == "<b>bold</b>"
    assert (item(text + two).content, item(text + two).details.alt) == ("Own text", "one")
    assert item(text + "<media:description>Own  text</media:description>").details.alt is None
    picture = '<media:content url="https://o.example/i.jpg"><media:description>雾港</media:description></media:content>'
    assert item(text + picture).details.alt == "雾港"


def test_content_that_is_no_text_is_left_out() -> None:
    """Base64 of a picture is left out, Base64 of text is decoded, external content is a file."""
    picture = entry('<content type="image/png">iVBORw0KGgo=</content><summary>A small picture</summary>')
    elsewhere = entry('<content type="application/pdf" src="https://o.example/1.pdf"/>')
    old = parse(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>t</title><entry><id>urn:1</id><title>题</title>'
        '<content type="text/html" mode="base64">PGI+5q2j5paHPC9iPg==</content></entry></feed>'
    ).entries[0]

    assert (picture.content, picture.summary) == ("<p>A small picture</p>", None)
    assert elsewhere.enclosures == (Enclosure(url="https://o.example/1.pdf", type="application/pdf"),)
    assert old.content == "<b>正文</b>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<itunes:episode>1</itunes:episode><itunes:season>2</itunes:season>", Details(episode=1, season=2)),
        ("<podcast:episode>3</podcast:episode><podcast:season>4</podcast:season>", Details(episode=3, season=4)),
        ("<itunes:episode>one</itunes:episode><itunes:season>-1</itunes:season>", Details()),
        ("<itunes:explicit>false</itunes:explicit>", Details(explicit=False)),
        ("<itunes:explicit>Yes</itunes:explicit>", Details(explicit=True)),
        ("<itunes:explicit>perhaps</itunes:explicit>", Details()),
        ("<itunes:episodeType>Bonus</itunes:episodeType>", Details(episode_type="bonus")),
        ("<itunes:duration>62:03</itunes:duration>", Details(duration=3723)),
        ('<podcast:transcript url="/1.srt" type="application/srt" language="de" rel="captions"/>',
         Details(transcripts=(
             Attached(url="https://site.example/1.srt", type="application/srt", language="de", rel="captions"),))),
        ('<podcast:chapters url="/1.json" type="application/json+chapters"/>',
         Details(chapters=Attached(url="https://site.example/1.json", type="application/json+chapters"))),
        ('<podcast:chapters url="javascript:x" type="application/json"/>', Details()),
        ("<comments>/post/1#comments</comments>", Details(comments="https://site.example/post/1#comments")),
        ('<atom:link rel="via" href="/v"/><atom:link rel="related" href="/r"/>',
         Details(via=("https://site.example/v",), related=("https://site.example/r",))),
        ("<creativeCommons:license>https://l.example/by</creativeCommons:license>", Details(license="https://l.example/by")),
        ('<cc:license rdf:resource="https://l.example/by"/>', Details(license="https://l.example/by")),
        ("<dcterms:license>https://l.example/by</dcterms:license>", Details(license="https://l.example/by")),
        ('<atom:link rel="license" href="https://l.example/by"/>', Details(license="https://l.example/by")),
        (RSL, Details(license="https://l.example/by")),
        ('<content xmlns="https://rslstandard.org/rsl"><terms>/t</terms></content>',
         Details(license="https://site.example/t")),
        ('<rsl:content url="https://o.example/1"><rsl:license/></rsl:content>', Details()),
        (f"{RSL}<creativeCommons:license>https://l.example/cc</creativeCommons:license>",
         Details(license="https://l.example/cc")),
        ("<creativeCommons:license>all rights reserved</creativeCommons:license>", Details()),
        ("<cc:license>CC-BY-4.0</cc:license><comments>5</comments>", Details()),
    ],
)  # fmt: skip
def test_details(inside: str, expected: Details) -> None:
    """Fields of episodes, related pages and the licence are read. Invalid values are left out."""
    assert item(inside).details == expected


def test_a_feeds_licence_is_that_of_its_entries() -> None:
    """The feed's licence applies unless an entry has its own. Atom's replies are the page of comments."""
    head = "<creativeCommons:license>https://l.example/feed</creativeCommons:license>"
    replies = (
        '<link rel="replies" type="application/atom+xml" href="https://o.example/c.atom"/>'
        '<link rel="replies" type="text/html" href="https://o.example/c"/>'
    )

    assert item("", head=head).details.license == "https://l.example/feed"
    own = "<creativeCommons:license>https://l.example/own</creativeCommons:license>"
    assert item(own, head=head).details.license == "https://l.example/own"
    rsl = "<rsl:content url='/'><rsl:license><rsl:terms>https://l.example/rsl</rsl:terms></rsl:license></rsl:content>"
    assert item("", head=rsl).details.license == "https://l.example/rsl"
    assert entry(replies).details.comments == "https://o.example/c"


@pytest.mark.parametrize(
    ("own", "inside", "expected"),
    [('xml:lang="de"', "", "de"), ("", "<dc:language>fr</dc:language>", "fr"), ("", "", "en"),
     ("", '<content xml:lang="ja">x</content>', "ja")],
)  # fmt: skip
def test_the_language_of_an_entry(own: str, inside: str, expected: str) -> None:
    """The entry's own language counts before that of its feed."""
    assert entry(inside, attributes='xml:lang="en"', own=own).language == expected


def test_a_source_has_its_own_identity_and_author() -> None:
    """Atom's `source` has id, title, links and date. Its author is used for an entry without one."""
    source = (
        '<source><id>urn:src</id><title>原站</title><link href="https://o.example/"/>'
        '<link rel="self" href="https://o.example/feed"/><updated>2020-01-01T00:00:00Z</updated>'
        "<author><name>Ina</name></author></source>"
    )
    found = entry(source, head="<author><name>Planet</name></author>")

    assert found.origin == Origin(
        title="原站", url="https://o.example/", feed_url="https://o.example/feed", id="urn:src",
        feed_updated="2020-01-01T00:00:00Z",
    )  # fmt: skip
    assert found.authors == (Author(name="Ina"),)
    hidden = item('<source url="https://o.example/feed?token=x">原站</source>')
    assert hidden.origin == Origin(title="原站")


def test_what_a_feed_says_of_itself() -> None:
    """The feed's id (if it is globally valid), its page and its own address are read."""
    feed = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><link rel="self" href="/feed.atom"/>'
        '<link href="https://o.example/"/><entry><id>1</id><title>题</title></entry></feed>'
    )

    assert (feed.id, feed.link, feed.self_link) == ("urn:f", "https://o.example/", "https://feeds.example/feed.atom")
    assert (
        parse('<feed xmlns="http://www.w3.org/2005/Atom"><id>no iri</id><entry><title>题</title></entry></feed>').id
        is None
    )


def test_broken_xml_keeps_its_links_and_media() -> None:
    """A document that is not well-formed gives the same files and page."""
    (found,) = parse(
        f'<rss version="2.0" {SPACES}><channel><link>https://site.example/</link><item><title>a &nosuch; b</title>'
        '<link>/p</link><enclosure url="https://o.example/a.mp3" type="audio/mpeg" length="5"/>'
        '<media:content url="https://o.example/i.jpg" medium="image"/></item></channel></rss>'
    ).entries

    assert (found.link, found.image) == ("https://site.example/p", "https://o.example/i.jpg")
    assert found.enclosures == (Enclosure(url="https://o.example/a.mp3", type="audio/mpeg", length=5),)


REPORTED: dict[str, tuple[RawEntry, dict[str, object]]] = {
    "feedbin/feedbin#747, an alternate of another protocol stands last": (
        entry('<link href="https://o.example/a"/><link rel="alternate" type="application/nostr+json" href="nostr:n"/>'),
        {"link": "https://o.example/a"},
    ),
    "feedbin/support#571, the feed of comments stands first": (
        entry('<link rel="replies" type="application/atom+xml" href="https://o.example/a/feed"/>'
              '<link rel="alternate" href="https://o.example/a"/>'),
        {"link": "https://o.example/a", "details": Details()},
    ),
    "kurtmckee/feedparser#367, the address of an enclosure is its text": (
        entry('<link rel="alternate" href="https://o.example/a"/>'
              '<link rel="enclosure" type="image/jpeg">https://o.example/i.jpg?w=1&amp;h=2</link>'),
        {"link": "https://o.example/a", "image": "https://o.example/i.jpg?w=1&h=2"},
    ),
    "karadaisy/redwind#1, the address of a link is empty": (entry('<link href="" rel="alternate"/>'), {"link": None}),
    "danmactough/node-feedparser#142, alternates beside the channel's link": (
        item("<link>/p</link>", head='<atom:link rel="alternate" href="https://site.example/feed/opus/"/>'),
        {"link": "https://site.example/p"},
    ),
    "yang991178/fluent-reader#692, a base on the content alone": (
        entry('<link href="https://o.example/1.html"/><content type="html" xml:base="https://o.example/posts/">x</content>'),
        {"base": "https://o.example/posts/"},
    ),
    "AntennaPod/AntennaPod#2074, an enclosure without a type": (
        item('<enclosure url="https://o.example/1.m4v"/>'),
        {"enclosures": (Enclosure(url="https://o.example/1.m4v", type="video/mp4"),)},
    ),
    "feed-rs/feed-rs#110, a duration beside the enclosure": (
        item('<itunes:duration>1:05</itunes:duration><enclosure url="https://o.example/1.mp3" length="7"/>'),
        {"enclosures": (Enclosure(url="https://o.example/1.mp3", type="audio/mpeg", length=7, duration=65),)},
    ),
    "rubycocos/feedparser#11, one file as an enclosure and as media": (
        item('<enclosure url="https://o.example/1.mp3" length="7"/>'
             '<media:content url="https://o.example/1.mp3" type="audio/mpeg"/>'),
        {"enclosures": (Enclosure(url="https://o.example/1.mp3", type="audio/mpeg", length=7),)},
    ),
    "FreshRSS/FreshRSS#1920, the picture of the author stands among the media": (
        item('<media:thumbnail url="https://o.example/i.jpg"/>'
             '<media:content url="https://g.example/avatar/1" medium="image">'
             '<media:title type="html">ina</media:title></media:content>'),
        {"image": "https://o.example/i.jpg", "title": "题"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("report", REPORTED)
def test_what_readers_of_feeds_reported(report: str) -> None:
    """Feeds from public bug reports of other readers are read."""
    found, expected = REPORTED[report]

    assert {name: getattr(found, name) for name in expected} == expected
