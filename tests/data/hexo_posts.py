"""Posts of a Hexo blog in every kind of Markdown and tag, written for these tests, and what counts of their text."""

import html as html_text
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

CONFIG = """\
title: 旧站
url: https://blog.example.org
permalink: :year/:month/:day/:title/
timezone: Asia/Shanghai
post_asset_folder: false
feed: {type: atom, path: atom.xml, limit: 0, content: true}
"""

#: Forms of a date, one a post in turn.
DATES = (
    "2022-07-25 14:48:32", "2022-07-25", "2022/07/25 08:09:10", "'2022-07-25 00:30:00'", "2022-07-25T14:48:32Z",
    "2022-07-25 23:59:59", "2022-07-25T06:15:00+08:00", "2022-7-5 8:09",
)  # fmt: skip

NAMES = ("post-{}", "文章 {}", "sub/深层-{}", "2022-07-25-note-{}")

FENCES = "```js\nlet a = 1 < 2; // {{ x }}\n\n    let b;\n```"

#: Kind → bodies.
BODIES: dict[str, tuple[str, ...]] = {
    "lines": ("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡", "一行  \n二行\\\n三行", "> 引文一\n引文二\n\n后文", "中文\nEnglish\n中文"),
    "emphasis": (
        "**粗** *斜* ***都*** ~~删~~ __粗__ _斜_", "**粗，**后文 **“引”**后", "a_b_c snake_case **a**b", "*一 **二* 三**",
    ),
    "headings": ("# 一\n\n## 二 ##\n\n### 三 `码`\n\n六\n---\n\n五\n===", "#不是标题\n\n####### 七"),
    "links": (
        "[链](https://e.org/a_b \"标题\") <https://e.org/> ![图](/a.png)", "[参][r] 与 [r]\n\n[r]: https://e.org/r '题'",
        "见 https://auto.example.org/x 与 www.example.org 后", "[空]() [括(号)](https://e.org/a(b)) \\[不是\\](x)",
        "a@example.org 与 <b@example.org>", "![替 代](https://e.org/a.png)文字",
    ),
    "lists": (
        "- 一\n- 二\n  - 三\n    - 四\n- 五", "1. 一\n2. 二\n\n   段落\n3. 三", "* 一\n\n* 二\n\n  ```\n  码\n  ```", "5. 五\n6. 六",
        "- [ ] 待办\n- [x] 完成", "\n".join("  " * depth + f"- 第{depth}层" for depth in range(12)), "一\n- 二\n+ 三\n1) 四",
        "- 一\n\n      缩进的代码\n\n后",
    ),
    "quotations": (
        "> 一\n> > 二\n>\n> - 三", "\n".join(">" * depth + f" 第{depth}层\n" + ">" * depth for depth in range(1, 25)),
        "> ```\n> 码\n> ```\n\n文", "> 一\n\n> 二",
    ),
    "code": (
        FENCES, "~~~\n{{ a }} {% note %} **不粗**\n~~~", "行内 `a < b` 与 `` ` `` 与 `<view>`", "    缩进 <b>\n    *不斜*\n\n文",
        "```\n没有语言 <dir>\n```", "```java\nList<int> a; Vector<set> b;\n```", "前\n```sh\nls <dir>\n```\n后",
        "前\n```js 标题 https://e.org/ 源\nlet a;\n```\n后", "```py 只有标题\nprint(1)\n```", "> 引\n>\n> ```js 标题\n> a\n> ```",
    ),
    "tables": (
        "|甲|乙|\n|:-|-:|\n|1|**2**|\n|3|`4`|", "甲|乙\n-|-\n1|2", "文\n\n|甲|\n|---|\n|a \\| b|\n\n后", "|甲|乙|\n|-|-|\n|短|",
    ),
    "html": (
        '<img src="https://e.org/a.png" width="300">\n\n## 小标题\n\n**粗** 文字', '<div align="center">居中</div>\n\n第一段 **粗**\n\n- 甲',
        '<div align="center">\n\n![图](https://e.org/a.png)\n\n</div>\n\n## 后\n\n**粗**', '<h1 align="center">项目</h1>\n\n介绍 **粗**',
        "<br>\n\n**粗**", "<p>一</p>\n\n*斜*", "<table><tr><td>一</td></tr></table>\n\n**粗**", "文 <kbd>键</kbd> <sub>下</sub> <b>粗</b>",
        "<details>\n<summary>题</summary>\n\n**里面**\n\n</details>", "<blockquote>一</blockquote>\n\n**后**", "<!-- 注 -->\n\n正文",
        "<div>\n<p>一 *二*</p>\n<p>三</p>\n</div>", "<center>居中</center>\n\n> 引", "&copy; &amp; &lt;x&gt; &#123; a & b",
    ),
    "blockquote": (
        "{% blockquote %}\n引文 **粗**\n{% endblockquote %}", "{% blockquote 某人 %}\n引文\n\n二段\n{% endblockquote %}",
        "{% blockquote 某人, 某书 %}\n引文\n{% endblockquote %}", "{% quote 某人 https://e.org/b 标题 %}\n引文\n{% endquote %}",
        "{% pullquote right %}\n引文\n{% endpullquote %}", "前\n\n{% blockquote %}\n- 一\n- 二\n{% endblockquote %}\n\n后",
    ),
    "codeblock": (
        "{% codeblock lang:js %}\nlet a = 1 < 2;\n{% endcodeblock %}", "{% codeblock %}\n**不粗** {{ a }}\n{% endcodeblock %}",
        "{% codeblock 标题 lang:py https://e.org/ 源 %}\nprint(1)\n{% endcodeblock %}", "{% code %}\n<b>\n{% endcode %}",
    ),
    "raw": (
        "{% raw %}{{ 花括号 }}{% endraw %}", "前 {% raw %}{% x %}{% endraw %} 后", "{% raw %}\n<div>\n  <b>粗</b>\n</div>\n{% endraw %}\n\n后 **粗**",
    ),
    "post_link": (
        "见 {% post_link post-0 别的文章 %}。", "{% post_link post-0 'a < b' %}", "{% link 文字 https://e.org/ %}", "{% link 文字 https://e.org/ true 题 %}",
    ),
    "pictures": (
        "{% img /a.png 300 200 '\"标题\" \"替代\"' %}", "{% img left https://e.org/a.png %}文", "{% iframe https://www.youtube.com/embed/x %}文",
    ),
    "more": ("摘要 **粗**\n\n<!-- more -->\n\n正文", "摘要\n<!--more-->\n正文"),
    "comments": ("前 {# 注释 #} 后",),
    "smart": ("他说 \"好\" -- 'x' ... 完", "It's a \"test\" --- done"),
    "reports": (
        "{% post_link post-0 '别文' %} 与 [链](https://e.org/)",  # hexojs/hexo#5785
        "{% blockquote %}\n引文\n\n```js\nlet a;\n```\n{% endblockquote %}",  # hexojs/hexo#2318
        "文\n\n> 这是代码\n>\n> ```json\n> {\n>   \"a\": 1\n> }\n> ```",  # hexojs/hexo#2969, #5147
        'Go 的模板: `{{block "name" .}} (内容) {{end}}`',  # hexojs/hexo#3259
        '<ol type="1">\n\t<li>甲</li>\n\t<li>乙</li>\n</ol>',  # hexojs/hexo#2868
        '<div class="a">\n<img src="https://e.org/a.png">\n</div>\n\n文 **粗**',  # hexojs/hexo-renderer-marked#193
        '见 "https://e.org/harness/。" 后',  # markedjs/marked#3452
        "网址 https://e.org，后 https://e.org。 再 https://e.org！",  # github/cmark-gfm#83
        "\n".join("    " * depth + f"{depth + 1}. 第{depth}层" for depth in range(11)),  # hukkin/mdformat#584
        "{% blockquote %}\n甲\n{% pullquote %}\n乙\n{% endpullquote %}\n丙\n{% endblockquote %}",  # hexojs/hexo#2204
        "`{% raw %}{{ test }}{% endraw %}`, {%raw%}{{ test }}{%endraw%}",  # hexojs/hexo#4352
    ),
    "mixed": (
        "一 `{% raw %}` 二", FENCES + "\n\n{% blockquote %}\n引\n{% endblockquote %}\n\n" + FENCES, "- 一\n\n  {% blockquote %}\n  引\n  {% endblockquote %}\n\n- 二",
        "## 一 {% link 文 https://e.org/ %}\n\n段", "***\n\n文\n\n---", "a\\*b\\*c \\# \\`x\\`", "一\u3000\u3000全角 空格\n　　缩进", "😀 emoji :smile: ©",
    ),
    "addresses": (
        "![](a.png) ![图](/b/c.png 'x') [甲](d.html) [乙](/e) ![丙][r]\n\n[r]: f/g.png", "<img src='/a.png'> <a href=b>丁</a>",
        "{% blockquote 某人, 《书》第三章 https://e.org/b/ 标题 %}\n引文\n{% endblockquote %}", "[戊](https://e.org/?a=1&b=2) <https://e.org/~x>",
    ),
    "tildes": ("票价 3~5 元，以前 10~20 元", "~~删~~ ~一~ a~b", "`a~b~c` 与 \\~不删\\~"),
    "html and Markdown": (
        "<section>\n\n- 甲\n- 乙\n\n</section>", "<div>\n一段\n\n二段 *斜* [链](https://e.org/)\n</div>", "<p>一\n\n# 标题\n\n**粗**\n\n<p>二</p>",
        "<details>\n<summary>题</summary>\n\n普通一段\n二行\n\n</details>",
    ),
    "excerpts": ("用 `code` 说明 <!-- more -->\n\n正文", "<!-- 注 -->今天\n<!-- more -->\n后文"),
}  # fmt: skip


