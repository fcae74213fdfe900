"""Bodies of seeds in Markdown."""

import random
import re
from dataclasses import replace
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from feedsvc.model import Permalinks, RawEntry, SourceSpec
from feedsvc.parse.markdown import rendered
from feedsvc.parse.seed import parse, read
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.text import plain_text

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = SourceSpec(name="articles", kind="seeds", path="/seeds", timezone=ZONE, tag="example.org,2026")
RULE = Permalinks(url="https://x.test/", pattern=":title/", timezone=ZONE, built_in=ZONE, has_breaks=True)
HEXO = replace(PLAIN, permalinks=RULE)


def shown(body: str, spec: SourceSpec = HEXO) -> str:
    """The content of a body for readers."""
    raw = parse(f"---\ntitle: 标题\n---\n{body}\n".encode(), "a.md", spec)
    assert raw is not None
    return sanitize(raw).content


def text(body: str, spec: SourceSpec = HEXO) -> str:
    """The words of it."""
    return plain_text(shown(body, spec))


# --- depth -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("\n".join("  " * depth + f"- 第{depth}层" for depth in range(12)), id="lists"),
        pytest.param("\n".join("   " * depth + f"1. 第{depth}层" for depth in range(12)), id="numbered lists"),
        pytest.param("\n".join(">" * (depth + 1) + f" 第{depth}层\n" + ">" * (depth + 1) for depth in range(25)), id="quotations"),
        pytest.param("- " * 20 + "第11层", id="lists in a line"),
        pytest.param("\n".join("> " * depth + f"- 第{depth}层" for depth in range(1, 13)), id="quotations of lists"),
    ],
)  # fmt: skip
def test_depth_loses_no_text(body: str) -> None:
    """Lists and quotations keep their words at any depth."""
    assert sorted(re.findall(r"第\d+层", text(body))) == sorted(re.findall(r"第\d+层", body))


# --- HTML, then Markdown ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "beginning",
    [
        '<img src="https://s.example/a.png" width="300">', '<div align="center">居中</div>', "<p>一</p>",
        '<h1 align="center">项目</h1>', "<br>", "<table><tr><td>一</td></tr></table>", "<blockquote>一</blockquote>",
        "{% asset_img a.png 图 %}", '<div align="center">\n\n![图](https://s.example/a.png)\n\n</div>',
        '<p align="center">\n  <a href="https://e.org"><img src="https://e.org/b.svg"></a>\n</p>', "<center>一</center>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n\n末尾", "\n\n<div>末尾</div>", "\n\n<br>", ""], ids=["text", "div", "br", "none"])
def test_markdown_may_begin_with_html(beginning: str, end: str) -> None:
    """A block of HTML ends at a blank line, and Markdown follows."""
    made = shown(f"{beginning}\n\n## 小标题\n\n**粗** `x<y>`\n\n```js\nlet a = 1 < 2;\n```{end}")

    assert "<h2>小标题</h2>" in made
    assert "<strong>粗</strong> <code>x&lt;y&gt;</code>" in made
    assert "<pre><code>let a = 1 &lt; 2;\n</code></pre>" in made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div>\n\n", "\n\n</div>"),
        ("<table><tr><td>\n\n", "\n\n</td></tr></table>"),
        ("<table>\n<tr>\n<td>\n\n", "\n\n</td>\n</tr>\n</table>"),
        ("<div>\n  <div>  \n  \n\n", "\n\n</div>\n</div>"),
    ],
    ids=["one", "a line", "a line each", "more blank lines"],
)
def test_markdown_may_stand_in_elements(before: str, after: str) -> None:
    """After a blank line inside the elements that a body begins with, Markdown goes on (markedjs/marked#488)."""
    made = shown(f"{before}**粗** 文字\n\n- 一\n- 二{after}")

    assert "<p><strong>粗</strong> 文字</p>" in made
    assert "<li>一</li>" in made


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>   \n图书馆说，<br>\n\n    <p>*夜里*</p>   \n</div>\n            ", id="one element"),
        pytest.param("<p>一</p>\n\n    <p>*夜里*</p>\n", id="paragraphs"),
        pytest.param("<h2>一</h2>\n\n\n      <p>*夜里*</p>\n  <img src='https://e.org/a.png'>", id="another end"),
        pytest.param("<article><section>\n\n    <p>*夜里*</p>\n\n</section>\n</article>", id="sections"),
        pytest.param("<div>\n\n1. 第一<br>\n\n    *夜里*</div>", id="text in an element"),
        pytest.param("<dl>\n    <dt>一</dt>\n\n    <dd>*夜里*</dd>\n</dl>", id="terms"),
        pytest.param("<details>\n    <summary>一</summary>\n\n    <p>*夜里*</p>\n</details>", id="details"),
        pytest.param("<font color=red>一</font>\n\n    <p>*夜里*</p>", id="font"),
        pytest.param("<header>\n\n\t<p>*夜里*</p>\n</header>", id="header"),
        pytest.param("<!DOCTYPE html>\n<html><body>\n\n    <p>*夜里*</p>\n</body></html>\n<!-- 完 -->", id="document"),
        pytest.param("<!-- saved - -->\n<div>\n\n    <p>*夜里*</p>\n</div>", id="comment"),
        pytest.param("<div><b>一</b><pre>\n*夜里*\n\n# 二\n</pre></div>", id="preformatted"),
    ],
)
def test_a_scraped_page_stays_html(body: str) -> None:
    """Indented HTML does not become code, and its text is not read as Markdown."""
    made = shown(body, PLAIN)

    assert "*夜里*" in made
    assert "<code" not in made


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<section>\n\n- 甲\n- 乙\n\n</section>", "<li>乙</li>"),
        ("<div>\n一段\n\n二段 *斜* [链](https://e.org/)\n</div>", "<p>二段 <em>斜</em> <a href="),
        ("<p>一\n\n# 标题\n\n**粗**\n\n<p>二</p>", "<h1>标题</h1>\n<p><strong>粗</strong></p>"),
        ("<p>一\n\n# 标题\n\n    码\n\n<p>二</p>", "<pre><code>码\n</code></pre>"),
        ("<div>\n<p>一</p>\n\n> 引\n\n</div>", "<blockquote>\n<p>引</p>"),
        ("<article>\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n</article>", "<td>2</td>"),
        ("<details>\n<summary>题</summary>\n\n一 `码`\n\n</details>", "<p>一 <code>码</code></p>"),
    ],
)
def test_markdown_stands_in_elements(body: str, expected: str) -> None:
    """A body is read as Markdown if no line of it would become code."""
    assert expected in shown(body, PLAIN)


