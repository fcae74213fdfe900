"""
Encrypted parts of a body, in a tag such as `{{% hugo-encryptor %}}`. Pure.

A tag in code is an example in an article about such tags. If code and a tag overlap, the tag counts.
"""

import re

from feedsvc.parse.markdown.code import in_code

#: A tag around an encrypted text, of Hexo or Jekyll, or a shortcode of Hugo. An end tag has `/` or `end`.
ENCRYPTED_TAG = re.compile(
    r"\{(?:%[-+~]?|\{[%<])\s{0,9}(?P<end>/\s{0,9}|end)?"
    r"(?P<name>[\w-]{0,60}(?:encrypt|passw(?:or)?d|passcode|passphrase)[\w-]{0,60}+"
    r"|(?:(?:pwd|private|protect(?:ed)?|lock(?:ed)?|hidden|secret)"
    r"(?:[-_]?(?:content|block|post|text|part|section|protect(?:ed)?))?|pass|hbe)(?![\w-]))",
    re.IGNORECASE,
)
#: The short name of hexo-blog-encrypt.
HEXO_BLOG_ENCRYPT = "hbe"

REST_OF_TAG = re.compile(r"[^{}]{0,300}\}{1,2}")

#: A shortcode of Hugo without content.
CLOSED = re.compile(r"[^{}]{0,300}/\s{0,9}[%>]\}\}")


def without_encrypted(body: str, *, is_markdown: bool) -> tuple[str, bool]:
    """A body without its encrypted parts, and whether there were any."""
    tags = list(ENCRYPTED_TAG.finditer(body))
    if not tags:
        return body, False
    are_code = in_code(body, [tag.start() for tag in tags], is_markdown=is_markdown)
    by_name: dict[str, list[tuple[re.Match[str], bool]]] = {}
    for tag, is_code in zip(tags, are_code, strict=True):
        by_name.setdefault(tag["name"].lower(), []).append((tag, is_code))
    parts = [part for name, own in by_name.items() for part in _parts(own, name, body)]
    kept, at = list[str](), 0
    for start, end in sorted(parts):
        kept.append(body[at:start])
        at = max(at, end)
    return "".join((*kept, body[at:])), bool(parts)


def _parts(tags: list[tuple[re.Match[str], bool]], name: str, body: str) -> list[tuple[int, int]]:
    """The parts between start and end tags of one name."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    in_code_since: int | None = None
    code_depth = 0
    # The last end tag in code that has no start tag in code: it may be in text that only looks like code.
    loose_end: int | None = None
    for tag, is_code in tags:
        if tag["end"] and is_code:
            loose_end = _end_of(tag, body) if opened and not code_depth else loose_end
            code_depth, in_code_since = max(0, code_depth - 1), None
        elif tag["end"]:
            # Its start tag may be in text that only looks like code.
            start = opened.pop() if opened else in_code_since
            if start is not None and not opened:
                found.append((start, _end_of(tag, body)))
                loose_end = None
            code_depth, in_code_since = 0, None
        elif is_code:
            code_depth += 1
            in_code_since = tag.start() if in_code_since is None else in_code_since
        elif not CLOSED.match(body, tag.end()):
            opened.append(tag.start())
            code_depth = 0
    end = _end_of_unclosed(tags, name, body, loose_end) if opened else None
    return found if end is None else [*found, (opened[0], end)]


def _end_of_unclosed(tags: list[tuple[re.Match[str], bool]], name: str, body: str, loose_end: int | None) -> int | None:
    """The end of a part without an end tag outside of code; None if the tag needs no end tag."""
    if "encrypt" in name or name == HEXO_BLOG_ENCRYPT:
        return len(body)
    last_end = max((_end_of(tag, body) for tag, is_code in tags if tag["end"] and not is_code), default=None)
    if loose_end is not None:
        return max(loose_end, last_end or 0)
    # If a tag should have an end tag but has none here, its content extends to the end of the body.
    return None if last_end is None else len(body)


def _end_of(tag: re.Match[str], body: str) -> int:
    end = REST_OF_TAG.match(body, tag.end())
    return end.end() if end else tag.end()
