"""
What an author keeps from the public: whole articles by their front matter, parts of a body by a tag around them. Pure.

The fields are those of Hexo, Hugo, Jekyll, Ghost, WordPress's exports and their plugins. A value that is not known to
mean "public" counts as private: a text that was published by mistake cannot be called back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from feedsvc.model import SourceSpec
from feedsvc.parse.frontmatter import FrontMatter, Value

#: Hexo's folder of what is not ready, beside its folder of posts.
DRAFTS = "_drafts/"

TRUE = frozenset({"true", "yes", "on", "1"})
FALSE = frozenset({"false", "no", "off", "0", "n", "f", "null", "none", "undefined", ""})

#: Fields that lock an article: readers see its title and its abstract. Names as `_key` writes them.
LOCKS = frozenset({
    "password", "passwd", "pwd", "passphrase", "encrypt", "encrypted", "encryption", "encpwd", "encryptpassword",
    "protected", "passwordprotected", "postpassword",
})  # fmt: skip

#: Those of them that say yes or no.
FLAGS = frozenset({"encrypt", "encrypted", "encryption", "protected", "passwordprotected"})

#: Fields that hide an article where they say yes, and fields that hide it where they say no.
HIDES = frozenset({"hidden", "hide", "private", "draft", "unlisted", "secret", "isprivate", "ishidden", "isdraft",
                   "headless", "unpublished"})  # fmt: skip
SHOWS = frozenset({"published", "publish", "public", "listed", "visible", "ispublic"})

#: `visibility` of a public article.
PUBLIC = TRUE | {"public", "visible", "publish", "published", "open", "everyone", "all", "any", "listed", "default"}

#: `status` of an article that is not.
NOT_READY = frozenset({
    "draft", "autodraft", "private", "pending", "trash", "trashed", "hidden", "unlisted", "unpublished", "scheduled",
    "password", "protected",
})  # fmt: skip

#: Values of Hugo's `build: {list: …, render: …}` that keep a page out of the site's feed.
NOT_LISTED, NOT_RENDERED = frozenset({"never", "false", "local"}), frozenset({"never", "false"})

#: Fields that say that an article is not ready, which is no secret of its own.
OF_DRAFTS = frozenset({"draft", "isdraft", "published", "publish"})

#: The beginning of a tag of Hexo or Jekyll, or of a shortcode of Hugo, by its name; `/` or `end` ends another.
TAG = re.compile(r"\{(?:%-?|\{[%<])\s{0,9}(/\s{0,9}|end)?([a-z][\w-]{0,60}+)", re.IGNORECASE)
TAG_END = re.compile(r"[^{}]{0,300}\}{1,2}")

#: Names of tags around a text that only readers with a password see.
ENCRYPTS = re.compile(r"[\w-]*encrypt[\w-]*|password|passwd|private|protected|secret", re.IGNORECASE)

#: A line of front matter that cannot be read, if it locks or hides the article.
PRIVATE_LINE = re.compile(
    r"""^[ \t]{0,9}["']?(?:password|passwd|pwd|encrypt(?:ed)?|hidden|hide|private|draft|unlisted|secret)["']?"""
    r"""[ \t]{0,9}[:=][ \t]*+(?!(?:false|no|off|0|~|null|''|""|['"](?:false|no|off|0)['"])?[ \t,]*+(?:\#|$))""",
    re.IGNORECASE | re.MULTILINE,
)

#: So much of a file is looked at where its front matter cannot be read.
MAX_LOOK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Why an article is not for everybody."""

    #: The field, as it is written; or the folder.
    field: str
    #: 1-based.
    line: int
    #: Whether its title and its abstract may be shown.
    is_locked: bool = False
    is_draft: bool = False

    @property
    def notice(self) -> str:
        """What became of the article, for its author. Never says the field's value, which may be a password."""
        if self.is_locked:
            return f"{self.field}: only the title and the abstract are published, not the text"
        return f"{self.field}: the article is not published"


