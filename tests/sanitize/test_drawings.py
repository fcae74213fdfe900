"""The words of drawings: a drawing goes, and what it says stays, as text."""

import time

import pytest

from feedsvc.sanitize.html import clean
from feedsvc.sanitize.readable.drawings import drawn_texts


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<svg><text>图中文字</text></svg>", "图中文字"),
        ("前<svg><title>题</title><desc>述</desc></svg>后", "前后"),
        ("前<svg><g><text x='1'>图<tspan>中</tspan></text></g></svg>后", "前 图中 后"),
        ("<SVG><text><tspan x=0>one</tspan><tspan x=0 dy=12>two</tspan></text></SVG>", "one two"),
        ("<svg><foreignObject><div>标签<p>二</p></div></foreignObject></svg>", "标签 二"),
        ("<svg><text><![CDATA[a<b&c]]></text></svg>", "a&lt;b&amp;c"),
        ("<svg><text>a &lt; b &amp; c</text></svg>", "a &lt; b &amp; c"),
        ("<svg><svg><text>甲</text></svg><text>乙</text></svg>丙", "甲 乙 丙"),
        ("<svg><text>甲<p>乙</p>", "甲 <p>乙</p>"),
        ("<svg><symbol><title>x</title></symbol><defs><text>y</text></defs><style>.a{}</style></svg>文", "文"),
        ("<p>用 <svg> 标签</p><p>和<svg><text>字</text></svg></p>", "<p>用 &lt;svg&gt; 标签</p><p>和 字 </p>"),
        ("<textarea><svg><text>x</text></svg></textarea>文", "文"),
        ("<!-- <svg><text>x</text></svg> -->文", "文"),
        ('<abbr title="<svg><text>">文</abbr></text></svg>', '<abbr title="&lt;svg&gt;&lt;text&gt;">文</abbr>'),
        ("<svg/><text>文</text>", "文"),
    ],
)  # fmt: skip
def test_what_a_drawing_says_stays(html: str, expected: str) -> None:
    """A drawing keeps its text and HTML in it, without its title and its hidden parts."""
    found = clean(html)

    assert found.fallback is None
    assert found.html == expected


@pytest.mark.parametrize(
    "html",
    [
        "<svg><text><script>alert(1)</script></text></svg>",
        "<svg><script><text>alert(1)</text></script></svg>",
        "<svg><style><text>alert(1)</text></style></svg>",
        "<svg><title><img src=x onerror=alert(1)></title></svg>",
        "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
        "<svg><desc><script>alert(1)</script></desc>",
    ],
)
def test_no_code_of_a_drawing_stays(html: str) -> None:
    """Code in a drawing does not come out, not even as text."""
    assert "alert" not in clean(html).whole


@pytest.mark.parametrize(
    "inner",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<![CDATA[&lt;img src=x onerror=alert(1)&gt;]]>",
        "<a title='</text></svg><script>alert(1)</script>'>x</a>",
        "<title></svg><script>alert(1)</script>",
        "<<script>alert(1)</script>",
    ],
)
def test_what_looks_like_code_is_text(inner: str) -> None:
    """No text of a drawing becomes markup."""
    found = clean(f"<svg><text>{inner}</text></svg>").whole

    assert "<script" not in found
    assert "<img" not in found


@pytest.mark.parametrize(
    "piece", ["<svg>", "<svg><text>", "</svg>", "<svg><p>", "<svg><text>字</text></svg>", "<svg><title><p>", "<svg a='"]
)
def test_it_takes_linear_time(piece: str) -> None:
    """A megabyte of any shape takes little time."""
    began = time.process_time()
    list(drawn_texts(piece * (1_000_000 // len(piece))))

    assert time.process_time() - began < 3
