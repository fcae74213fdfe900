"""Each format keeps the rules that hold for all formats."""

import logging
from dataclasses import replace

import pytest

from feedsvc.media import FORMAT_TYPES
from feedsvc.model import FORMATS, Format
from feedsvc.render import RENDERERS
from tests.data.samples import FULL, MINIMAL, channel


def test_each_format_has_a_media_type_and_a_renderer() -> None:
    """A format that lacks its row in one of the tables is named."""
    assert set(RENDERERS) == set(FORMATS)
    assert set(FORMAT_TYPES) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_an_entry_that_cannot_be_encoded_is_left_out(form: Format, caplog: pytest.LogCaptureFixture) -> None:
    """A document has the other entries, and the log names the entry that is missing."""
    bad = replace(MINIMAL, title="坏\ud800标题")
    with caplog.at_level(logging.WARNING):
        body = RENDERERS[form].render(channel(), [FULL, bad])

    assert body == RENDERERS[form].render(channel(), [FULL])
    assert bad.guid in caplog.text