def privacy_of(front: FrontMatter, path: str, spec: SourceSpec) -> Privacy | None:
    """Why the article is not for everybody; None where it is. What hides it counts more than what locks it."""
    found = [one for name, value in front.fields.items() if (one := _of_field(front, name, value, spec))]
    if isinstance(params := front.fields.get("params"), dict):  # Hugo's place for fields of a site's own
        line = front.lines.get("params", 1)
        inner = (_of_field(front, name, value, spec) for name, value in params.items())
        found += [replace(one, line=line) for one in inner if one]
    if path.startswith(DRAFTS) and not spec.has_drafts:
        found.append(Privacy(field=DRAFTS.rstrip("/"), line=1, is_draft=True))
    if (tag := _locking_tag(front, spec)) is not None:
        found.append(Privacy(field=f"the tag {tag}", line=front.lines.get("tags", 1), is_locked=True))
    return min(found, key=lambda one: (one.is_locked, one.is_draft), default=None)


def _of_field(front: FrontMatter, name: str, value: Value, spec: SourceSpec) -> Privacy | None:
    key = _key(name)
    is_draft = key in OF_DRAFTS
    is_locked = key in LOCKS and _is_lock(key, value, is_quoted=name in front.quoted)
    is_hidden = key in HIDES or name in spec.hiding_fields
    is_hidden = (is_hidden and not _is_no(value)) or (key in SHOWS and value is not None and _is_no(value))
    if key in {"published", "publish"} and spec.has_drafts:
        is_hidden = False
    if key == "visibility":
        is_locked = _word(value) in {"password", "protected", "encrypted"}
        is_hidden = bool(value) and not is_locked and _word(value) not in PUBLIC
    if key in {"status", "poststatus"}:
        is_hidden, is_draft = _word(value) in NOT_READY, _word(value) in {"draft", "autodraft", "pending"}
    if key == "build" and isinstance(value, Mapping):
        is_hidden = _word(value.get("list")) in NOT_LISTED or _word(value.get("render")) in NOT_RENDERED
    if not (is_locked or is_hidden):
        return None
    return Privacy(field=name, line=front.lines.get(name, 1), is_locked=not is_hidden, is_draft=is_draft)


def _locking_tag(front: FrontMatter, spec: SourceSpec) -> str | None:
    """The tag for which hexo-blog-encrypt has a password; an empty one of the article itself takes that back."""
    if front.fields.get("password") == "":
        return None
    tags = set(_words(front.fields.get("tags")))
    return next((tag for tag in spec.locking_tags if tag in tags), None)


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(word for part in value for word in _words(part))
    return (value.strip(),) if isinstance(value, str) else ()


def _key(name: str) -> str:
    """A field's name however it is spelled: `Password`, `_build`, `is-private`."""
    return re.sub(r"[\s_-]", "", name).lower()


def _word(value: Value) -> str:
    return _key(value) if isinstance(value, str) else ""


def _is_no(value: Value) -> bool:
    if isinstance(value, Mapping):
        return any(_word(value.get(key)) in FALSE for key in ("enable", "enabled") if key in value) or not value
    return _word(value) in FALSE if not isinstance(value, list) else not value


def _is_lock(key: str, value: Value, *, is_quoted: bool) -> bool:
    """Whether a field's value locks: to JavaScript, `no` and `0000` are passwords like any other."""
    if key in FLAGS:
        return not _is_no(value)
    return bool(value) and (is_quoted or value != "false") if not isinstance(value, Mapping) else not _is_no(value)


def may_be_private(text: str) -> bool:
    """Whether a file whose front matter cannot be read has a line in it that locks or hides the article."""
    return PRIVATE_LINE.search(text[:MAX_LOOK]) is not None


def without_encrypted(body: str) -> tuple[str, bool]:
    """A body without the parts that stand in a tag such as `{{% hugo-encryptor %}}`, and whether there were any."""
    kept: list[str] = []
    name, depth, position = "", 0, 0
    for match in TAG.finditer(body):
        if match.start() < position or not ENCRYPTS.fullmatch(match[2]):
            continue
        if depth == 0 and match[1]:
            continue
        if depth == 0:
            kept.append(body[position : match.start()])
            name = match[2].lower()
        if match[2].lower() != name:
            continue
        depth += -1 if match[1] else 1
        if depth == 0:
            end = TAG_END.match(body, match.end())
            position = end.end() if end else match.end()
    if not kept:
        return body, False
    # A part without an end goes on to the end of all.
    return "".join(kept) + ("" if depth else body[position:]), True
