"""Tables of safe markup. Markup that neither these tables nor the table of elements has does not leave the service."""

import re

#: `data` for the pictures that DATA_IMAGE_TYPES allows.
URL_SCHEMES = frozenset({"http", "https", "mailto", "data"})

#: Characters of a `datetime`: numbers, their marks, and the letters of durations.
DATETIME_FORM = re.compile(r"[0-9TWZPYMDHS:.,+ -]{1,40}")

#: Frames are shown only from these hosts, over https, and only below these paths: where the players are, not what
#: anybody uploads. The configuration can add hosts.
PLAYER_PATHS: dict[str, tuple[str, ...]] = {
    "www.youtube.com": ("/embed/",), "www.youtube-nocookie.com": ("/embed/",), "player.vimeo.com": ("/video/",),
    "player.bilibili.com": ("/player.html",), "tv.sohu.com": ("/",), "v.qq.com": ("/txp/iframe/", "/iframe/"),
    "player.youku.com": ("/embed/",), "www.ixigua.com": ("/iframe/",), "www.acfun.cn": ("/player/",),
    "www.dailymotion.com": ("/embed/",), "player.twitch.tv": ("/",), "open.spotify.com": ("/embed/", "/embed-podcast/"),
    "w.soundcloud.com": ("/player",), "bandcamp.com": ("/EmbeddedPlayer",), "embed.music.apple.com": ("/",),
    "music.163.com": ("/outchain/",), "archive.org": ("/embed/",), "embed.ted.com": ("/",),
}  # fmt: skip
FRAME_HOSTS = frozenset(PLAYER_PATHS)

#: The only pictures that an address may hold in itself: raster ones, larger than a spacer and smaller than a burden.
DATA_IMAGE_TYPES = frozenset({"png", "gif", "jpeg", "webp", "avif"})
DATA_IMAGE_MIN, DATA_IMAGE_MAX = 200, 16_384

# --- bounds: beyond any of them, an article is shown as plain text ---------------------------------------------------

#: Characters that an article may grow to in any case; above it, to twice its size.
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
#: End tags that end nothing, or another element than the one that was opened last.
MAX_MISNESTED = 500

#: The end of such a text that would be too long, escaped.
PLAIN_CUT = "〔…〕"

#: The line before an article that is shown as plain text.
PLAIN_NOTICE = "〔原文格式过于复杂，此处只显示文字〕"
PLAIN_LINK = "打开原文"
