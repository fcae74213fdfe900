"""A digest of documents: a change of their bytes does not pass unnoticed."""

from feedsvc.identity import digest
from feedsvc.model import FORMATS
from feedsvc.render import RENDER_VERSION, RENDERERS
from tests.data.samples import FULL, MINIMAL, channel
from tests.render.test_details import EPISODE

#: The version → the digest of the documents of all formats.
RENDERED = {5: "d7b6d5b38e6cf8df4ba377d4a553ccdd"}


def test_other_bytes_of_the_same_entries_raise_the_version() -> None:
    """Stored documents are made again where RENDER_VERSION differs. Raise it by one, and write the new digest here."""
    bodies = [RENDERERS[form].render(channel(), [FULL, MINIMAL, EPISODE]) for form in FORMATS]

    assert {RENDER_VERSION: digest(b"".join(bodies))} == RENDERED
