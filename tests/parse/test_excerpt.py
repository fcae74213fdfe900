"""The excerpt of a post is the text before `<!-- more -->`."""

import pytest

from feedsvc.parse.excerpt import before_more
from feedsvc.parse.markdown import rendered

MARK = "<!-- more -->"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"第一段。\n\n{MARK}\n\n第二段。", "<p>第一段。</p>\n"),
        ("第一段。<!--more-->第二段。", "<p>第一段。"),
        ("甲\n<!--MORE-->\n乙", "<p>甲</p>\n"),
        ("甲\n<!--- more --->\n乙", "<p>甲</p>\n"),
        (f"[甲][1] 注[^2]\n\n{MARK}\n[1]: https://e.example/\n[^2]: 注",
         '<p><a href="https://e.example/">甲</a> 注<sup>1</sup></p>\n'),
        (f"```html\n{MARK}\n```\n甲\n{MARK}\n乙",
         '<pre><code class="language-html">&lt;!-- more --&gt;\n</code></pre>\n<p>甲</p>\n'),
        (f"用 `code` 说明 {MARK}\n\n正文", "<p>用 <code>code</code> 说明 "),
        (f"写 `{MARK}`，或 ` 与 {MARK} 后", "<p>写 <code>&lt;!-- more --&gt;</code>，或 ` 与 "),
        (f"> 引 {MARK}\n\n后", "<blockquote>\n<p>引 "),
        (f"甲\n~~~\n```\n{MARK}\n", None),
        (f"写 `{MARK}` 即可", None),
        (f"    {MARK}", None),
        (f"{MARK}\n乙", None),
        ("<!-- moreover -->\n乙", None),
        ("没有", None),
        (f"<!-- note -->\n{MARK}\n正文 [a]\n\n[a]: /x", None),
        (f"{{% comment %}}草稿{{% endcomment %}}\n{MARK}\n正文", None),
        (f"{{% comment %}}草稿 {MARK} 草稿{{% endcomment %}}正文", None),
        (f"<!-- 草稿 {MARK} 正文", None),
        (f"&nbsp;\n{MARK}\n正文", None),
        (f"[//]: # (草稿)\n\n{MARK}\n正文", None),
        (f"[^_^]: # (草稿)\n\n{MARK}\n正文", None),
        (f"<!-- 草稿 --!>\n\n{MARK}\n正文", None),
    ],
    ids=["own line", "in a line", "capitals", "hyphens", "definition", "after a fence", "after code", "after a span",
         "quotation", "in a fence", "span", "indented", "first", "another word", "none", "comment",
         "template's comment", "in a template's comment", "in a comment", "space", "Markdown's comment",
         "note", "another end"],
)  # fmt: skip
def test_the_part_before_the_mark(body: str, expected: str | None) -> None:
    """The excerpt ends where the blog ends it, never inside code, and is never empty."""
    assert before_more(rendered(body, "a.md", None).html) == expected
