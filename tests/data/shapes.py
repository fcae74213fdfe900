"""Shapes of HTML that nobody writes and parsers choke on, of about a given size."""

from collections.abc import Callable


def _times(text: str, size: int) -> str:
    return text * max(1, size // len(text))


def _numbered(template: str, size: int, *, share: float = 1) -> str:
    count = max(1, int(size * share / (len(template) + 3)))
    return "".join(template.replace("#", str(number)) for number in range(count))


#: Name → what gives the shape at a size.
SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda size: _times("<p>正文的一段，<b>粗体</b>。</p>", size),
    "div": lambda size: _times("<div>", size),
    "div closed": lambda size: _times("<div>", size // 2) + _times("</div>", size // 2),
    "p": lambda size: _times("<p>", size),
    "b": lambda size: _times("<b>", size),
    "b numbered": lambda size: _numbered("<b class=#>", size),
    "b numbered, then p": lambda size: _numbered("<b class=#>", size, share=0.5) + _times("<p>x", size // 2),
    "b, i, x, /b": lambda size: (
        _numbered("<b id=#>", size, share=0.4) + _numbered("<i id=#>", size, share=0.4) + _times("x</b>", size // 5)
    ),
    "a div": lambda size: _times("<a><div>", size),
    "a": lambda size: _times("<a href=x>", size),
    "a numbered": lambda size: _numbered("<a id=#>", size),
    "a p": lambda size: _numbered("<p><a id=#>x", size),
    "a table": lambda size: _numbered("<a id=#><table><tr><td>", size),
    "span": lambda size: _times("<span>", size),
    "span closed": lambda size: _times("<span>x</span>", size),
    "span in b": lambda size: _times("<b><span>x</b></span>", size),
    "a few left open, then p": lambda size: _numbered("<b id=#>", 500) + _times("<p>x", size),
    "p with strike": lambda size: "<rt>" + _times('"<strike><p>', size),
    "div in noscript": lambda size: "<noscript>" + _times("<div>", size),
    "b in noscript": lambda size: "<noscript><p>" + _numbered("<b title=#>", 5000) + _times("<p>x", size),
    "annotations": lambda size: "<math><annotation " + _times("x-tex", size) + "</math>",
    "scripts of formulas": lambda size: "<script " + _times("math/tex", size),
    "drawn formulas": lambda size: "math<span " + _times("katex-html", size),
    "slashes in svg": lambda size: (
        "<svg><p>" + _numbered("<b title=# />", size, share=0.5) + _times("<p/>x", size // 2)
    ),
    "a without address": lambda size: _times("<a>字字字字字字字字字字字字字字字字字字</a>", size),
    "a of a script": lambda size: _times("<a href=javascript:x>字字字</a>字字字", size),
    "beacons": lambda size: _times('<img src="https://hm.baidu.com/h.gif">字字字', size),
    "empty shells": lambda size: _times("<b></b>字字<i> </i>字", size),
    "many breaks": lambda size: _times("<br>字<br><br><br><br>", size),
    "sources": lambda size: _times("<source src=a>字字字", size),
    "equals in a tag": lambda size: '<p =">' + _numbered("<b/id=#>", size, share=0.5) + _times("<p>x", size // 2),
    "equals as a value": lambda size: '<p/a==">' + _numbered("<b/id=#>", size, share=0.5) + _times("<p>x", size // 2),
    "style in svg": lambda size: "<svg><style><p>" + _numbered("<b id=#>", size, share=0.5) + _times("<p>x", size // 2),
    "title in math": lambda size: (
        "<math><title><p>" + _numbered("<b id=#>", size, share=0.5) + _times("<p>x", size // 2)
    ),
    "span in table": lambda size: "<table>" + _times("<span></span>", size),
    "hosts": lambda size: _times('<img src="http://' + "".join(map(chr, range(0x4E00, 0x4E00 + 900))) + '/">', size),
    "nobr": lambda size: _times("<nobr>", size),
    "font": lambda size: _numbered("<font color=#>", size),
    "ul li": lambda size: _times("<ul><li>", size),
    "li": lambda size: _times("<li>", size),
    "dl dt dd": lambda size: _times("<dl><dt><dd>", size),
    "blockquote": lambda size: _times("<blockquote>", size),
    "table b": lambda size: "<table>" + _times("<b>x", size),
    "table": lambda size: _times("<table>", size),
    "table tr td": lambda size: _times("<table><tr><td>", size),
    "tr": lambda size: "<table>" + _times("<tr>x", size),
    "select": lambda size: _times("<select><option>", size),
    "b p /b": lambda size: _times("<b><p></b>", size),
    "misnested": lambda size: _times("<b><i></b></i>", size),
    "end tags": lambda size: _times("</p>", size),
    "end tags of nothing": lambda size: _times("</x>", size),
    "div x": lambda size: _times("<div></x>", size),
    "headings": lambda size: _times("<h1><h2>", size),
    "formatting in paragraphs": lambda size: _numbered("<p><b id=#><i>x", size),
    "attributes": lambda size: "<p " + _numbered(" a#=#", size) + ">x</p>",
    "attributes, quoted": lambda size: '<p title="' + _times("x ", size) + '">x</p>',
    "one attribute, unclosed": lambda size: '<p title="' + _times("x", size),
    "tags not ended": lambda size: _times("<a ", size),
    "tags not ended, quoted": lambda size: _times('<a "', size),
    "values not ended": lambda size: _times('<a b="', size),
    "equals": lambda size: "<a " + _times("=", size) + ">",
    "less-than": lambda size: _times("<", size),
    "less-than letter": lambda size: _times("<x", size),
    "less-than slash": lambda size: _times("</", size),
    "less-than bang": lambda size: _times("<!", size),
    "ampersands": lambda size: _times("&", size),
    "references": lambda size: _times("&notit;", size),
    "long reference": lambda size: "&" + _times("a", size) + ";",
    "numeric references": lambda size: _times("&#1;", size),
    "comments": lambda size: _times("<!--", size),
    "comments, nested": lambda size: _times("<!--<!---->", size),
    "comment, unclosed": lambda size: "<!--" + _times("-", size),
    "CDATA": lambda size: _times("<![CDATA[", size),
    "script": lambda size: _times("<script>", size),
    "script, unclosed": lambda size: "<script>" + _times("<!--<script>", size),
    "textarea": lambda size: _times("<textarea>", size),
    "noscript": lambda size: _times("<noscript><img src=x>", size),
    "svg": lambda size: _times("<svg><g>", size),
    "math": lambda size: _times("<math><mi>", size),
    "svg and math": lambda size: _times("<svg><foreignObject><math><annotation-xml>", size),
    "template": lambda size: _times("<template>", size),
    "pictures": lambda size: _times("<img src=https://e.org/a.png>", size),
    "srcset": lambda size: '<img srcset="' + _times("https://e.org/a.png 1x, ", size) + '">',
    "srcset of commas": lambda size: '<img srcset="' + _times(",", size) + '">',
    "srcset of spaces": lambda size: '<img srcset="a' + _times(" ", size) + 'b">',
    "data URL": lambda size: '<img src="data:image/png;base64,' + _times("A", size) + '">',
    "jump link in jump link": lambda size: (
        '<a href="https://link.zhihu.com/?target=' + _times("https://link.zhihu.com/?target=", size) + '">x</a>'
    ),
    "query": lambda size: '<a href="https://e.org/?' + _times("a=b&", size) + '">x</a>',
    "breaks": lambda size: _times("<br>", size),
    "read on": lambda size: _times("<p><a href=https://e.org/>阅读全文</a></p>", size),
    "blanks": lambda size: _times(" ", size) + "x",
    "line ends": lambda size: _times("\r\n", size) + "x",
    "NUL": lambda size: _times("\x00", size),
    "combining marks": lambda size: "a" + _times("\u0301", size),
    "surrogates": lambda size: _times("\ud800", size),
    "one word": lambda size: _times("字", size // 3),
}