# --- lines, links, notes, lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "breaks"), [(HEXO, 3), (PLAIN, 0), (replace(HEXO, permalinks=replace(RULE, has_breaks=False)), 0)]
)
def test_a_line_ends_where_the_blog_ends_it(spec: SourceSpec, breaks: int) -> None:
    """Hexo keeps line breaks unless its settings say otherwise. CommonMark does not."""
    assert shown("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡", spec).count("<br>") == breaks


@pytest.mark.parametrize(
    ("body", "href", "words"),
    [
        ("见 https://auto.example.org/x 与", "https://auto.example.org/x", "https://auto.example.org/x"),
        ("见https://e.org/a，后文", "https://e.org/a", "https://e.org/a"),
        ("（https://e.org/中文）后", "https://e.org/%E4%B8%AD%E6%96%87", "https://e.org/中文"),
        ("www.example.org。", "http://www.example.org/", "www.example.org"),
        ("[https://e.org/，甲](https://e.org/2)", "https://e.org/2", "https://e.org/，甲"),
        ("中www.e.org与", "http://www.e.org/", "www.e.org"),
        ("**中**www.e.org/a?b=1&c=(2)), 与", "http://www.e.org/a?b=1&amp;c=(2)", "www.e.org/a?b=1&amp;c=(2)"),
        ("见 https://中文.example/x 后", "https://xn--fiq228c.example/x", "https://中文.example/x"),
        ("[题](https://中文.example/x)", "https://xn--fiq228c.example/x", "题"),
        ("文。https://e.org/x?y=1&z=2）。www.e.net/a", "http://www.e.net/a", "www.e.net/a"),
        ("文。https://e.org/x?y=1&z=2）。www.e.net/a", "https://e.org/x?y=1&amp;z=2", "https://e.org/x?y=1&amp;z=2"),
        ("见www.e.org：https://e.net/a。", "https://e.net/a", "https://e.net/a"),
        ("<mailto:a@e.org>", "mailto:a@e.org", "mailto:a@e.org"),
    ],
)
def test_a_bare_address_is_a_link(body: str, href: str, words: str) -> None:
    """An address ends at white space or Chinese punctuation."""
    made = shown(body)

    assert f'<a href="{href}" rel="noopener noreferrer ugc">{words}</a>' in made


@pytest.mark.parametrize(
    "body", ["`中www.e.org`", "[中www.e.org](/x)", "    中www.e.org\n", "<a>中www.e.org</a>", "a@www.e.org"]
)
def test_no_link_stands_in_code_or_in_a_link(body: str) -> None:
    """Addresses in code and in links do not become links."""
    assert 'href="http://www' not in shown(body)


@pytest.mark.parametrize(
    "name", ["std::string", "std::vector<std::string>", "xs:element", "context:component-scan", "boost::asio::x"]
)
@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
def test_a_name_in_angle_brackets_is_no_address(name: str, spec: SourceSpec) -> None:
    """`<std::string>` is text, although Markdown reads it as an address."""
    assert text(f"用 <{name}> 好", spec) == f"用 <{name}> 好"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("前文用 <script> 标签。\n\n第二段", "前文用 <script> 标签。 第二段"),
        ("前文用 <style> 与 <SCRIPT> 标签。\n\n第二段", "前文用 <style> 与 <SCRIPT> 标签。 第二段"),
        ("<script> 标签\n\n第二段", "<script> 标签 第二段"),
        ("<script src=/a.js>\n\n第二段", "<script src=/a.js> 第二段"),
        ("- 用 <script> 标签\n- 二\n\n以 `</script>` 收尾", "用 <script> 标签 二 以 </script> 收尾"),
        ("# 用 <style>\n\n文\n\n<style>\np { }\n\na { }\n</style>\n\n后", "用 <style> 文 后"),
        ("前 <script>x()</script> 后 <script> 文", "前 后 <script> 文"),
        ("<div><script>\nx = '<p>a</p>'\n\ny\n</script></div>\n\n后", "后"),
        ("<script>\nx('<script>')\n\ny()\n</script>\n\n后", "后"),
        ("<script> 标签与 `</script>` 标签\n\n后", "<script> 标签与 </script> 标签 后"),
        ("<style> 标签\n\n以 `</style>` 收尾\n\n后", "<style> 标签 以 </style> 收尾 后"),
        ("<p>用 <script> 标签</p>\n\n后", "用 <script> 标签 后"),
        ("| 甲 |\n|-|\n| <script> |\n\n> 引 <style> 文", "甲 <script> 引 <style> 文"),
        ("&#60;script> <script> 文", "<script> <script> 文"),
    ],
)
def test_a_script_in_a_sentence_is_a_word(body: str, expected: str) -> None:
    """The text after `<script>` in a sentence is kept. A real script is removed."""
    assert text(body, PLAIN).split() == expected.split()


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
def test_a_note_of_github_has_its_kind_for_a_title(spec: SourceSpec) -> None:
    """The title is the kind of the note, as on GitHub. Other words in brackets are text."""
    body = "> [!NOTE]\n> 一 **粗**\n\n> [!WARNING] 自题\n> 二\n\n> [!ABC]\n> 三"
    made = shown(body, spec)

    assert "<p><strong>Note</strong></p>\n<p>一 <strong>粗</strong></p>" in made
    assert "<p><strong>自题</strong></p>\n<p>二</p>" in made
    assert "[!ABC]" in made
    assert rendered(body, "a.md", spec.permalinks).notice is None


