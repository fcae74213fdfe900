"""Unknown elements keep their content, and in code their tags; an element that nobody ends takes nothing along."""

import re
import time
from collections.abc import Callable

import html5lib
import pytest

from feedsvc.elements import BREAKS, CODE, DROPPED, EVER_VOID, KNOWN, LEFT_OPEN
from feedsvc.sanitize.html import clean
from feedsvc.sanitize.readable.unknown import readable
from tests.data import names
from tests.data.shapes import SHAPES

PLACES = {
    "prose": "<p>前{}后</p><p>尾</p>",
    "pre": "<pre>前{}后</pre><p>尾</p>",
    "code": "<p><code>前{}后</code></p><p>尾</p>",
    "cell": "<table><tr><td>前{}后</td><td>邻</td></tr></table><p>尾</p>",
}

#: Elements whose content goes, each by a rule that has a name: a table of the policy, or a frame's rule.
GO = DROPPED - {"noscript", "head", "frameset", "plaintext", "math"} | {"iframe"}

#: Without an end, all that follows is part of them.
TO_THE_END = frozenset({"script", "style"})

#: Without an end, these are markup in code: what marks a word there, line breaks, and what another pass reads before.
MARKUP_OF_CODE = LEFT_OPEN | CODE | BREAKS | {"noscript", "math"}

