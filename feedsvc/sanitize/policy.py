"""
The published allow-list, as tables: what is not here does not leave the service.

Raising POLICY_VERSION says that stored entries were made under older tables and are to be made again.
"""

#: Goes up by one with every change of what comes out for the same input.
POLICY_VERSION = 6

MEDIA_SIZE = frozenset({"width", "height"})

#: Element → its attributes. `class`, `id`, `name`, `style` and everything `on…` are in no row.
ALLOWED: dict[str, frozenset[str]] = {
    # sections and blocks
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "pre"), frozenset()),
    "blockquote": frozenset({"cite"}),
    "figure": frozenset(), "figcaption": frozenset(), "details": frozenset(), "summary": frozenset(),
    # lists
    "ul": frozenset(), "ol": frozenset({"start", "reversed"}), "li": frozenset({"value"}),
    "dl": frozenset(), "dt": frozenset(), "dd": frozenset(),
    # tables
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr"), frozenset()),
    "th": frozenset({"colspan", "rowspan", "scope"}), "td": frozenset({"colspan", "rowspan"}),
    # text
    **dict.fromkeys(("strong", "b", "em", "i", "u", "s", "small", "mark", "sub", "sup", "code", "kbd", "samp", "var",
                     "cite", "dfn", "ruby", "rt", "rp", "wbr"), frozenset()),
    "abbr": frozenset({"title"}), "q": frozenset({"cite"}), "time": frozenset({"datetime"}),
    "del": frozenset({"cite", "datetime"}), "ins": frozenset({"cite", "datetime"}),
    # links and media
    "a": frozenset({"href", "title", "rel"}),
    "img": frozenset({"src", "alt", "title", "referrerpolicy"}) | MEDIA_SIZE,
    "video": frozenset({"src", "poster", "controls"}) | MEDIA_SIZE,
    "audio": frozenset({"src", "controls"}),
    "iframe": frozenset({"src", "sandbox", "loading", "allowfullscreen", "referrerpolicy"}) | MEDIA_SIZE,
}  # fmt: skip

#: Attributes that hold one URL. Each value must be what `normalize.web_url` makes of it (or a mailto: link).
URL_ATTRIBUTES = frozenset({"href", "src", "poster", "cite"})

#: `data` for the pictures that DATA_IMAGE_TYPES allows.
URL_SCHEMES = frozenset({"http", "https", "mailto", "data"})

#: Attributes that only a number may stand in, and those where it may be below zero.
NUMBER_ATTRIBUTES = MEDIA_SIZE | {"colspan", "rowspan", "start", "value"}
SIGNED_ATTRIBUTES = frozenset({"start", "value"})

#: What a `datetime` may be written with: numbers, their marks, and the letters of durations.
DATETIME = r"[0-9TWZPYMDHS:.,+ -]{1,40}"

#: Attributes whose one value is ours, whatever the source wrote.
FIXED: dict[tuple[str, str], str] = {
    ("a", "rel"): "noopener noreferrer ugc",
    # Without it the pictures of cnBeta and Sina do not show: their hosts refuse a foreign Referer.
    ("img", "referrerpolicy"): "no-referrer",
    ("video", "controls"): "",
    ("audio", "controls"): "",
    ("iframe", "sandbox"): "allow-scripts allow-same-origin allow-popups",
    ("iframe", "loading"): "lazy",
    ("iframe", "allowfullscreen"): "",
    ("iframe", "referrerpolicy"): "no-referrer",
}

#: Elements that vanish with everything in them. bleach alone would leave a script's text in the article.
DROPPED_WITH_CONTENT = frozenset({
    "script", "style", "noscript", "template", "applet", "svg", "math", "title", "textarea", "xmp",
    "noembed", "noframes", "plaintext", "select", "option", "head", "frameset",
})  # fmt: skip

#: Where lazy-loading scripts keep an image's real address, best first.
LAZY_SOURCES = (
    "data-original", "data-actualsrc", "data-src", "data-lazy-src", "_src", "data-echo", "file", "zoomfile",
    "data-lazyload", "data-original-src", "data-lazy", "data-ll-src", "data-cfsrc", "data-orig-file", "data-large-file",
    "data-backsrc", "data-ke-src", "real_src", "data-real-src", "data-url", "data-img", "data-image", "original",
    "lazysrc", "lazy-src", "data-lazyload-src", "data-hi-res-src", "data-full-src", "data-raw-src", "data-delay-src",
)  # fmt: skip

#: Lists of one picture in several sizes; the largest is taken.
SOURCE_SETS = ("data-srcset", "srcset", "data-lazy-srcset")
LAZY_SETS = ("data-srcset", "data-lazy-srcset")

#: What the first stage lets through besides ALLOWED, for the rewrite to read and drop.
READ_BY_REWRITE: dict[str, frozenset[str]] = {
    "img": frozenset({*LAZY_SOURCES, *SOURCE_SETS, "data-noscript"}),
    "source": frozenset({"src", "data-src", "type", *SOURCE_SETS}),
    "video": frozenset({"data-src"}), "audio": frozenset({"data-src"}),
    "iframe": frozenset({"data-src", "data-noscript"}),
    "embed": frozenset({"src"}),
    "input": frozenset({"type", "checked"}),
    "strike": frozenset(), "tt": frozenset(),
}  # fmt: skip

