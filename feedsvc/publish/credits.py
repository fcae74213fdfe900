"""Names the sources of entries in their content, in the language of each entry. The store holds the content alone."""

from collections.abc import Iterable
from dataclasses import replace

from feedsvc.model import Entry, Site
from feedsvc.sanitize.fields import with_source_line
from feedsvc.texts import Texts, texts_of_first


def credited(entries: Iterable[Entry], site: Site) -> list[Entry]:
    """The entries, each with a last line that names its sources. An entry without sources stays the same."""
    return [_credited(entry, words(entry, site)) if entry.origins else entry for entry in entries]


def words(entry: Entry, site: Site) -> Texts:
    """The texts for words of ours in an entry: in its language, else in that of the site."""
    return texts_of_first(entry.language, site.language)


def _credited(entry: Entry, texts: Texts) -> Entry:
    return replace(entry, content=with_source_line(entry.content, entry.origins, texts))