#: An HTML parser puts these somewhere else in a table, and their text with them.
MOVED = frozenset({"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})

KINDS = {"HTML": [*names.HTML, "svg", "math"], "SVG": names.SVG, "MathML": names.MATHML, "invented": names.INVENTED}
SVG_AND_MATHML = {name.lower() for name in (*names.SVG, *names.MATHML)} - KNOWN


def _text(html: str) -> str:
    return "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())


def _in_place(html: str, name: str, place: str) -> str:
    """The text, without white space; in order of characters where a parser moves the element."""
    text = _text(html).replace(" ", "")
    return "".join(sorted(text)) if place == "cell" and name in MOVED else text


def _expected(name: str, place: str, inside: str) -> str:
    text = re.sub("<[^>]*>", "", PLACES[place]).format(inside)
    return "".join(sorted(text)) if place == "cell" and name in MOVED else text


def test_the_names_are_all() -> None:
    """The names are all names of the table, all of SVG and MathML, and a hundred invented ones."""
    assert {*names.HTML, "svg", "math"} == KNOWN
    assert len(set(names.HTML)) >= 140
    assert len(SVG_AND_MATHML) >= 86
    assert len(set(names.INVENTED) - KNOWN - SVG_AND_MATHML) == 100


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_element_keeps_its_text(kind: str, place: str) -> None:
    """A closed element keeps its text, byte by byte. In code, an unknown one keeps its tags. Dropped content goes."""
    for name in KINDS[kind]:
        found = clean(PLACES[place].format(f"<{name}>中</{name}>"))
        is_known = name.lower() in KNOWN - {"plaintext"}
        is_code = place in {"pre", "code"} and (not is_known or name in EVER_VOID - BREAKS)
        inside = f"<{name}>中</{name}>" if is_code else "" if name in GO else "中"

        assert found.fallback is None, name
        assert _in_place(found.html, name, place) == _expected(name, place, inside), name


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_open_element_keeps_all_text(kind: str, place: str) -> None:
    """An open element loses no text behind it. A tag is a word where HTML does not know it, or it needs an end tag."""
    for name in KINDS[kind]:
        found = clean(PLACES[place].format(f"<{name}>中"))
        seen = _in_place(found.html, name, place)
        is_known = name.lower() in KNOWN

        assert found.fallback is None, name
        if name in TO_THE_END:
            assert seen == "前", name
        elif place == "cell" and name in MOVED:
            assert seen == _expected(name, place, "中"), name
        else:
            assert seen.replace(f"<{name}>", "") == _expected(name, place, "中"), name
            is_markup = is_known and (place not in CODE or name in MARKUP_OF_CODE)
            assert is_markup or f"<{name}>" in seen, name


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>用 <view> 标签包住</p>", "<p>用 &lt;view&gt; 标签包住</p>", id="a word"),
        pytest.param(
            '<pre><code><View className="a">hello</View></code></pre>',
            '<pre><code>&lt;View className="a"&gt;hello&lt;/View&gt;</code></pre>',
            id="code",
        ),
        pytest.param(
            "<div>List<int> 与 Vector<set> 之后还有文字<p>段落</p></div><p>尾声</p>",
            "<div>List&lt;int&gt; 与 Vector&lt;set&gt; 之后还有文字<p>段落</p></div><p>尾声</p>",
            id="generics in prose",
        ),
        pytest.param(
            "<div>甲 <view> 乙<p>丙</p><hr></div>", "甲 &lt;view&gt; 乙<p>丙</p><hr>", id="blocks and media behind one"
        ),
        pytest.param(
            "<pre>&#123;ok && (<View a='&lt;&amp;b&c'></View>)}</pre>",
            "<pre>{ok &amp;&amp; (&lt;View a='&lt;&amp;b&amp;c'&gt;&lt;/View&gt;)}</pre>",
            id="references in code",
        ),
        pytest.param(
            '<pre><code class="xml"><dep>\n  <groupId>io.example</groupId>\n</dep></code></pre>',
            "<pre><code>&lt;dep&gt;\n  &lt;groupId&gt;io.example&lt;/groupId&gt;\n&lt;/dep&gt;</code></pre>",
            id="a build file whose references somebody decoded",
        ),
        pytest.param(
            "<pre>.load::<Post>(&connection)</pre>",
            "<pre>.load::&lt;Post&gt;(&amp;connection)</pre>",
            id="a turbofish",
        ),
        pytest.param(
            "<pre><soap:Envelope xmlns:soap='urn:x'><soap:Body/></soap:Envelope></pre>",
            "<pre>&lt;soap:Envelope xmlns:soap='urn:x'&gt;&lt;soap:Body/&gt;&lt;/soap:Envelope&gt;</pre>",
            id="names with prefixes in code",
        ),
        pytest.param(
            "<pre><code>for(i=0;i<n;i++) {}</code></pre><p>后</p>",
            "<pre><code>for(i=0;i&lt;n;i++) {}</code></pre><p>后</p>",
            id="less than, in front of a tag",
        ),
        pytest.param(
            "<pre><code>npm install <plugin name> --save-dev</code></pre>",
            "<pre><code>npm install &lt;plugin name&gt; --save-dev</code></pre>",
            id="a word to put in, whose references a renderer forgot (hexojs/hexo-renderer-marked#51)",
        ),
        pytest.param(
            "<p>_Text <test even more text\n后文</p><p>段</p>",
            "<p>_Text &lt;test even more text\n后文</p><p>段</p>",
            id="less than, and no end (mganss/HtmlSanitizer#191)",
        ),
        pytest.param(
            "<p>类似 <animate [etc.]> 的功能？</p>",
            "<p>类似 &lt;animate [etc.]&gt; 的功能？</p>",
            id="an element of drawings as a word (brief-rss/brief#416)",
        ),
        pytest.param("<p>见 <https://e.org/p> 后文</p>", "<p>见 &lt;https://e.org/p&gt; 后文</p>", id="an address"),
        pytest.param("<p>当 a<b 时</p>", "<p>当 a&lt;b 时</p>", id="less than a name that HTML knows"),
        pytest.param(
            "<p>若 a<b && c>d 则 <b>粗</b></p>",
            "<p>若 a&lt;b &amp;&amp; c&gt;d 则 <b>粗</b></p>",
            id="between two signs",
        ),
        pytest.param("<p>x<i and y>z</p>", "<p>x&lt;i and y&gt;z</p>", id="a word between two signs"),
        pytest.param(
            "<p>List<Object> 与 Map<Time></p>", "<p>List&lt;Object&gt; 与 Map&lt;Time&gt;</p>", id="types in prose"
        ),
        pytest.param(
            "<pre>if (a<b && c<d) {}</pre><p>后</p>", "<pre>if (a&lt;b &amp;&amp; c&lt;d) {}</pre><p>后</p>",
            id="two signs in code",
        ),
        pytest.param(
            "<pre>if (a<b && c>d) {}</pre>", "<pre>if (a&lt;b &amp;&amp; c&gt;d) {}</pre>", id="both signs in code"
        ),
        pytest.param(
            "<pre>Ref<Button> b;\nMap<Map> m; Set<Input> x<Link> Vec<Font>; class A<B> {}</pre>",
            "<pre>Ref&lt;Button&gt; b;\nMap&lt;Map&gt; m; Set&lt;Input&gt; x&lt;Link&gt; Vec&lt;Font&gt;; "
            "class A&lt;B&gt; {}</pre>",
            id="types with names of elements",
        ),
        pytest.param(
            "<pre><Select value={x}><Option>1</Option></Select><Link to='/'>Home</Link></pre>",
            "<pre>&lt;Select value={x}&gt;&lt;Option&gt;1&lt;/Option&gt;&lt;/Select&gt;"
            "&lt;Link to='/'&gt;Home&lt;/Link&gt;</pre>",
            id="components with names of elements",
        ),
        pytest.param(
            "<code>Vec<Select> a</code>文<select><option>x</option></select>后", "<code>Vec&lt;Select&gt; a</code>文后",
            id="a type, and the element of its name elsewhere",
        ),
        pytest.param(
            "<p><code><title></code> 甲 <code></title></code> 乙 <code><div></code>，<code></div></code></p>",
            "<p><code>&lt;title&gt;</code> 甲 <code>&lt;/title&gt;</code> 乙 <code>&lt;div&gt;</code>，"
            "<code>&lt;/div&gt;</code></p>",
            id="half an element in code",
        ),
        pytest.param(
            "<p><code><img></code><code><input></code><code><p></code><code><b></code></p>",
            "<p><code>&lt;img&gt;</code><code>&lt;input&gt;</code><code>&lt;p&gt;</code><code>&lt;b&gt;</code></p>",
            id="a tag alone in code",
        ),
        pytest.param(
            "<pre><item><link>https://e.org/</link><source>1.8</source></item></pre>",
            "<pre>&lt;item&gt;&lt;link&gt;https://e.org/&lt;/link&gt;&lt;source&gt;1.8&lt;/source&gt;&lt;/item&gt;</pre>",
            id="XML in code whose names HTML knows otherwise",
        ),
        pytest.param("<p>作者 <li@example.com></p>", "<p>作者 &lt;li@example.com&gt;</p>", id="a mailbox"),
        pytest.param("<p>a<o:p></o:p>b<o:p>c</p>", "<p>abc</p>", id="an office program's"),
        pytest.param('<p>a<amp-img src="x.png">b</p>', "<p>ab</p>", id="a component with an address"),
        pytest.param("<p><path d='M0'/>b</p>", "<p>b</p>", id="a part of a drawing"),
        pytest.param("<switch><case>一</case><default>二</default></switch>", "一二", id="nested"),
        pytest.param("<title>甲</p><p>乙", "&lt;title&gt;甲<p>乙</p>", id="a title without an end"),
        pytest.param("<p>把 <plaintext> 与 </plaintext> 收尾</p>", "<p>把  与  收尾</p>", id="plaintext"),
        pytest.param(
            "<video src='https://e.org/a.mp4'/><p>文", '<video controls src="https://e.org/a.mp4"></video><p>文</p>',
            id="a player that ends in a slash",
        ),
        pytest.param(
            "<video><source src='https://e.org/a.mp4'><p>文", '<video controls src="https://e.org/a.mp4"></video><p>文</p>',
            id="a player with a file and no end",
        ),
        pytest.param(
            "<iframe src=https://e.org/>文",
            '<a href="https://e.org/" rel="noopener noreferrer ugc">e.org</a>文',
            id="a frame without an end",
        ),
        pytest.param("<svg><text>x</text></svg>文<text>字</text>", "x 文字", id="words of a drawing, one beside it"),
        pytest.param("<svg><desc><p>x</p><view>y</view></desc></svg>文", "文", id="HTML in a drawing"),
        pytest.param("<svg><g><p>甲<view>乙</view>丙", "<p>甲乙丙</p>", id="a paragraph ends a drawing"),
        pytest.param("<p>前<math>中</p><p>后</p>", "<p>前中</p><p>后</p>", id="a formula without an end"),
        pytest.param("<textarea><view>x</view></textarea>文", "文", id="what is raw text is no markup"),
        pytest.param("<!-- <view> -->文", "文", id="a comment"),
        pytest.param('<abbr title="<view>">文</abbr>', '<abbr title="&lt;view&gt;">文</abbr>', id="an attribute"),
    ],
)  # fmt: skip
def test_what_people_write(html: str, expected: str) -> None:
    """Words in angle brackets, components, code, and tags that somebody forgot to end."""
    assert clean(html).whole == expected
    assert clean(expected).whole == expected


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code><script>alert(1)</script></code></pre>",
        "<view><script>alert(1)</script></view>",
        "<pre><view><img src=x onerror=alert(1)></view></pre>",
        '<view title="><script>alert(1)</script>">',
        "<svg><script>alert(1)</script>",
        "<svg><script>alert(1)</script></svg>",
        "<title><script>alert(1)</script>",
        "<plaintext><script>alert(1)</script>",
        "<iframe src=javascript:alert(1)><script>alert(1)</script>",
    ],
)
def test_a_script_is_no_content(html: str) -> None:
    """No script and no handler stays, whatever becomes text around them."""
    found = re.sub(r"&lt;.*?&gt;", "", clean(html).whole)

    assert not re.search(r"<script|<img[^>]* on|javascript:|alert", found)


