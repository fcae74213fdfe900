"""
The published allow-list, as tables: what is not here does not leave the service.

Raising POLICY_VERSION says that stored entries were made under older tables and are to be made again.
"""

#: Goes up by one with every change of what comes out for the same input.
POLICY_VERSION = 1

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

URL_SCHEMES = frozenset({"http", "https", "mailto"})

#: Attributes that only a number may stand in.
NUMBER_ATTRIBUTES = MEDIA_SIZE | {"colspan", "rowspan", "start", "value"}

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
    "script", "style", "noscript", "template", "object", "embed", "applet", "svg", "math", "title", "textarea", "xmp",
    "noembed", "noframes", "plaintext", "select", "option", "head", "frameset",
})  # fmt: skip

#: What the first stage lets through besides ALLOWED, for the rewrite to read and drop.
READ_BY_REWRITE: dict[str, frozenset[str]] = {
    "img": frozenset({"data-src", "data-original", "_src"}),
    "source": frozenset({"src"}),
}

#: Where lazy-loading scripts keep an image's real address, best first.
LAZY_SOURCES = ("data-original", "data-src", "_src")

#: Frames are shown only from these hosts, over https.
FRAME_HOSTS = frozenset({
    "www.youtube.com", "www.youtube-nocookie.com", "player.vimeo.com", "player.bilibili.com", "tv.sohu.com",
    "v.qq.com", "player.youku.com",
})  # fmt: skip

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
