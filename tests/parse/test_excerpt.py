"""What stands before `<!-- more -->`."""

import pytest

from feedsvc.parse.excerpt import before_more


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("第一段。\n\n<!-- more -->\n\n第二段。", "第一段。\n\n\n"),
        ("第一段。<!--more-->第二段。", "第一段。\n"),
        ("甲\n<!--MORE-->\n乙", "甲\n\n"),
        ("甲\n<!--- more --->\n乙", "甲\n\n"),
        ("[甲][1]\n<!-- more -->\n[1]: https://e.example/\n[^2]: 注", "[甲][1]\n\n\n[1]: https://e.example/"),
        ("```html\n<!-- more -->\n```\n甲\n<!-- more -->\n乙", "```html\n<!-- more -->\n```\n甲\n\n"),
        ("甲\n~~~\n```\n<!-- more -->\n", None),
        ("写 `<!-- more -->` 即可", None),
        ("    <!-- more -->", None),
        ("<!-- more -->\n乙", None),
        ("<!-- moreover -->\n乙", None),
        ("没有", None),
    ],
    ids=["own line", "in a line", "capitals", "hyphens", "definition", "after a fence", "in a fence", "span",
         "indented", "first", "another word", "none"],
)  # fmt: skip
def test_the_part_before_the_mark(body: str, expected: str | None) -> None:
    """The mark cuts where the blog cuts, and never inside code."""
    assert before_more(body) == expected
