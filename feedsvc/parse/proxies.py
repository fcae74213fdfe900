"""Proxies that scrapers put in front of a picture's own address. Pure."""

import re

PREFIX = re.compile(r"^https://cors\.zfour\.workers\.dev/\?", re.IGNORECASE)


def unproxied(url: str) -> str:
    """The picture's own address."""
    return PREFIX.sub("", url)
