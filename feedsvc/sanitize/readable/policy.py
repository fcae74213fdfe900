"""Tables that make an article good to read: trackers, players, pictures, links to read on."""

#: Of several files of one recording, the one that most readers play.
PLAYED = ("video/mp4", "audio/mpeg", "audio/mp4", "mp4", "m4v", "mp3", "m4a")

#: Other names of hosts of players, for the same players.
PLAYER_ALIASES = {"youtube.com": "www.youtube.com", "m.youtube.com": "www.youtube.com"}

#: A picture of at most so many pixels in both directions counts its readers.
BEACON_PIXELS = 2

#: Hosts, with all below them, and beginnings of paths there, whose pictures do the same.
BEACONS: dict[str, tuple[str, ...]] = {
    "feedburner.com": ("/~r/", "/~ff/", "/~a/"), "feedsportal.com": ("",), "doubleclick.net": ("",),
    "google-analytics.com": ("",), "googletagmanager.com": ("",), "scorecardresearch.com": ("",),
    "quantserve.com": ("",), "pixel.wp.com": ("",), "stats.wordpress.com": ("",), "feeds.wordpress.com": ("/1.0/",),
    "hm.baidu.com": ("",), "cnzz.com": ("",), "umeng.com": ("",), "51.la": ("",), "tongji.baidu.com": ("",),
    "sb.sogou.com": ("",), "beacon.sina.com.cn": ("",), "facebook.com": ("/tr",), "bat.bing.com": ("",),
    "pixel.facebook.com": ("",), "analytics.yahoo.com": ("",), "matomo.cloud": ("",), "statcounter.com": ("",),
    "rss.buysellads.com": ("",), "medium.com": ("/_/stat",), "visitor-badge.laobi.icu": ("",),
    "anrdoezrs.net": ("/image",), "lduhtrp.net": ("",), "awltovhc.com": ("",),
    "ftjcfx.com": ("",), "tqlkg.com": ("",), "ad.linksynergy.com": ("",), "impressions.pvxt.net": ("",),
}  # fmt: skip

#: Second parts of hosts below which everybody has a name: `example.com.cn` and `other.com.cn` are two sites.
PUBLIC_SECONDS = frozenset({"com", "net", "org", "gov", "edu", "co", "ac", "or", "ne", "go"})

#: Suffixes of pictures: a small one that links to such an address is a thumbnail of it.
PICTURE_SUFFIXES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "avif", "bmp"})

#: The whole text of a link at an article's end that leads to the article.
TAILS = frozenset({
    "阅读全文", "查看全文", "全文阅读", "查看原文", "阅读原文", "点击阅读全文", "继续阅读", "read more",
    "continue reading", "read full article", "read the full article", "read the rest of this entry", "more",
})  # fmt: skip

#: Of those, what may be a word of a sentence.
ORDINARY_TAILS = frozenset({"more"})

#: So many line breaks in a row at most: more are a gap, not a paragraph.
MAX_BREAKS = 2
