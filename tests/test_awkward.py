"""Valid, whatever came in: awkward feeds from a real server, through the store, and out in each format."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from html5lib import HTMLParser
from lxml import etree
from rfc3987_syntax import is_valid_syntax_iri

from feedsvc.identity.atom import atom_id
from feedsvc.language import registered
from feedsvc.model import FORMATS, Format
from feedsvc.publish import Publisher
from feedsvc.store import migrate, open_store
from tests.conftest import Folder
from tests.data.awkward import DOCUMENTS, GUIDS
from tests.data.upstream import answer, serving
from tests.test_upstreams import Polls

DATA = Path(__file__).parent / "data"
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: The ids that the feed validator of the W3C accepts, by scheme.
W3C_TAG = re.compile(r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w;/?:@&=+$.!~*'()%,#-]*", re.ASCII)
W3C_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:([\w()+,.:=@;$!*'-]|%[0-9a-f]{2})+", re.ASCII | re.IGNORECASE)
W3C_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
W3C_OTHER = re.compile(r"[a-z][a-z0-9+.-]*:(//)?[\w;/?:@&=+$.!~*'()%,#-]+", re.ASCII | re.IGNORECASE)

MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
MAIL = re.compile(r"[\w.+-]+\s*(?:@|＠|%40|&#64;|\bat\b)\s*(?:mail|groups|blogger)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The feed of all that came in, in each format."""

    bodies: dict[Format, bytes]
    titles: list[str]

    @property
    def rss(self) -> etree._Element:
        """RSS's channel."""
        return etree.fromstring(self.bodies["rss"])[0]

    @property
    def atom(self) -> etree._Element:
        """Atom's feed."""
        return etree.fromstring(self.bodies["atom"])

    @property
    def json(self) -> dict[str, Any]:
        """JSON Feed."""
        found: dict[str, Any] = json.loads(self.bodies["json"])
        return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The feeds of a site that polled each awkward document once, as a source of its own."""
    folder = Folder(path=tmp_path_factory.mktemp("awkward"))
    store = open_store(folder.database_url)
    migrate.upgrade(store)
    with serving() as upstream:
        lines = []
        for number, text in enumerate(DOCUMENTS.values()):
            upstream.answers[f"/{number}"] = answer(text)
            lines.append(f'  s{number}: {{kind: upstream, url: "URL/{number}", allow_private: true}}\n')
        poll = Polls(folder, store)
        poll.configure("".join(lines) + "feeds: {all: {window: {items: 500}}}\n", upstream)
        poll.run()
    config = folder.config()
    publisher = Publisher(store=store, configured=config.catalogue)
    found = publisher.find("all")
    assert found is not None
    yield Published(
        bodies={form: publisher.document(found, form, poll.now).body for form in FORMATS},
        titles=[one.title for one in publisher.entries(found)],
    )
    store.close()


def test_every_input_is_published(published: Published) -> None:
    """At least sixty, and each gives one entry in each format."""
    assert len(DOCUMENTS) >= 60
    assert len(published.titles) == len(DOCUMENTS)
    assert len(published.rss.findall("item")) == len(published.atom.findall(f"{ATOM}entry")) == len(DOCUMENTS)
    assert len(published.json["items"]) == len(DOCUMENTS)


def test_atom_is_valid(published: Published) -> None:
    """By the RELAX NG schema of RFC 4287, Appendix B."""
    schema = etree.RelaxNG(etree.parse(DATA / "atom.rng"))

    assert schema.validate(published.atom), schema.error_log


def test_ids_in_atom_are_iris(published: Published) -> None:
    """By the grammar of RFC 3987, and by what the W3C's validator asks of a scheme; each is in the feed once."""
    ids = [one.text or "" for one in published.atom.iter(f"{ATOM}id")]
    of_entries = [one.findtext(f"{ATOM}id") for one in published.atom.iter(f"{ATOM}entry")]

    assert [one for one in ids if not is_valid_syntax_iri(one)] == []
    assert [one for one in ids if not _is_valid_to_w3c(one)] == []
    assert len(set(of_entries)) == len(of_entries)


def _is_valid_to_w3c(iri: str) -> bool:
    scheme = iri.partition(":")[0].lower()
    if scheme == "urn":
        return (W3C_UUID if iri.lower().startswith("urn:uuid:") else W3C_URN).fullmatch(iri) is not None
    if scheme in {"http", "ftp"} and not re.match(r"\w+://[^/]", iri):
        return False
    return (W3C_TAG if scheme == "tag" else W3C_OTHER).fullmatch(iri) is not None


