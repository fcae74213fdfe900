"""Chinese texts in another script: words change, markup and code do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.normalize.script import CONVERSIONS, TAG, converted, converted_html, language_after


@pytest.mark.parametrize(
    ("conversion", "text", "expected"),
    [
        ("t2s", "國產大飛機", "国产大飞机"), ("s2t", "国产大飞机的头发与发展", "國產大飛機的頭髮與發展"),
        ("s2twp", "软件和鼠标", "軟體和滑鼠"), ("tw2sp", "軟體和滑鼠", "软件和鼠标"), ("s2hk", "里面", "裏面"),
        ("t2s", "plain text", "plain text"), ("s2t", "", ""),
    ],
)  # fmt: skip
def test_a_text_is_converted(conversion: str, text: str, expected: str) -> None:
    """Word by word: one simplified character may have two traditional ones."""
    assert converted(text, conversion) == expected


def test_only_texts_are_converted() -> None:
    """Addresses, attributes and code stay as they are."""
    html = (
        '<p title="国">国<a href="https://example.org/国">云</a> &lt;国&gt;</p><pre>国<code>国</code>国</pre><p>国</p>'
    )
    expected = (
        '<p title="国">國<a href="https://example.org/国">雲</a> &lt;國&gt;</p><pre>国<code>国</code>国</pre><p>國</p>'
    )

    assert converted_html(html, "s2t", {"pre", "code"}) == expected


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<pre>", "</pre>", '<a href="/国">', "</a>", "国", "云 &amp;", "<br>", "</code>"]
        )
    ),
    st.sampled_from(sorted(CONVERSIONS)),
)
def test_tags_stay(parts: list[str], conversion: str) -> None:
    """Whatever the content, the result has the same tags."""
    html = "".join(parts)

    assert TAG.findall(converted_html(html, conversion, {"pre", "code"})) == TAG.findall(html)


def test_the_language_follows() -> None:
    """Chinese gets the tag of its script. Other languages, and none, stay."""
    assert [language_after(one, "s2hk") for one in ("zh-CN", "ZH", "ja", None)] == [
        "zh-Hant-HK",
        "zh-Hant-HK",
        "ja",
        None,
    ]
