"""The words of safe HTML by lines: what a comparison of two forms of an entry looks at."""

import pytest

from feedsvc.sanitize.lines import lines_of

CASES = {
    "paragraphs": ("<div><p>一 段\n 的<br>二段 <b>粗</b></p></div>三", "一 段 的\n二段 粗\n三"),
    "items": ("<ul><li><p>甲</p><ol><li>乙</li></ol></li><li></li><li>丙</li></ul>", "• 甲\n• 乙\n• 丙"),
    "code": ("<pre><code>def f():\n    <b>return</b> 1\n\n\tx\n</code></pre>", "def f():\n    return 1\n    x"),
    "rows": (
        "<table><tbody><tr><th>a</th><td><p>b</p>c</td></tr><tr><td></td><td>d</td></tr></tbody></table>",
        "a | b c\n | d",
    ),
    "pictures": (
        '<p>文<img src="https://x.example/%E5%9B%BE.jpg?1" alt="图 一"></p><img src="data:image/png;base64,A" alt="">',
        "文[图 一 图.jpg]\n[…]",
    ),
    "players": (
        '<iframe src="https://www.youtube.com/embed/M7" title="发布会"></iframe>', "[发布会 www.youtube.com/embed/M7]",
    ),
    "references": ("<p>1 &lt; 2 &amp; &lt;b&gt;</p>", "1 < 2 & <b>"),
    "nothing": (" ", ""),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_each_block_is_a_line(html: str, expected: str) -> None:
    """Paragraphs, items, lines of code and rows of tables stand on lines of their own. Pictures have names."""
    assert lines_of(html) == expected