@pytest.mark.parametrize("guid", GUIDS.values(), ids=GUIDS)
def test_a_guid_stays_to_the_letter(published: Published, guid: str) -> None:
    """In RSS and JSON Feed; Atom's id is made of it."""
    assert guid in [one.findtext("guid") for one in published.rss.iter("item")]
    assert guid in [one["id"] for one in published.json["items"]]
    assert atom_id(guid) in [one.findtext(f"{ATOM}id") for one in published.atom.iter(f"{ATOM}entry")]


def test_json_feed_is_valid(published: Published) -> None:
    """By a schema as strict as the specification, and by what no schema says."""
    schema = json.loads((DATA / "jsonfeed.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    items = published.json["items"]

    assert [f"{one.json_path}: {one.message}" for one in validator.iter_errors(published.json)] == []
    assert len({one["id"] for one in items}) == len(items)
    assert all(datetime.fromisoformat(one[name]) for one in items for name in ("date_published", "date_modified"))


def test_rss_is_valid(published: Published) -> None:
    """The elements that RSS 2.0 requires are there once and not blank, and what is typed is of its type."""
    channel = published.rss
    assert [len((channel.findtext(name) or "").strip()) > 0 for name in ("title", "link", "description")] == [True] * 3
    for item in channel.iter("item"):
        names = [one.tag for one in item]
        assert {"title", "link", "guid", "pubDate"} <= set(names)
        assert not [one for one in ("title", "link", "guid", "pubDate", "description") if names.count(one) > 1]
        assert all((item.findtext(name) or "").strip() for name in ("title", "description") if name in names)
        assert RFC_822.fullmatch(item.findtext("pubDate") or "")
        assert parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo == UTC
        for enclosure in item.iter("enclosure"):
            assert MEDIA_TYPE.fullmatch(enclosure.get("type", ""))
            assert 0 <= int(enclosure.get("length", "")) < 2**53


def test_languages_are_registered(published: Published) -> None:
    """In all three formats, of the feed and of each entry; the entry's own, else its feed's."""
    of_rss = [one.text or "" for name in ("language", f"{DC}language") for one in published.rss.iter(name)]
    of_atom = [language for one in published.atom.iter() if (language := one.get(XML_LANG))]
    of_json = [published.json["language"], *(one["language"] for one in published.json["items"] if "language" in one)]

    assert sorted(of_rss) == sorted(of_atom) == sorted(of_json)
    assert [one for one in of_json if registered(one) != one] == []
    assert {"he", "zh-CN", "en-US"} <= set(of_json)


def test_texts_are_html_without_an_error(published: Published) -> None:
    """To html5lib's strict parser: contents, and summaries where they are HTML."""
    parser = HTMLParser(strict=True)
    texts = [
        *(one.text or "" for name in ("description", CONTENT) for one in published.rss.iter(name)),
        *(one.text or "" for name in ("summary", "content") for one in published.atom.iter(f"{ATOM}{name}")),
        *(one["content_html"] for one in published.json["items"]),
    ]
    for text in texts:
        parser.parseFragment(text)
        assert text.strip()


@pytest.mark.parametrize("form", FORMATS)
def test_no_address_of_e_mail_comes_out(published: Published, form: Format) -> None:
    """Of no person, feed or right: inputs name them only there."""
    assert MAIL.findall(published.bodies[form].decode()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_people_are_named(published: Published, form: Format) -> None:
    """The feeds name all people who stood beside an address."""
    text = published.bodies[form].decode()

    assert [name for name in ("Ann Lee", "Bob", "Ed Lee", ">ann<", '"ann"') if name in text][:3] == [
        "Ann Lee",
        "Bob",
        "Ed Lee",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_comes_out_that_is_no_text(published: Published, form: Format) -> None:
    """No control characters, noncharacters, surrogates and U+FFFD, written as they are or as references."""
    text = published.bodies[form].decode()
    if form == "json":
        text = json.dumps(json.loads(text), ensure_ascii=False)

    assert {hex(ord(one)) for one in text if _is_no_text(one)} == set()
    assert re.findall(r"&#x?(?:fffd|65533|0*7|fff[ef]);|\\u(?:fffd|d[89a-f]..|00[01].)", text, re.IGNORECASE) == []


def _is_no_text(character: str) -> bool:
    code = ord(character)
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    is_control = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n\r"
    return is_noncharacter or is_control or character == "\ufffd"


@pytest.mark.parametrize("form", FORMATS)
def test_no_script_comes_out(published: Published, form: Format) -> None:
    """Not as an element, a handler, an address or a type; a guid is what it was, and shown by nobody as HTML."""
    text = published.bodies[form].decode()
    for guid in (GUIDS["markup"], GUIDS["quote"]):
        for written in (guid, json.dumps(guid)[1:-1], guid.replace("<", "&lt;").replace(">", "&gt;")):
            text = text.replace(written, "")

    assert re.findall(r"<script|javascript:|onclick|alert\(", text, re.IGNORECASE) == []
