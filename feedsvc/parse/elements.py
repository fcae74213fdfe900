"""The element names of feeds, for mending a feed that is not well-formed. Pure."""

from feedsvc import elements

#: Elements of entries, in lower case, as feeds without declared namespaces write them.
ENTRIES = frozenset({"item", "entry", "rss:item", "atom:entry", "a:entry"})

#: Entries, and elements that contain entries. Their end tags close all elements that are open in them.
FEED_CONTAINERS = ENTRIES | {"channel", "feed", "rss", "rdf:rdf", "atom:feed", "a:feed", "rss:channel"}

#: HTML's elements without an end tag. `link` and `source` are not among them: in feeds they have end tags.
VOID_IN_FEEDS = elements.VOID - {"base", "link", "source"}

#: Elements of an entry that hold one line of text.
LINE_FIELDS = frozenset({
    "title", "link", "guid", "pubdate", "id", "updated", "published", "comments", "category", "language", "ttl",
    "lastbuilddate", "generator", "copyright", "dc:date", "dc:creator", "dc:subject", "author", "itunes:author",
})  # fmt: skip

#: Elements of an entry that may hold HTML.
HTML_FIELDS = frozenset({"description", "summary", "content", "content:encoded"})

#: Elements of an entry whose names are not HTML elements.
ONLY_FEEDS = frozenset({
    "guid", "pubdate", "comments", "category", "enclosure", "description", "content:encoded", "dc:date", "dc:creator",
    "dc:subject", "media:content", "media:thumbnail", "media:group", "updated", "published", "itunes:author",
    "itunes:duration", "itunes:image", "slash:comments", "wfw:commentrss", "feedburner:origlink",
})  # fmt: skip

#: Element → elements that cannot be inside it. If one of them starts, the end tag is missing.
CLOSED_BY = {
    **dict.fromkeys(LINE_FIELDS, ONLY_FEEDS | ENTRIES | {"title", "link", "id", "summary", "content", "author"}),
    **dict.fromkeys(HTML_FIELDS, ONLY_FEEDS | ENTRIES),
    # Atom's author contains elements.
    "author": ONLY_FEEDS | ENTRIES,
}

#: Prefix → its usual namespace, used if no declaration gives one.
USUAL_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "atom10": "http://www.w3.org/2005/Atom",
    "a10": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "g": "http://base.google.com/ns/1.0",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "georss": "http://www.georss.org/georss",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xlink": "http://www.w3.org/1999/xlink",
}
