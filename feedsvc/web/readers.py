"""Links that open a feed in a reader."""

from urllib.parse import quote

from feedsvc.texts import Texts

#: Reader → the address that subscribes; `{}` stands for the encoded address of the feed.
READERS = {
    "Feedly": "https://feedly.com/i/subscription/feed%2F{}",
    "Inoreader": "https://www.inoreader.com/?add_feed={}",
    "NewsBlur": "https://www.newsblur.com/?url={}",
    "Feedbin": "https://feedbin.com/?subscribe={}",
    "The Old Reader": "https://theoldreader.com/feeds/subscribe?url={}",
}


def readers(url: str, texts: Texts) -> list[tuple[str, str]]:
    """Names of readers, each with the address that subscribes to the feed there."""
    encoded = quote(url, safe="")
    return [(texts.feed_protocol, f"feed:{url}"), *((name, form.format(encoded)) for name, form in READERS.items())]