#: Elements that are called otherwise by now.
RENAMED = {"strike": "s", "tt": "code"}

#: Of several files of one recording, the one that most readers play.
PLAYED = ("video/mp4", "audio/mpeg", "audio/mp4", "mp4", "m4v", "mp3", "m4a")

#: Frames are shown only from these hosts, over https, and only below these paths: where the players are, not what
#: anybody uploads. The configuration can add hosts.
PLAYERS: dict[str, tuple[str, ...]] = {
    "www.youtube.com": ("/embed/",), "www.youtube-nocookie.com": ("/embed/",), "player.vimeo.com": ("/video/",),
    "player.bilibili.com": ("/player.html",), "tv.sohu.com": ("/",), "v.qq.com": ("/txp/iframe/", "/iframe/"),
    "player.youku.com": ("/embed/",), "www.ixigua.com": ("/iframe/",), "www.acfun.cn": ("/player/",),
    "www.dailymotion.com": ("/embed/",), "player.twitch.tv": ("/",), "open.spotify.com": ("/embed/", "/embed-podcast/"),
    "w.soundcloud.com": ("/player",), "bandcamp.com": ("/EmbeddedPlayer",), "embed.music.apple.com": ("/",),
    "music.163.com": ("/outchain/",), "archive.org": ("/embed/",), "embed.ted.com": ("/",),
}  # fmt: skip
FRAME_HOSTS = frozenset(PLAYERS)

#: Other names of such hosts, for the same players.
PLAYER_ALIASES = {"youtube.com": "www.youtube.com", "m.youtube.com": "www.youtube.com"}

#: The only pictures that an address may hold in itself: raster ones, larger than a spacer and smaller than a burden.
DATA_IMAGE_TYPES = frozenset({"png", "gif", "jpeg", "webp", "avif"})
DATA_IMAGE_MIN, DATA_IMAGE_MAX = 200, 16_384

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

# --- bounds: beyond any of them, an article is shown as plain text ---------------------------------------------------

#: What an article may grow to in any case; above it, to twice its size.
MIN_GROWN = 65_536

#: Characters of HTML, after pictures in addresses are taken out.
MAX_HTML = 524_288
MAX_TAGS = 50_000
#: Elements that do not count: coloured code and formulas are made of them, and the first stage leaves none.
UNCOUNTED = frozenset({"span"})
#: Elements open at once; of those that parsers open again by themselves, at once, equal ones up to three times.
MAX_OPEN = 200
MAX_FORMATTING = 60
#: Attributes of one tag.
MAX_ATTRIBUTES = 200
#: End tags that end nothing, or what was not opened last.
MAX_MISNESTED = 500

#: What parsers open again wherever it was not closed (HTML Standard, 13.2.4.3).
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip

#: What stands at the end of such a text that would be too long, escaped.
PLAIN_CUT = "〔…〕"

#: What stands before an article that is shown as plain text.
PLAIN_NOTICE = "〔原文格式过于复杂，此处只显示文字〕"
PLAIN_LINK = "打开原文"

#: What stands before the names of those whose work an entry is.
SOURCE_NOTICE = "来源："

#: Elements that mean nothing once they are empty.
POINTLESS_EMPTY = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "figcaption", "ul", "ol", "li", "dl",
    "dt", "dd", "strong", "b", "em", "i", "u", "s", "small", "mark", "sub", "sup", "code", "a", "cite", "q", "details",
    "summary",
})  # fmt: skip

#: Elements whose edges are line breaks already, and words end at them.
BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "figcaption", "ul", "ol", "li", "dl",
    "dt", "dd", "table", "caption", "tr", "td", "th", "hr", "br", "details", "summary", "iframe", "video", "audio",
})  # fmt: skip

#: Columns (a Chinese character counts two): about three lines in a reader's list.
SUMMARY_WIDTH = 280
TITLE_WIDTH = 400
NAME_WIDTH = 100

#: Blocks that are not in ALLOWED: each becomes a `div`, so that words go on parting where they end.
OTHER_BLOCKS = frozenset({
    "section", "article", "aside", "main", "header", "footer", "nav", "hgroup", "address", "center", "form", "fieldset",
    "legend", "dialog", "dir", "menu", "search",
})  # fmt: skip

#: Every name that an HTML parser knows: in a title, these are markup, and other names in angle brackets are words.
HTML_ELEMENTS = frozenset({
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite",
    "code", "col", "colgroup", "command", "content", "data", "datalist", "dd", "del", "details", "dfn", "dialog",
    "dir", "div", "dl", "dt", "element", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form",
    "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe",
    "image", "img", "input", "ins", "isindex", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main",
    "map", "mark", "marquee", "math", "menu", "menuitem", "meta", "meter", "multicol", "nav", "nextid", "nobr",
    "noembed", "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture",
    "plaintext", "portal", "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "search",
    "section", "select", "shadow", "slot", "small", "source", "spacer", "span", "strike", "strong", "style", "sub",
    "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title",
    "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp",
})  # fmt: skip

#: Of those, what is markup at the beginning of a title though it is not closed: the title was cut off.
LEFT_OPEN = FORMATTING | {"p", "li", "span", "sub", "sup", "mark", "ins", "del", "center"}