def test_notes_terms_and_boxes() -> None:
    """Footnotes are at the end, terms have their definitions, tasks have their boxes."""
    made = shown("脚注[^1]。\n\n- [ ] 待办\n- [x] 完成\n\n甲\n: 说明\n\n[^1]: 注文\n")

    assert "脚注<sup>1</sup>。" in made
    assert made.index("注文") > made.index("说明")
    assert "<li>☐ 待办</li>\n<li>☑ 完成</li>" in made
    assert "<dt>甲</dt>\n<dd>说明</dd>" in made


@pytest.mark.parametrize(
    "body",
    ["票价 3~5 元，以前 10~20 元", "~一~", "`a~b~c` ~ d", "https://e.org/~x/ [乙](/~y) ~z", "\\~不删\\~ 后", "约~3~个，~", "| ~甲 | 乙~ |\n|-|-|\n| 1~2 | 3~4 |"],
)  # fmt: skip
def test_a_single_tilde_strikes_in_hexo_only(body: str) -> None:
    """`3~5` is a range. GitHub's two tildes are strikethrough."""
    made = shown(body, PLAIN)

    assert "<del>" not in made
    assert "~" in made
    assert shown(f"~~{body}~~", PLAIN).count("~") <= made.count("~") + 4
    assert "<del>一</del>" in shown("~一~", HEXO)
    assert "<del>一</del>" in shown("~~一~~", PLAIN)


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[^n]: 没有引用 的注释文字\n\n正文", "没有引用 的注释文字"),
        ("正文[^a]\n\n[^a]: 有\n[^b]: 一条 没有引用的注", "一条 没有引用的注"),
        ("- 项\n\n  [^n]: 列表里 的注\n\n> [^m]: 引文里 的注", "引文里 的注"),
        ("`[^n]` 是代码\n\n[^n]: 注文 在此", "注文 在此"),
        ("[问]: 你好吗？\n\n[答]: 很好。", "很好。"),
        ("[问]: <你好 吗>\n\n文", "你好 吗"),
        ("[问]:\n你好吗？\n\n文", "你好吗？"),
        ("[问]: 你好吗？ “好” (笑)\n\n[答]: 很好/不错 '也许'", "很好/不错 '也许'"),
    ],
)
def test_what_markdown_would_hide_is_shown(body: str, words: str, spec: SourceSpec) -> None:
    """Notes without a reference, answers like a definition and extra cells are shown as text."""
    assert words in text(body, spec)
    assert rendered(body, "a.md", spec.permalinks).notice is None


@pytest.mark.parametrize("body", ["| 甲 |\n|---|\n| 一 | 多出的格 |\n\n文", "|甲|乙|\n|-|-|\n|`多出的|格`|丙|\n\n文"])
def test_a_table_that_loses_cells_is_shown_as_it_is_written(body: str) -> None:
    """The author gets a notice: a `|` in code may be the cause."""
    made = rendered(body, "a.md", None)

    assert "<td>" not in made.html
    assert "多出的" in made.html
    assert made.notice == "a table has rows with more cells than columns; it is shown as it is written"


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
def test_a_no_break_space_is_no_part_of_an_address(spec: SourceSpec) -> None:
    """A no-break space before an address is removed, but not in code."""
    space = "\u00a0"
    made = shown(
        f"[#1]:{space}https://e.org/x\n\n[#1] [文]({space}https://e.org/y) ![图](https://e.org/z.png) `]({space}/`",
        spec,
    )

    assert re.findall(r'href="([^"]*)"', made) == ["https://e.org/x", "https://e.org/y"]
    assert f"<code>]({space}/</code>" in made


def test_code_about_notes_is_not_touched() -> None:
    """Code is not changed by the steps that show notes."""
    made = shown("```\n[^n]: 码\n[问]: 码\n```\n\n[^m]: 一条 注", PLAIN)

    assert "<pre><code>[^n]: 码\n[问]: 码\n</code></pre>" in made


def test_text_that_is_lost_is_named() -> None:
    """If letters are missing in the HTML, the body is shown as written, and a notice says so."""
    lost = "正文\n\n[甲]: /x '第一行\n没有人引用'\n\n`码`"
    (notice,) = read(f"---\ntitle: 标题\n---\n{lost}\n".encode(), "a.md", PLAIN).notices

    assert "没有人引用" in text(lost, PLAIN)
    assert "characters of the text" in notice[1]


