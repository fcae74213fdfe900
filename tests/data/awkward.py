"""
Feeds as nobody should write them, each with what somebody has written somewhere: after public reports, and hostile.

Each has a title and a link of its own, so that none merges with another; addresses of e-mail stand only where people
do. `NAME` in a text is its name here.
"""

import json

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:a="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"'
)
DATE = "<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
BODY = "<description>Text of NAME</description>"


def rss(inside: str, head: str = "", guid: str = "https://site.example/NAME") -> str:
    """A feed of one item."""
    return (
        f'<rss version="2.0" {NAMESPACES}><channel><title>Channel</title><link>https://site.example/</link>'
        f"<description>d</description>{head}<item><title>Title of NAME</title><link>https://site.example/NAME</link>"
        f'<guid isPermaLink="false">{guid}</guid>{inside}</item></channel></rss>'
    )


def atom(inside: str, head: str = "", id: str = "https://site.example/NAME", of_feed: str = "") -> str:  # noqa: A002 - Atom's word
    """A feed of one entry."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES} {of_feed}><title>Feed</title><id>urn:x-feed:NAME</id>'
        f"<updated>2026-03-03T10:00:00Z</updated>{head}<entry><id>{id}</id><title>Title of NAME</title>"
        f'<link href="https://site.example/NAME"/><updated>2026-03-03T10:00:00Z</updated>{inside}</entry></feed>'
    )


def rdf(inside: str, about: str = "https://site.example/NAME") -> str:
    """RSS 1.0 of one item."""
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{NAMESPACES}><channel rdf:about="https://site.example/"><title>Channel</title>'
        f'<link>https://site.example/</link><description>d</description></channel><item rdf:about="{about}">'
        f"<title>Title of NAME</title><link>https://site.example/NAME</link>{inside}</item></rdf:RDF>"
    )


def feed(inside: dict[str, object], **head: object) -> str:
    """A JSON Feed of one item."""
    item = {
        "id": "https://site.example/NAME", "url": "https://site.example/NAME", "title": "Title of NAME",
        "content_html": "<p>Text of NAME</p>", "date_published": "2026-03-03T10:00:00Z", **inside,
    }  # fmt: skip
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", **head, "items": [item]}
    return json.dumps(document, ensure_ascii=True)


def enclosed(attributes: str) -> str:
    """An item with a file."""
    return rss(f'{BODY}{DATE}<enclosure url="https://site.example/NAME.mp3" {attributes}/>')


def attached(**inside: object) -> str:
    """An item of JSON Feed with a file."""
    return feed({"attachments": [{"url": "https://site.example/NAME.mp3", **inside}]})


#: Guids that stay to the letter in RSS and JSON Feed, and are made an IRI for Atom, by name.
GUIDS = {
    "drupal": "12 at https://drupal.example",
    "number": "4711",
    "letters": "文章-1",
    "reddit": "t3_w7abcd",
    "sharepoint": "{1225C695-CFB8-4EBB-AAAA-80DA344EFA6A}",
    "brackets": "https://site.example/?a[]=1",
    "bar": "https://site.example/a|b",
    "blank": "https://site.example/a b.html",
    "escape": "https://site.example/100%",
    "iri": "https://例子.example/文章",
    "quote": 'x" onload="alert(1)',
    "markup": "<script>alert(1)</script>",
    "disk": "C:\\news\\1.htm",
    "path": "/node/12",
    "fragments": "https://site.example/#a#b",
    "no uuid": "urn:uuid:4711",
    "capitals": "tag:Site.example,2026:1",
    "discourse": "site.example-topic-4711",
    "discuz": "forum.php?mod=viewthread&tid=1&extra=page=1",
    "hash": "#",
    "zend": "news-27",
    "datasette": "browse/cdd87adc6bf7c42d",
    "tag of habari": "tag:site.example:post:4711",
}

#: Said of people, in each of the fields that hold them.
PEOPLE = {
    "mail and name": "ann@mail.example (Ann Lee)",
    "name and mail": "Ann Lee <ann@mail.museum>",
    "mail": "ann@mail.travelersinsurance",
    "blogger": "noreply@blogger.example (Ann Lee)",
    "several people": "ann@mail.example, bob@mail.example (Bob)",
    "mailto": "mailto:ann@mail.example?subject=Hello",
    "spelt out": "Ann Lee [ann at mail dot example]",
    "full width": "Ann ＜ann＠mail．example＞",
}

AWKWARD: dict[str, str] = {
    # --- who an item is -------------------------------------------------------------------------------------------
    **{f"guid {name}": rss(BODY + DATE, guid=guid.replace("&", "&amp;").replace("<", "&lt;")) for name, guid in GUIDS.items()},
    "atom without an id": atom("<content>Text of NAME</content>", id=""),
    "atom with a relative id": atom("<content>Text of NAME</content>", id="/posts/NAME"),
    "rdf about a word": rdf("<description>Text</description>", about="NAME"),
    "json with a number": feed({"id": 99.5}),
    "json with an emoji": feed({"id": "\U0001f600 NAME"}),
    "a foreign id": rss(f"<g:id>SKU 1</g:id>{BODY}{DATE}"),
    # --- who it is by ---------------------------------------------------------------------------------------------
    **{f"author {name}": rss(f"{BODY}{DATE}<author>{who.replace('<', '&lt;')}</author>") for name, who in PEOPLE.items()},
    **{f"creator {name}": rss(f"{BODY}{DATE}<dc:creator><![CDATA[{who}]]></dc:creator>") for name, who in PEOPLE.items()},
    "editor": rss(BODY + DATE, "<managingEditor>ed@mail.example (Ed)</managingEditor><webMaster>w@mail.example</webMaster>"),
    "owner": rss(BODY + DATE, "<itunes:owner><itunes:name>o@mail.example</itunes:name><itunes:email>o@mail.example"
                 "</itunes:email></itunes:owner>"),
    "rights": rss(BODY + DATE, "<copyright>© 2026 ed@mail.example (Ed Lee)</copyright>"),
    "title of a list": rss(BODY + DATE).replace("<title>Channel<", "<title>List &lt;list@groups.example&gt;<"),
    "person of atom": atom("<author><name>ann@mail.example</name><email>ann@mail.example</email><uri>mailto:ann@mail.example"
                           "</uri></author><contributor><name>Bob &lt;bob@mail.example&gt;</name></contributor><content>c</content>"),
    "source of atom": atom("<source><author><name>Ann (ann@mail.example)</name></author><rights>by ann@mail.example</rights>"
                           "<title>ann@mail.example</title></source><content>c</content>"),
    "person of json": feed({"authors": [{"name": "ann@mail.example (Ann)", "url": "mailto:ann@mail.example"}, "bob@mail.example"]}),
    "markup of a person": rss(f'{BODY}{DATE}<author>&lt;a href="mailto:ann@mail.example"&gt;Ann&lt;/a&gt;</author>'),
    # --- text -----------------------------------------------------------------------------------------------------
    "only a title": rss(DATE),
    "blank text": rss(f"<description> &lt;p&gt;&amp;nbsp;&lt;/p&gt; </description>{DATE}"),
    "blank content": atom("<content type='html'>&lt;br&gt;</content><summary> </summary>"),
    "blank json": feed({"content_html": " ", "content_text": "\u200b", "summary": ""}),
    "only a picture": rss(f'<description>&lt;img src="https://site.example/NAME.png"&gt;</description>{DATE}'),
    "no title": rss(BODY + DATE).replace("<title>Title of NAME</title>", ""),
    "markup in a title": rss(BODY + DATE).replace("Title of NAME", "&lt;b&gt;Title&lt;/b&gt; &amp;amp; &lt;script&gt; of NAME"),
    "script": rss(f"<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;p onclick=x&gt;NAME ]]&amp;gt;</description>{DATE}"),
    "end of a section": rss(f"<content:encoded><![CDATA[<p>NAME ]]]]><![CDATA[> &amp; <b>open</content:encoded>{DATE}"
                            .replace("open</content", "open]]></content")),
    "nested wrongly": rss(f"<description>&lt;p&gt;NAME&lt;table&gt;&lt;b&gt;x&lt;td&gt;&lt;p&gt;y&lt;/b&gt;&lt;li&gt;z</description>{DATE}"),
    "control characters": feed({"title": "Title\u0000\u0007 of \u009fNAME", "content_html": "<p>a\u0008b\u001fNAME</p>"}),
    "no characters": feed({"title": "Title \ufffd\ufdd0\uffff of NAME", "content_html": "<p>\U0001fffe NAME &#xfffd;&#xffff;</p>"}),
    "replacement": rss(f"<description>a\ufffdb NAME</description><category>\ufffd</category>{DATE}"),
    "half a pair": feed({"title": "Title \ud83d of NAME", "content_html": "<p>\ude00 NAME</p>", "tags": ["\ud83d"]}),
    "direction": rss(f"<description>NAME</description>{DATE}").replace("Title of", "\u202eTitle\u2067 of"),
    # --- languages ------------------------------------------------------------------------------------------------
    **{f"language {one}": rss(BODY + DATE, f"<language>{one}</language>") for one in ("chinese", "en-utf8", "zh_CN", "x-klingon", "und", "en_US", "ja-JA", "Deutsch", "cz")},
    "language of an entry": atom("<content xml:lang='iw'>Text</content>", of_feed='xml:lang="en"'),
    "language of json": feed({"language": '"><script>'}, language="EN_us"),
    # --- files ----------------------------------------------------------------------------------------------------
    "type with a script": attached(mime_type='text/html"><script>alert(1)</script>', size_in_bytes=-5),
    "type with parameters": attached(mime_type="audio/mpeg;codecs=x", size_in_bytes=10**15 - 1, duration_in_seconds="1"),
    "type of a word": enclosed('type="mp3" length="unknown"'),
    "length beyond": enclosed('type="audio/mpeg" length="99999999999999999999"'),
    "length below": enclosed('type="audio/mpeg" length="-1"'),
    "no type": enclosed(""),
    "script for a file": rss(f'{BODY}{DATE}<enclosure url="javascript:alert(1)" type="audio/mpeg" length="1"/>'),
    "media without a type": rss(f'{BODY}{DATE}<media:content url="https://site.example/NAME.mp4" medium="video"/>'),
    # --- links, dates, categories ---------------------------------------------------------------------------------
    "link of letters": rss(BODY + DATE).replace("<link>https://site.example/NAME", "<link>https://例子.example/文 章?q=[1]|2#NAME"),
    "script for a link": rss(BODY + DATE).replace("<link>https://site.example/NAME", "<link>javascript:alert('NAME')"),
    "link with a password": rss(BODY + DATE).replace("<link>https://site.example/NAME", "<link>https://a:b@site.example/NAME"),
    "year 1": rss(f"{BODY}<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>"),
    "year 1899": atom("<content>c</content><published>1899-12-30T00:00:00Z</published>"),
    "year 9999": rss(f"{BODY}<pubDate>Fri, 31 Dec 9999 23:59:59 -1200</pubDate>"),
    "year 10000": feed({"date_published": "10000-01-01T00:00:00Z"}),
    "no date": rss(f"{BODY}<pubDate>yesterday</pubDate>"),
    "categories": rss(f'{BODY}{DATE}<category domain="&quot;">a,b</category><category> </category><category>&lt;b&gt;</category>'),
    "source of rss": rss(f'{BODY}{DATE}<source url="not an address">ann@mail.example (Ann)</source>'),
    "foreign elements": rss(f'{BODY}{DATE}<a:link rel="self" href="x y"/><a:updated>never</a:updated><media:title>t</media:title>'),
}  # fmt: skip

#: The same, each under its name, as a server sends them.
DOCUMENTS = {
    name: text.replace("NAME", "".join(one if one.isalnum() else "-" for one in name)) for name, text in AWKWARD.items()
}