def posts() -> dict[str, str]:
    """Each post's file below `_posts`, and its text."""
    found: dict[str, str] = {}
    for kind, bodies in BODIES.items():
        for body in bodies:
            number = len(found)
            name = NAMES[number % len(NAMES)].format(number)
            front = f"title: '{kind} {number}'\ndate: {DATES[number % len(DATES)]}\ncategories: [{kind}]\n"
            found[f"{name}.md"] = f"---\n{front}---\n{body}\n"
    return found


def write(folder: Path) -> None:
    """The blog, as a folder for Hexo."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(CONFIG, "utf-8")
    for name, text in posts().items():
        file = folder / "source" / "_posts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


#: Differences that config/hexo.md lists: Hexo alone makes line numbers beside code, and typographic quotes, dashes and
#: ellipses.
GUTTER = re.compile(r'<td class="gutter">.*?</td>', re.DOTALL)
CODE = re.compile(r'<figure class="highlight.*?</figure>', re.DOTALL)
TYPOGRAPHIC = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "---", "–": "--", "…": "...", "☐": "", "☑": ""}
)

TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>""", re.IGNORECASE)
ADDRESS = re.compile(r"""\s(?:href|src)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
LEADING = frozenset({"a", "img", "iframe", "video", "audio"})


def parts(html: str, page: str) -> str:
    """The text, addresses and line breaks of HTML on `page`, without white space and without known differences."""
    html = CODE.sub(lambda code: re.sub("<br/?>", "", code[0]), GUTTER.sub("", html))
    text = TAG.sub(lambda tag: _part(tag, page), re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))
    return re.sub(r"\s+", "", html_text.unescape(text).translate(TYPOGRAPHIC))


def words(part: str) -> str:
    """The text alone of what `parts` gives."""
    return re.sub("〔[^〕]*〕|⏎", "", part)


def _part(tag: re.Match[str], page: str) -> str:
    name = tag["name"].lower()
    if name == "br":
        return "⏎"
    found = ADDRESS.search(tag["rest"]) if name in LEADING and not tag["end"] else None
    address = html_text.unescape(found[1] or found[2] or found[3] or "") if found else "#"
    # Hexo's headings have links to themselves.
    return "" if address.startswith("#") else f"〔{html_text.escape(unquote(urljoin(page, address)))}〕"