def test_what_markdown_does_not_show_by_its_rules_is_no_loss() -> None:
    """Definitions, list numbers, references, checkboxes and code languages are not reported."""
    body = "正文 [x][a]\n\n[a]: https://e.org/ '题'\n[b]: <https://e.org/%E4%B8%AD>\n\n7. 一 &copy; `&eacute;`\n\n- [x] 二\n\n```js 三\n```"

    assert rendered(body, "a.md", None).notice is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<!-- 备注：密码 1234，勿发 -->今天天气很好", "今天天气很好"),
        ("<!-- 密码 -->", ""),
        ("{% comment %}密码{% endcomment %}", ""),
        ("<!-- 密码 -->\n\n[a]: /x", "[a]: /x"),
        ("[//]: # (密码)", ""),
        ("> <!-- 密码\n> 1234 -->\n\n[a]: /x", "> [a]: /x"),
        ("- <!-- 密码\n  1234 -->\n\n[a]: /x", "- [a]: /x"),
        ("[甲]: /x '第一行\n没有人引用' \n\n<!-- 密码 -->", "[甲]: /x '第一行 没有人引用'"),
        ("[comment]: <> (密码)\n\n<!-- 密码 -->", ""),
        ("<!-- 密码\n\n1234 -->\n[^n]: 一条 注", "[^n]: 一条 注"),
        ("&nbsp;", ""),
        ("[^_^]: # (密码)", ""),
        ("[//]: # (密码\n1234)", ""),
        ("[//]: 密码", ""),
        ("<!-- 密码 --!>", ""),
    ],
)
def test_a_comment_is_never_shown(body: str, expected: str) -> None:
    """A body without visible text is shown as written, without its comments."""
    assert text(body, PLAIN).strip() == expected


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
@pytest.mark.parametrize(
    ("comment", "around"),
    [
        ("[^_^]: # (密码)", "@\n\n正文 **粗**"),
        ("[^_^]: 密码\n    1234\n\n    5678", "前[^_^]\n\n@\n\n正文 **粗**"),
        ("[^_^]:\n    密码", "@\n\n正文 **粗**"),
        ("[^甲]: # (密码)", "@\n\n正文 **粗**"),
        ("[//]: # (密码\n1234)", "@\n\n正文 **粗**"),
        ("[//]: #\n  '密码\n1234'", "@\n\n正文 **粗**"),
        ('[//]: # "密码\n1234"', "@\n\n正文 **粗**"),
        ("[comment]: <> (密码\n1234)", "@\n\n正文 **粗**"),
        ("> [//]: # (密码\n> 1234)", "@\n\n正文 **粗**"),
        ("[//]: 密码", "@\n\n正文 **粗**"),
        ("[///]: 密码", "@\n\n正文 **粗**"),
        ("[#]: 密码", "@\n\n正文 **粗**"),
        ("[_]: 密码", "@\n\n正文 **粗**"),
        ("- [--]: 密码", "@\n\n正文 **粗**"),
        ("[%]: 密码 '1234'", "@\n\n正文 **粗**"),
        ("[>_<]: 密码", "@\n\n正文 **粗**"),
        ("[//]: # (密码 (1234) 5678)", "@\n\n正文 **粗**"),
        ("[comment]: # 密码 1234", "前\n@\n正文 **粗**"),
        ("<!-- 密码 --!>", "@\n\n正文 **粗**"),
        ("<!-- 密码\n\n1234 --!>", "前 <!-- a --> @正文 **粗**"),
        ("{::comment}密码{:/comment}", "前@正文 **粗**"),
        ("{::comment}\n密码\n\n1234\n{:/}", "@\n\n正文 **粗**"),
        ("{{% comment %}}密码{{% /comment %}}", "前@正文 **粗**"),
        ("{{< comment >}}\n密码\n\n1234\n{{< /comment >}}", "@\n\n正文 **粗**"),
    ],
)
def test_a_comment_of_any_dialect_is_hidden(comment: str, around: str, spec: SourceSpec) -> None:
    """A comment is neither shown nor reported, and the Markdown around it is read."""
    body = around.replace("@", comment)
    made, kept = shown(body, spec), rendered(body, "a.md", spec.permalinks)

    assert "正文 <strong>粗</strong>" in made
    assert not set("密码12345678:#") & set(plain_text(made))
    assert kept.notice is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("写 `[^_^]: # (a)` 即可", "[^_^]: # (a)"),
        ("```\n[^_^]: # (a)\n[//]: 词\n{::comment}\n<!-- a --!>\n```", "[^_^]: # (a) [//]: 词 {::comment} <!-- a --!>"),
        ("`一\n[//]: # (a)` 二\n\n    [//]: # (b)", "一 [//]: # (a) 二 [//]: # (b)"),
        ("文{::comment}字", "文{::comment}字"),
        ("文[※]字\n\n[※]: 一条注", "[※]: 一条注"),
        ("[√]: 已完成\n[×]: 未完成\n\n文", "[√]: 已完成 [×]: 未完成"),
        ("[？]: 为什么\n\n文", "[？]: 为什么"),
        ("[！]: 注意\n\n文", "[！]: 注意"),
        ("[?]: 为什么？\n\n文", "[?]: 为什么？"),
        ("- [★]: 必读\n\n文", "[★]: 必读"),
        ("[+]: 优点\n[-]: 缺点\n\n文", "[+]: 优点 [-]: 缺点"),
        ("> [✓]: **好** '真'\n\n文", "[✓]: 好 '真'"),
        ("[……]: 略\n[$]: 价格\n[*]: 备注\n[~]: 约\n\n文", "[……]: 略 [$]: 价格 [*]: 备注 [~]: 约"),
        ("[√]: 50%\n[甲]: 12:30\n[!]: C#\n[乙]: v1.0\n\n文", "[√]: 50% [甲]: 12:30 [!]: C# [乙]: v1.0"),
        ("[TODO]: 记得改", "[TODO]: 记得改"),
        ("[^甲]: # 题", "题"),
        ("[注1]: 这是注释文字，很长。\n\n正文引用[注1]。", "[注1]: 这是注释文字，很长。"),
    ],
)
def test_what_looks_like_a_comment_is_shown(body: str, expected: str) -> None:
    """Code about comments, comments without an end, and definitions with words are text."""
    assert expected in " ".join(text(body, PLAIN).split())


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("文\n\n<pre>\n[//]: # (甲)\n</pre>", "[//]: # (甲)"),
        ("文\n\n<pre><code>\n[comment]: # 甲 乙\n</code></pre>", "[comment]: # 甲 乙"),
        ("文\n\n    {: .note}\n", "{: .note}"),
        ("文\n\n    一\n    {: title='甲'}\n    二\n", "{: title='甲'}"),
        ("- 文\n\n      {: .note}\n", "{: .note}"),
        ("文\n\n<pre>\n{: .note}\n</pre>", "{: .note}"),
        ("文 <code>{::comment}甲{:/}</code>", "{::comment}甲{:/}"),
        ("文\n\n    {::comment}\n    甲\n    {:/comment}\n", "{::comment} 甲 {:/comment}"),
        ("文\n\n    {{% comment %}}甲{{% /comment %}}\n", "{{% comment %}}甲{{% /comment %}}"),
        ("文\n\n    <!-- 甲 --!>\n", "<!-- 甲 --!>"),
        ("文\n\n    {::comment}\n\n又 {::comment}密{:/}后", "{::comment} 又 后"),
    ],
)
def test_a_comment_in_code_of_any_kind_is_code(body: str, code: str, spec: SourceSpec) -> None:
    """Indented code and code in HTML stay as they are written."""
    assert code in text(body, spec)
    assert "密" not in text(body, spec)
    assert rendered(body, "a.md", spec.permalinks).notice is None