ENDLESS: dict[str, Callable[[int], str]] = {
    "signs": lambda size: "<a<x" * (size // 4),
    "quotes": lambda size: """<x a="<x a='" b='""" * (size // 16),
    "drawings": lambda size: "<svg><p>" * (size // 8) + "</svg>",
    "drawings in each other": lambda size: "<svg>" * (size // 5) + "</svg>",
    "titles": lambda size: "<title>" * (size // 7),
    "titles with another end": lambda size: "<title>" * (size // 7) + "</titles>",
    "ends": lambda size: "</view>" * (size // 7),
    "players": lambda size: "<video><source>" * (size // 15),
}


@pytest.mark.parametrize(
    "html",
    [
        "<pre><span class=k>if</span> <b>x</b> <mark>m</mark><br>y <i>z</i><hr>\n<em>e</em></pre>",
        "<pre><code><span class='line'><span>a</span></span>\n<span>b</span></span></code></pre>",
        "<pre>文<b>粗\n后</pre>",
        "<PRE><FONT COLOR=red>x</FONT><BR>y<P ALIGN=left>z</PRE>",
        "<pre><div class=copy><button>a</button></div>b<object>c</object></pre>",
        "<code><a href=https://e.org/>a</a><img src=https://e.org/a.png></code>",
        "<table><tr><td><pre>1\n2</pre><td><pre>a</pre></table>",
        "<pre><select><option>a</option></select>b<input type=checkbox checked></pre>",
        "<p><b class=x>a<i hidden>b<u v-cloak>c",
    ],
)
def test_markup_stays_markup(html: str) -> None:
    """Markup of highlighters and authors in code does not come out as text, also without its end tags."""
    assert readable(html) == html
    assert "&lt;" not in clean(html).whole


def test_beyond_the_bounds_words_stay() -> None:
    """An article with too many tags keeps the content of unknown elements, in its plain text."""
    found = clean("<p>List<int> 甲</p>" * 26_000)

    assert found.fallback == "larger than 512 kB of HTML"
    assert found.html.startswith("<p>List&lt;int&gt; 甲</p><p>List&lt;int&gt; 甲</p>")


@pytest.mark.parametrize("name", [*ENDLESS, *SHAPES])
@pytest.mark.parametrize("front", ["<view>", "<code><Object></code><code>"])
def test_it_takes_linear_time(name: str, front: str) -> None:
    """190 kB of any shape take little time, behind a word and in code."""
    html = f"{front} a {(ENDLESS | SHAPES)[name](190_000)}"
    began = time.process_time()

    assert readable(html) != html
    assert time.process_time() - began < 2
