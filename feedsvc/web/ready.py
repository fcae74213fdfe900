"""An answer that is ready to send: the bytes in each coding, with their header fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from wsgiref.handlers import format_date_time

from feedsvc.model import Coding, Document
from feedsvc.render.coding import USUAL
from feedsvc.web.negotiation import chosen_coding, is_unmodified, known_tag

Fields = list[tuple[str, str]]

OK = "200 OK"
NOT_MODIFIED = "304 Not Modified"

#: The fields of 304 (RFC 9110, 15.4.5). The client has the others, and a browser needs CORS for each answer.
OF_NOT_MODIFIED = frozenset({"ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status line, header fields and bytes, as WSGI wants them."""

    status: str
    fields: Fields
    body: bytes


@dataclass(slots=True, kw_only=True)
class Form:
    """The answer in one coding."""

    tag: str
    whole: Answer
    head: Answer
    unchanged: Answer


@dataclass(slots=True, kw_only=True)
class Ready:
    """What an address answers to GET and HEAD, until it changes."""

    content_type: str
    #: The opaque part of the ETag of a coding.
    tag: Callable[[Coding | None], str]
    #: The bytes in a coding; they may be made when the first client wants them.
    body: Callable[[Coding | None], bytes]
    changed_at: datetime
    #: Last-Modified must not be later (RFC 9110, 8.8.2.1). Two changes within a second could move it there.
    clock: Callable[[], datetime]
    #: Further header fields of 200 and 304.
    more: Fields
    #: Approximate bytes in memory.
    size: int
    #: Whether the stored state still is that of this answer; None where nothing tells. Raises StoreError.
    is_current: Callable[[], bool] | None = None
    #: Whether a newer answer could not be made.
    is_stale: bool = False
    #: The key of LANGUAGES of a page. None: the answer is the same in all languages.
    language: str | None = None
    #: The request's fields that decide which form of the answer is sent.
    vary: str = "Accept-Encoding"
    #: The answer for a browser that opens the address as a page, where that is another one.
    opened: "Ready | None" = None
    forms: dict[Coding | None, Form] = field(default_factory=dict)

    def answer(self, method: str, accepted: str, none_match: str | None, modified_since: str | None) -> Answer:
        """Decide by the request's fields. An ETag decides before a date (RFC 9110, 13.2.2)."""
        coding = chosen_coding(accepted)
        form = self.forms.get(coding) or self._made(coding)
        if none_match is not None:
            if none_match == form.tag:
                return form.unchanged
            if tag := known_tag(none_match, self._tags(coding)):
                return form.unchanged if f'"{tag}"' == form.tag else _with_tag(form.unchanged, tag)
        elif modified_since is not None and is_unmodified(modified_since, self.changed_at):
            return form.unchanged
        return form.head if method == "HEAD" else form.whole

    def _tags(self, coding: Coding | None) -> tuple[str, ...]:
        """
        The tags of the selected form, and of the same coding with the other compression.

        A client that has a document from before it was compressed harder has this document. A new answer would cost
        each reader the same content twice.
        """
        tag = self.tag(coding)
        return (tag, tag.removesuffix(HARD)) if tag.endswith(HARD) else (tag, tag + HARD)

    def _made(self, coding: Coding | None) -> Form:
        body, tag, now = self.body(coding), f'"{self.tag(coding)}"', self.clock()
        fields = [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(body))),
            *([("Content-Encoding", coding)] if coding else []),
            ("ETag", tag),
            ("Last-Modified", format_date_time(min(self.changed_at, now).timestamp())),
            ("Vary", self.vary),
            *self.more,
        ]
        form = Form(
            tag=tag,
            whole=Answer(status=OK, fields=fields, body=body),
            head=Answer(status=OK, fields=fields, body=b""),
            unchanged=Answer(
                status=NOT_MODIFIED, fields=[one for one in fields if one[0] in OF_NOT_MODIFIED], body=b""
            ),
        )
        if self.changed_at <= now:  # otherwise the next second has another date
            self.forms[coding] = form
        return form


#: The end of the tag of a form that was compressed harder.
HARD = "-hard"


def _with_tag(answer: Answer, tag: str) -> Answer:
    fields = [(name, f'"{tag}"' if name == "ETag" else value) for name, value in answer.fields]
    return Answer(status=answer.status, fields=fields, body=b"")


def with_opened(ready: Ready, content_type: str | None) -> Ready:
    """
    An answer that has another media type where a browser opens its address as a page; None: the same type.

    The bytes are the same, and the ETag is another one. RFC 9110, 8.8.1, allows both: a validator may change with the
    Content-Type, and representations of identical bytes may share it. But a cache may ask with the ETag of one form
    for the other (RFC 9111, 4.1), and a 304 would give a reader the type for browsers, or a browser the type for
    readers.
    """
    if content_type is None:
        return ready
    vary, tag = f"{ready.vary}, Sec-Fetch-Dest", ready.tag
    # The two forms share the bytes without coding.
    ready = replace(ready, body=cache(ready.body))
    opened = replace(ready, content_type=content_type, vary=vary, tag=lambda coding: f"page-{tag(coding)}", forms={})
    return replace(ready, vary=vary, opened=opened, forms={})


def is_opened(environ: Mapping[str, object]) -> bool:
    """Whether a browser opens the address of the request as a page (W3C, Fetch Metadata Request Headers, 2.1)."""
    return environ.get("HTTP_SEC_FETCH_DEST") == "document"


def of_document(
    document: Document,
    content_type: str,
    clock: Callable[[], datetime],
    more: Fields,
    *,
    is_current: Callable[[], bool] | None = None,
    is_stale: bool = False,
) -> Ready:
    """A stored document. A coding that is not stored, of an older release, is made."""
    coded: Mapping[Coding, bytes] = document.coded

    def body(coding: Coding | None) -> bytes:
        if coding is None:
            return document.body
        return coded[coding] if coding in coded else USUAL[coding](document.body)

    return Ready(
        content_type=content_type,
        tag=document.tag,
        body=body,
        changed_at=document.changed_at,
        clock=clock,
        more=more,
        # Text is some four times as large as its gzip; few clients ask for it.
        size=sum(map(len, coded.values())) + 4 * len(coded["gzip"]),
        is_current=is_current,
        is_stale=is_stale,
    )


def of_bytes(
    body: bytes,
    digest: str,
    content_type: str,
    changed_at: datetime,
    clock: Callable[[], datetime],
    more: Fields,
    *,
    language: str | None = None,
) -> Ready:
    """A page, which is compressed when the first client wants a coding."""
    return Ready(
        content_type=content_type,
        tag=lambda coding: digest if coding is None else f"{digest}-{coding}",
        body=cache(lambda coding: body if coding is None else USUAL[coding](body)),
        changed_at=changed_at,
        clock=clock,
        more=more,
        size=2 * len(body),
        language=language,
        vary="Accept-Encoding, Accept-Language" if language else "Accept-Encoding",
    )