@pytest.mark.parametrize(
    "body",
    [
        "文\n\n    {::comment}\n\n又\n\n    {::comment}\n\n{::comment}密{:/}",
        "<code>{::comment}</code> 文 {::comment}密{:/}",
        "文\n[//]: # (```)\n又\n[//]: # (密 ```)\n后",
        "{::comment}\n```\n{:/}\n\n{::comment}密{:/}",
        "{::comment}<pre>{:/}\n\n{::comment}密{:/}\n\n</pre>",
        "写 <code> 标签。\n\n{::comment}密{:/}\n\n<code>文</code>",
        "写 <pre 与\n\n{{% comment %}}密{{% /comment %}}\n\n</pre>",
        "`<pre>` {::comment}密{:/} `</pre>`",
        "<pre>文\n</pre>\n{::comment}密{:/}\n<pre>\n</pre>",
        "<pre><!-- 密 --!>文</pre>",
        "- 文\n\n    {::comment}密{:/}",
    ],
)
def test_code_shows_no_comment_outside(body: str) -> None:
    """A comment is hidden where the start of another one, or a mark of code in another one, comes before."""
    assert "密" not in text(body, PLAIN)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('里写 <slot> 与 <component :is="x"> 和 <el-table @sort="a" />', '里写 <slot> 与 <component :is="x"> 和 <el-table @sort="a" />'),
        ('<my-card :a="x">内容</my-card> <slot>默认</slot>', "内容 默认"),
    ],
)  # fmt: skip
def test_names_of_templates_are_words(body: str, expected: str) -> None:
    """A template tag without an end is text. With an end, its content is shown."""
    assert text(body, PLAIN) == expected


