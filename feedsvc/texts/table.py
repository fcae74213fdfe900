"""The texts of pages, errors and notices: their names. Each language has a module with all of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """
    All texts in one language.

    A text with names in braces is filled in with `str.format`. A text of a number has the form for one and for others;
    Chinese has one form.
    """

    #: BCP 47: the language of the texts.
    language: str
    #: Between names in a list, and after the words that come before a list.
    comma: str

    # --- all pages ---
    home: str
    to_content: str
    contact: str
    last_update: str

    # --- the catalogue ---
    feeds: str
    catalogue_lead: str
    opml_all: str
    opml_chosen: str
    choose: str
    search_feeds: str
    search: str
    no_match: str
    all_feeds: str
    #: The name of the feed that has all entries, on pages of its site.
    everything: str
    entries_one: str
    entries_other: str
    per_day: str
    plot: str
    newest: str
    below: str
    newer_page: str
    older_page: str
    page_of: str

    # --- the search ---
    search_title: str
    search_articles: str
    search_syntax: str
    search_none: str
    search_newest: str
    search_subscribe: str

    # --- the form that filters a feed: the texts by their names ---
    filters: Mapping[str, str]

    # --- the page of a feed ---
    subscribe: str
    subscribe_lead: str
    copy: str
    copied: str
    open_in: str
    feed_protocol: str
    formats: str
    from_sources: str
    embed_this: str
    entries: str
    nothing_yet: str
    older_entries: str
    newer_entries: str
    archive_page: str

    # --- the page of an article ---
    permalink: str
    original_lead: str
    rights_lead: str
    plays_at: str
    files: str
    sources: str
    next_article: str
    previous_article: str
    license: str
    revisions: str
    revisions_lead: str
    revised: str
    revised_title: str
    unchanged_one: str
    unchanged_other: str
    revision_too_large: str
    revision_cut: str
    revision_unknown: str
    older_revisions_one: str
    older_revisions_other: str

    # --- the line in an entry that names whose work the entry is ---
    by_one: str
    by_other: str
    by_holder: str

    # --- entries that are digests ---
    between: str
    week: str
    left_out: str

    # --- embedding ---
    embed_title: str
    embed_lead: str
    embed_sites: str
    embed_no_site: str
    embed_snippet: str
    embed_count: str
    embed_theme: str
    embed_auto: str
    embed_light: str
    embed_dark: str
    embed_images: str
    embed_show: str
    embed_preview: str

    # --- parameters: the line for a wrong one, by its kind, and the values that are allowed ---
    not_allowed: str
    repeated: str
    same: str
    no_text: str
    exclusive: str
    wrong_filter: str
    allowed: Mapping[str, str]

    # --- the faults of filters, with their remedies, by their names; `at` is the place of one in a pattern ---
    faults: Mapping[str, str]

    # --- errors: title and text ---
    error: str
    error_other: str
    bad_query: tuple[str, str]
    missing: tuple[str, str]
    bad_method: tuple[str, str]
    gone: tuple[str, str]
    refused: tuple[str, str]
    busy: tuple[str, str]
    fault: tuple[str, str]
    unavailable: tuple[str, str]
    starting: tuple[str, str]

    # --- why an article is, or is not, where somebody looks for it, for the operator: the texts by their names ---
    explain: Mapping[str, str]

    # --- the status of the service, for its operator: the texts by their names ---
    status: Mapping[str, str]

    def fault_text(self, code: str, values: Mapping[str, str | int]) -> str:
        """A fault of a filter in words. Among the values is the number of a character if it has a place."""
        return self.placed(self.faults[code], values)

    def placed(self, text: str, values: Mapping[str, str | int]) -> str:
        """A text about a fault, filled in, after the place of the fault."""
        said = text.format(**values)
        return self.faults["at"].format(remedy=said, **values) if "number" in values else said

    def entries_text(self, number: int) -> str:
        """A number of entries in words."""
        return (self.entries_one if number == 1 else self.entries_other).format(number=f"{number:,}")

    def unchanged_text(self, number: int) -> str:
        """A number of unchanged paragraphs in words."""
        return (self.unchanged_one if number == 1 else self.unchanged_other).format(number=f"{number:,}")

    def older_revisions_text(self, number: int) -> str:
        """A number of older revisions in words."""
        return (self.older_revisions_one if number == 1 else self.older_revisions_other).format(number=f"{number:,}")