# --- tags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{% blockquote 某人, 书 https://e.org/b 标题 %}\n引文 **粗**\n{% endblockquote %}", "<blockquote><p>引文 <strong>粗</strong></p>"),
        ("{% quote %}引文{% endquote %}", "<blockquote><p>引文</p>"),
        ("{% pullquote right %}\n引文\n{% endpullquote %}", "<blockquote><p>引文</p>\n</blockquote>"),
        ("{% cq %}\n引文\n{% endcq %}", "<blockquote><p>引文</p>"),
        ("{% centerquote %}引文{% endcenterquote %}", "<blockquote><p>引文</p>"),
        ("{% codeblock lang:js %}\nlet a = 1 < 2;\n\n    {% x %}\n{% endcodeblock %}", "<pre><code>let a = 1 &lt; 2;\n\n    {% x %}\n</code></pre>"),
        ("{% codeblock 标题 lang:js https://e.org/ 源 %}\na\n{% endcodeblock %}", "<figcaption>标题 <a href="),
        ("{% code %}\n*a*\n{% endcode %}", "<pre><code>*a*\n</code></pre>"),
        ("{% highlight ruby %}\ndef a\n{% endhighlight %}", "<pre><code>def a\n</code></pre>"),
        ("{% note info %}\n提示 **粗**\n{% endnote %}", "<p>提示 <strong>粗</strong></p>"),
        ("{% note success 小心 %}\n提示\n{% endnote %}", "<p><strong>小心</strong></p><p>提示</p>"),
        ("- 一\n  {% note %}\n  提示\n  {% endnote %}\n- 二", "<p>提示</p>"),
        ("> {% note %}\n> 提示\n> {% endnote %}", "<blockquote>\n<p>提示</p>"),
        ("{% raw %}{{ 花括号 }}{% endraw %}", "{{ 花括号 }}"),
        ("{% raw %}\n<div>\n\n    <b>一</b>\n</div>\n{% endraw %}", "<b>一</b>"),
        ("{% raw %}\n```\n{{ a }}\n```\n{% endraw %}", "<pre><code>{{ a }}\n</code></pre>"),
        ("见 {% post_link other-post 别的文章 %}。", "见 别的文章。"),
        ("{% post_link other-post %}", "other-post"),
        ("{% post_link other 'C++ <b>' true %}", "C++ &lt;b&gt;"),
        ("{% asset_link a.zip 下载 %}", ">下载</a>"),
        ("[下载]({% asset_path a.zip %})", '/a.zip" rel='),
        ("{% asset_img class-a pic.png 300 200 '标 题' %}", 'alt="标 题"'),
        ("{% img /a.png 300 200 '\"标题\" \"文字\"' %}", 'alt="文字"'),
        ("{% link 文字 https://e.org/ %}", ">文字</a>"),
        ("{% youtube abcdefg %}", 'src="https://www.youtube.com/embed/abcdefg"'),
        ("{% vimeo 123 %}", 'src="https://player.vimeo.com/video/123"'),
        ("{% iframe https://www.youtube.com/embed/x 10 20 %}", 'src="https://www.youtube.com/embed/x"'),
        ("{% gist abc123 %}", 'href="https://gist.github.com/abc123"'),
        ("{% include_code 例子 lang:js a/b.js %}", "<code>例子 a/b.js</code>"),
        ("{% tabs 名, 1 %}\n<!-- tab 甲 -->\n一\n<!-- endtab -->\n<!-- tab 乙@icon -->\n二\n<!-- endtab -->\n{% endtabs %}", "<p><strong>乙</strong></p><p>二</p>"),
        ("字 {% label primary@标签 %} 字", "字 标签 字"),
        ("{% btn https://e.org/, 按钮, icon %}", ">按钮</a>"),
        ("{% btn 'https://e.org/',按钮,far fa-x,block %}", '<a href="https://e.org/" rel="noopener noreferrer ugc">按钮</a>'),
        ("{% link 站名,副题,https://e.org/ %}", '<a href="https://e.org/" rel="noopener noreferrer ugc">站名 副题</a>'),
        ("{% inlineImg https://e.org/i.png 20px %}", '<img alt="" referrerpolicy="no-referrer" src="https://e.org/i.png" width="20">'),
        ("{% hideInline 答案, 点我, #bg, #fff %}", "<p>答案, 点我</p>"),
        ("```{r, echo=FALSE}\n码\n```", "<pre><code>码\n</code></pre>"),
        ('```js title="a.js"\n码\n```', "<p>a.js</p><pre><code>码\n</code></pre>"),
        ('{{< youtube id="abcd" title="题" >}}', 'src="https://www.youtube.com/embed/abcd"'),
        ("{{< vimeo id=123 >}}", 'src="https://player.vimeo.com/video/123"'),
        ("{{< bilibili bvid=BV1x >}}", 'html?bvid=BV1x"'),
        ('{{< figure\n  src="https://e.org/a.png"\n  alt="大于 > 号"\n  caption="含 {花} 括"\n>}}\n\n后',
         '<figure><img alt="大于 &gt; 号" referrerpolicy="no-referrer" src="https://e.org/a.png"><figcaption>含 {花} 括</figcaption></figure><p>后</p>'),
        ("{{< figure src='https://e.org/a.png' caption='5\" > 4' >}}", "<figcaption>5\" &gt; 4</figcaption>"),
        ("{{< figure src=`https://e.org/a.png` caption=`说明` >}}", 'src="https://e.org/a.png"><figcaption>说明</figcaption>'),
        (r'{{< figure src="https://e.org/a.png" caption="甲 \"乙\" 丙" >}}', '<figcaption>甲 "乙" 丙</figcaption>'),
        ('{{< figure src = "https://e.org/a.png" caption = "甲" >}}', 'src="https://e.org/a.png"><figcaption>甲</figcaption>'),
        ("{{< figure src=https://e.org/a.png caption=甲 乙 >}}", "<figcaption>甲 乙</figcaption>"),
        ('{{< figure "https://e.org/a.png" "甲 乙" >}}', 'src="https://e.org/a.png"><figcaption>甲 乙</figcaption>'),
        ('{% figure https://e.org/a.png "甲" 乙 %}', 'src="https://e.org/a.png"><figcaption>甲 乙</figcaption>'),
        ("{% figure 甲 乙 %}", "<figure><figcaption>甲 乙</figcaption></figure>"),
        ('{% figure caption:"甲" class:"right" %}\n乙\n{% endfigure %}', "<figure><p>乙</p>\n<figcaption>甲</figcaption></figure>"),
        ('{% figure https://e.org/a.png "甲" %}\n乙\n{% endfigure %}', "<p>乙</p>\n<figcaption>甲</figcaption></figure>"),
        ("{% figure %}\n乙\n{% endfigure %}", "<p>乙</p>"),
        ("{% image https://e.org/a.png width=300px 甲 乙 %}", 'alt="甲 乙" referrerpolicy="no-referrer" src="https://e.org/a.png" width="300">'),
        ("{% image https://e.org/a.png 甲 width:100 乙 ratio:4/3 丙 %}", 'alt="甲 乙 丙"'),
        ("{# 注释 #}正文", "<p>正文</p>"),
        ("前{# 一\n\n二 {% note %} #}后", "<p>前后</p>"),
        ("{% comment %}注释{% endcomment %}正文", "<p>正文</p>"),
        ("{% unheard-of 'a' %}\n内容 *斜*\n{% endunheard-of %}", "内容 <em>斜</em>"),
        ("`{% note %}` 与 ``{% raw %} ` ``", "<code>{% note %}</code> 与 <code>{% raw %} ` </code>"),
        ("见 `{{ site.url }}` 与 ``{{ a | b }}``", "<code>{{ site.url }}</code> 与 <code>{{ a | b }}</code>"),  # hexojs/hexo#5305
        ("`{% raw %}{{ a < b }}{% endraw %}`", "<code>{{ a &lt; b }}</code>"),
        ("```\n{% note %}\n```\n{% note %}\n内容\n{% endnote %}", "<pre><code>{% note %}\n</code></pre>"),
        ("- 一\n\n  ~~~\n  {% raw %}\n  ~~~", "{% raw %}"),
        ("字 `a\n\n{% note %}内容{% endnote %} b`", "内容"),
        ("{% blockquote 作者, 《书》第三章 https://e.org/ 链接 %}\n引\n{% endblockquote %}", "作者, 《书》第三章"),
        ("{% quote 作者, 书, 第三章 %}\n引\n{% endquote %}", "<cite>书, 第三章</cite>"),
        ("{% timeline 2022年记,blue %}\n<!-- timeline 01月02日 -->\n文\n<!-- endtimeline -->\n{% endtimeline %}",
         "<p><strong>2022年记</strong></p><p><strong>01月02日</strong></p><p>文</p>"),
        ("{% timeline %}\n<!-- node 2 月 -->\n文\n{% endtimeline %}", "<p><strong>2 月</strong></p><p>文</p>"),
        ("{% timenode 2020-07-24 [题](https://e.org/) up %}\n文\n{% endtimenode %}", ">题</a> up</strong></p><p>文</p>"),
        ("{% folders %}\n<!-- folder 甲 -->\n文\n<!-- folder 乙@i -->\n文\n{% endfolders %}", "<p><strong>乙</strong></p><p>文</p>"),
        ("{% subtabs 名, 1 %}\n<!-- tab 甲 -->\n文\n<!-- endtab -->\n{% endsubtabs %}", "<p><strong>甲</strong></p><p>文</p>"),
        ("{% tabs 名 %}\n<!-- folder 密 -->\n<!-- tab 甲 -->\n文\n{% endtabs %}", "<p><strong>甲</strong></p><p>文</p>"),
        ("{% noteblock info 题 %}\n文\n{% endnoteblock %}", "<p><strong>题</strong></p><p>文</p>"),
        ("{% poem 题,诗人 %}\n文\n{% endpoem %}", "<p><strong>题 诗人</strong></p><p>文</p>"),
        ("{% aplayer '歌名' '歌手' 'https://e.org/a.mp3' 'https://e.org/a.jpg' autoplay %}", "ugc\">歌名 歌手</a>"),
        ("{% aplayer 歌 手 /a.mp3 width:9 %}", "ugc\">歌 手</a>"),
        ("{% dplayer 'pic=https://e.org/a.jpg' 'url=https://e.org/a.mp4' 'loop=true' %}", '<a href="https://e.org/a.mp4" rel='),
        ("{% video src:https://e.org/a.mp4 poster:/a.jpg %}", '<a href="https://e.org/a.mp4" rel='),
        ("{% image https://e.org/a.jpg, width=200px, alt=图 说, bg=#fff %}", '<img alt="图 说" referrerpolicy="no-referrer" src="https://e.org/a.jpg" width="200">'),
        ("{% image https://e.org/a.jpg, alt=图 %}", '<img alt="图" referrerpolicy="no-referrer" src="https://e.org/a.jpg">'),
        ("{% image https://e.org/a.jpg 说明 文字 width:300px download:true %}", 'alt="说明 文字"'),
        ("{% image /a.png 30 20 题 %}", 'title="题" width="30"'),
        ("字{% inlineImg /a.png 150px %}字", "<p>字<img"),
        ("字{% inlineImage https://e.org/a.png, height=20px %}", '<img alt="" height="20"'),
        ("{% p center logo large, 大字 %}\n\n{% p red, 红字 %}", "<p>大字</p>\n<p>红字</p>"),
        ("{% ghcard user/repo, theme=vue %}", ">github.com/user/repo</a>"),
        ("{% site 站, url=https://e.org/, avatar=https://e.org/a.png, description=说明 %}", ">站</a> 说明"),
        ("{% quot 引文 %}，{% hl 文 %}", "<p>引文，文</p>"),
        ("{% cell 题, https://e.org/, fas fa-x %}", ">题</a>"),
        ("{% galleryGroup '名' '说明' '/g/a' https://e.org/a.png %}", ">名</a> 说明</p>"),
        ("{% series 系列 %}", "<p>系列</p>"),
        ("{% unheard-of 题目 width:max 20px %}\n内容\n{% endunheard-of %}", "<p><strong>题目</strong></p><p>内容</p>"),
    ],
)  # fmt: skip
def test_a_tag_shows_its_content(body: str, expected: str) -> None:
    """Tags of Hexo, its themes and Jekyll are read, but not in code."""
    made = shown(body)

    assert expected in made
    assert "{% end" not in made
    assert "\ufdd0" not in made


@pytest.mark.parametrize("path", ["a.md", "a.html"])
def test_a_comment_of_a_template_is_hidden_in_a_hexo_blog_only(path: str) -> None:
    """A template comment is hidden in Markdown and HTML of a Hexo blog. Elsewhere, it is text."""
    body = "<p>前{# 谁也不该看到 #}后</p><pre><code>{# 代码 #}</code></pre>"
    made = [parse(f"---\ntitle: 标题\n---\n{body}\n".encode(), path, spec) for spec in (HEXO, PLAIN)]

    assert ["谁也不该看到" in one.content for one in made if one] == [False, True]
    assert made[0]
    assert plain_text(made[0].content).startswith("前后")
    assert path == "a.md" or "{# 代码 #}" in made[0].content


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{{< figure src="https://e.org/a.png" title="题" caption="说 明" alt="图" width=30 >}}\n\n后',
         ('<figure><img alt="图" referrerpolicy="no-referrer" src="https://e.org/a.png" width="30">'
         "<figcaption><strong>题</strong> 说 明</figcaption></figure><p>后</p>")),
        ("{{% figure src='https://e.org/a.png' link=https://e.org/ attr=某人 attrlink=https://e.org/b /%}}", ">某人</a></figcaption>"),
        ('{{< highlight go "linenos=table" >}}\na < b\n\n{{< x >}}\n{{< / highlight >}}\n后', "<pre><code>a &lt; b\n\n{{&lt; x &gt;}}\n</code></pre>"),
        ("{{< youtube abcdefg >}}", 'src="https://www.youtube.com/embed/abcdefg"'),
        ("```\n{: .a}\n{{< figure src=a.png >}}\n```\n", "<pre><code>{: .a}\n{{&lt; figure src=a.png &gt;}}\n</code></pre>"),
        ("`{{< figure src=a.png >}}`", "<code>{{&lt; figure src=a.png &gt;}}</code>"),
        ("{{< unheard-of 一 >}}{{< highlight go >}}", "{{&lt; unheard-of 一 &gt;}}{{&lt; highlight go &gt;}}"),
        ("* 目录\n{:toc}\n\n文", "<p>文</p>"),
        ("1. TOC\n{: toc}\n# 题\n{:.no_toc #a b=\"c\"}\n文", "<h1>题</h1>\n<p>文</p>"),
        ("- 一\n- 二\n{:toc}\n\n文", "<li>二</li>"),
        ("> 引\n> {: .a}\n\n文", "<blockquote>\n<p>引</p>\n</blockquote>\n<p>文</p>"),
        ("{: 文}", "<p>{: 文}</p>"),
    ],
)  # fmt: skip
def test_other_generators_marks_are_read(body: str, expected: str, spec: SourceSpec) -> None:
    """Hugo's shortcodes for pictures, code and players are shown. Kramdown's attribute lines are removed."""
    assert expected in shown(body, spec)
    assert rendered(body, "a.md", spec.permalinks).notice is None


@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
@pytest.mark.parametrize(
    "body",
    [
        "前 {% callout2 This is important %} 后",
        "{% fancybox Some English words here %}",
        "格式 {%d items, 100%} 之后",
        "{% note info 没有结尾 %} 正文",
        "模板里 {% video %} 标签",
        "只有 {% endnote %} 在此",
        f"{{% label {'字' * 5000} %}}",
    ],
)
def test_a_tag_that_nobody_knows_or_ends_stays(body: str, spec: SourceSpec) -> None:
    """An unknown tag, or one without an end, is shown as written."""
    assert text(body, spec) == body


def test_the_words_of_a_tag_end_with_their_paragraph() -> None:
    """An open tag in one paragraph takes nothing from the next."""
    assert text("用 {% note 开头。\n\n第二段…\n\n以 %} 结尾").split() == [
        "用",
        "{%",
        "note",
        "开头。",
        "第二段…",
        "以",
        "%}",
        "结尾",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "模板里 {% video %} 标签、{% image logo.png %} 标签",
        "写 {% if x %} 与 {% endif %} 即可",
        "写 {% for a in b %} 即可",
        "写 {{ 变量 }} 即可",
        "写 {% now %} 即可",
        "写 { % 与 {# 即可",
    ],
)
def test_words_about_templates_stay_where_no_hexo_runs(body: str) -> None:
    """Without Hexo, text about templates is not read as tags."""
    assert text(body, PLAIN) == body


def test_a_placeholder_cannot_be_written() -> None:
    """Character references to placeholders repeat nothing and insert nothing."""
    body = "{% raw %}<b>一</b>{% endraw %} 后" + " &#xFDD0;0&#xFDD1; &#xFDD0;9&#xFDD1; \ufdd00\ufdd1" * 3

    assert shown(body).count("一") == 1


# --- bounds ----------------------------------------------------------------------------------------------------------

SIZE = 60_000

SHAPES = {
    "open brackets": "[" * SIZE, "links": "[a](" * (SIZE // 4), "definitions": "[r]: https://e.org/1\n" * (SIZE // 21),
    "lazy quotation": "> 字\n" + "字\n" * (SIZE // 2), "deep quotation": ">" * SIZE + " 字", "backticks": "`字 ``字 ```字 " * (SIZE // 12),
    "emphasis": "*字 **字 " * (SIZE // 7), "tables": "|字|字|\n|-|-|\n" + "|1|2|\n" * (SIZE // 6), "entities": "&amp;" * (SIZE // 5),
    "html": "<a " * (SIZE // 3), "cdata": "<![CDATA[" * (SIZE // 9), "comments": "<!-- 字 " * (SIZE // 7), "lists": "- " * SIZE + "字",
    "open tags": "{% 字 " * (SIZE // 5), "tags": "{% note %}\n" * (SIZE // 11), "ends": "{% endnote %}\n" * (SIZE // 14),
    "raw": "{% raw %}" * (SIZE // 9), "fences": "> ```\n" * (SIZE // 6),
    "scripts": "字 <script> `</script>` " * (SIZE // 24), "scripts in paragraphs": "字 <style>\n\n" * (SIZE // 11),
    "addresses": "字www.e.org" * (SIZE // 10), "hosts": "字https://字" * (SIZE // 10), "names": "<字:" * (SIZE // 3),
    "shortcodes": "{{< highlight 字 >}}" * (SIZE // 20), "open shortcodes": "{{< figure 字 " * (SIZE // 13),
    "attributes": "- 字\n{:toc" * (SIZE // 9), "wide attributes": "字\n\n- " + " " * SIZE + "\n{: .a" + " .a" * (SIZE // 3),
    "bracketed": "<ab::c>" * (SIZE // 7) + "字", "alerts": "> [!NOTE]\n字\n" * (SIZE // 12),
    "parts": "{% tabs %}" + "<!-- tab 字" * (SIZE // 10) + "{% endtabs %}",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("spec", [PLAIN, HEXO], ids=["plain", "hexo"])
def test_no_shape_comes_out_empty(shape: str, spec: SourceSpec) -> None:
    """Hostile Markdown keeps its words, or the entry states why it is plain text."""
    raw = parse(f"---\ntitle: 标题\n---\n{SHAPES[shape]}\n".encode(), "a.md", spec)
    assert raw is not None
    entry = sanitize(raw)

    assert entry.content
    assert entry.fallback or plain_text(entry.content).count("字") == SHAPES[shape].count("字")


# --- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<div>\n<p><img src="https://cors.zfour.workers.dev/?http://e.org/a.jpg"></p>\n</div>',
        "![图](https://cors.zfour.workers.dev/?http://e.org/a.jpg)",
        "<p><img data-src='https://cors.zfour.workers.dev/?http://e.org/a.jpg'></p>",
        "文\n\n<img src=https://cors.zfour.workers.dev/?http://e.org/a.jpg>",
    ],
)
def test_a_picture_comes_from_its_own_address(body: str) -> None:
    """A scraper's proxy before a picture is removed, in the text too."""
    assert 'src="http://e.org/a.jpg"' in shown(body, PLAIN)


def test_code_about_pictures_is_not_touched() -> None:
    """An address in code is text."""
    assert "cors.zfour" in text('`<img src="https://cors.zfour.workers.dev/?http://e.org/a.jpg">`')


@pytest.mark.parametrize(
    ("has_asset_folders", "expected"), [(False, ["/blog/a.png", "/blog/b/c.png", "https://e.org/d.png"]), (True, ["a.png", "b/c.png", "https://e.org/d.png"])]
)  # fmt: skip
def test_the_name_of_a_picture_is_below_the_site(has_asset_folders: bool, expected: list[str]) -> None:  # noqa: FBT001
    """A picture's name is relative to the site's root as in Hexo, or beside the post with asset folders."""
    rule = replace(RULE, url="https://x.test/blog", has_asset_folders=has_asset_folders)
    made = rendered("![](a.png) ![b][r] ![](https://e.org/d.png)\n\n[r]: b/c.png", "a.md", rule).html

    assert re.findall(r'src="([^"]*)"', made) == expected


def test_the_folder_of_a_site_stands_before_its_own_pictures() -> None:
    """Hexo's renderer adds the site's path to pictures in Markdown, not in HTML."""
    rule = replace(RULE, url="https://x.test/blog")
    made = rendered('![](/a.png "t") ![](/blog/b.png)\n\n<img src="/c.png">', "a.md", rule).html

    assert re.findall(r'src="([^"]*)"', made) == ["/blog/a.png", "/blog/b.png", "/c.png"]


def test_a_body_is_a_body_whatever_follows() -> None:
    """A body without Markdown is unchanged."""
    raw = parse(b"---\ntitle: a\n---\n<!-- a -->\n", "a.md", PLAIN)

    assert isinstance(raw, RawEntry)
    assert sanitize(raw).content == ""


# --- any mixture -----------------------------------------------------------------------------------------------------

MIXED = (
    "文", "\n", "\n\n", "    ", "- ", "1. ", "> ", "[甲]", "[^n]", "[^n]: ", "[甲]: ", "](/x)", "`", "```\n", "~~", "~", "|", "|-|\n",
    "**", "<div>", "</div>\n", "<p>", "</p>", "# ", "\\", "<", '"', "'", " ", "(", ")", "![", "&amp;", ": ",
)  # fmt: skip


def test_no_mixture_loses_text_without_a_notice() -> None:
    """Any mixture of markup keeps the text in the HTML, or gives a notice."""
    some = random.Random(1)  # noqa: S311
    for number in range(3_000):
        pieces = (some.choice(MIXED) + some.choice(("字", "", " ")) for _ in range(number % 13 + 2))
        body = "".join(pieces)
        made = rendered(body, "a.md", None)

        assert made.notice or unquote(made.html).count("字") >= body.count("字"), body
