"""Bounds: no shape of HTML takes much time, memory or room, and no article that somebody wrote is out of them."""

import subprocess
import sys
import time

import pytest

from feedsvc.model import RawEntry
from feedsvc.normalize import cut
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.html import clean
from feedsvc.sanitize.policy import NAME_WIDTH, TITLE_WIDTH
from feedsvc.sanitize.safe import policy
from feedsvc.sanitize.safe.bounds import fault, shortened
from feedsvc.sanitize.safe.plain import as_text, notice
from tests.data.shapes import SHAPES

SIZE = 100_000

#: Seconds of CPU for 100 kB on a machine that is busy with other things; it takes a tenth of it on one that is not.
LIMIT = 5


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_bounded(name: str) -> None:
    """An article of any shape is sanitised in little time, and grows to twice its size at most."""
    html = SHAPES[name](SIZE)
    began = time.process_time()
    entry = sanitize(RawEntry(guid="a", title="标题", content=html, link="https://e.org/"))

    assert time.process_time() - began < LIMIT
    assert len(entry.content) <= 2 * len(html) + 1024
    assert entry.title == "标题"


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("size", [policy.MAX_HTML - 1, 10 * SIZE])
def test_a_larger_one_is_bounded_too(name: str, size: int) -> None:
    """No parser reads an article of the largest size or above, and it is read once."""
    html = SHAPES[name](size)
    began = time.process_time()
    found = clean(html, link="https://e.org/")

    assert time.process_time() - began < LIMIT
    assert len(found.html) <= 2 * len(html) + 1024


MEASURED = """
import resource
from feedsvc.sanitize.html import clean
from tests.data.shapes import SHAPES
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
for shape in SHAPES.values(): clean(shape(100_000))
print(peak() - before)
"""


def test_memory_is_bounded() -> None:
    """No shape takes as much memory as its tree would."""
    ended = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True)

    assert int(ended.stdout) < 200_000


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("size", [60, 3000])
def test_titles_take_any_shape(name: str, size: int) -> None:
    """A title, an author, a category of any shape is a line of text of bounded width."""
    found = sanitize(RawEntry(guid="a", title=SHAPES[name](size), categories=(SHAPES[name](size),)))

    assert found.title == cut(found.title, TITLE_WIDTH)
    assert all(category == cut(category, NAME_WIDTH) for category in found.categories)
    assert "\n" not in "".join((found.title, *found.categories))


#: Different elements: of equal ones, a parser keeps three.
BOLD = "".join(f"<b id={number}>x" for number in range(61))


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        pytest.param("x" * (policy.MAX_HTML + 1), "larger than 512 kB", id="size"),
        pytest.param("<br>" * 50_001, "more than 50000 tags", id="tags"),
        pytest.param("<div>" * 201, "nested deeper than 200", id="depth"),
        pytest.param(BOLD, "more than 60 formatting elements", id="formatting"),
        pytest.param("<script-x>" + BOLD, "more than 60 formatting elements", id="after what is no script"),
        pytest.param(
            BOLD.replace("x", "</p><p>"), "more than 60 formatting elements", id="formatting that is opened again"
        ),
        pytest.param("<p " + "a " * 201 + ">", "more than 200 attributes", id="attributes"),
        pytest.param("</i>" * 501, "more than 500 end tags", id="end tags"),
    ],
)
def test_what_is_out_of_bounds_has_a_reason(html: str, reason: str) -> None:
    """The reason names the bound."""
    assert reason in (fault(html) or "")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>段落" * 1000, id="paragraphs left open"),
        pytest.param("<ul>" + "<li><p>项" * 1000 + "</ul>", id="items left open"),
        pytest.param("<table>" + "<tr><td>格<td><p>格" * 1000 + "</table>", id="cells left open"),
        pytest.param("<dl>" + "<dt>词<dd>义" * 1000 + "</dl>", id="terms left open"),
        pytest.param('<img alt="' + "字 " * 1000 + '">', id="words in an attribute"),
        pytest.param("<script>" + "if (a < b) '<b><b>';" * 100 + "</script>文", id="tags in a script"),
        pytest.param("<b><i>x</i></b>" * 1000, id="formatting"),
        pytest.param("<p><b>x</p></b>" * 400, id="formatting, misnested"),
        pytest.param("<svg>" + '<path d="M0 0"/>' * 300 + "</svg>", id="a drawing"),
        pytest.param('<img src="a.jpg"></img>' * 600, id="end tags of void elements"),
        pytest.param("<p>a<br/>b<hr/></p>" * 1000, id="void elements"),
        pytest.param("<!-- <div> -->" * 1000, id="tags in comments"),
        pytest.param('<a title="<b><b>">x</a>' * 1000, id="tags in attributes"),
        pytest.param("<p><font color=red>段落" * 300, id="colours left open"),
        pytest.param("<pre>" + '<span class="k">if</span> ' * 15_000 + "</pre>", id="coloured code"),
        pytest.param('<h2><a name="x"/>章</h2>' * 300, id="anchors of old editors"),
    ],
)
def test_what_people_write_is_within_bounds(html: str) -> None:
    """A missing optional end tag adds no depth, and text that is no tag does not count as a tag."""
    assert fault(html) is None


def test_plain_text_says_so_and_leads_to_the_original() -> None:
    """Plain text has a mark, a link to the original, the words in paragraphs, and no scripts."""
    html = "<div>" * 300 + "<p>一</p><script>alert(1)</script><p>二 &lt;b&gt; &amp;<br>三</p>"

    entry = sanitize(RawEntry(guid="a", title="", content=html, link="https://e.org/a?b=1&c=2"))

    assert entry.content == (
        f'<p>{policy.PLAIN_NOTICE} <a href="https://e.org/a?b=1&amp;c=2" rel="noopener noreferrer ugc">'
        f"{policy.PLAIN_LINK}</a></p><p>一</p><p>二 &lt;b&gt; &amp;</p><p>三</p>"
    )
    assert entry.title == "一 二 ‹b› & 三"


def test_plain_text_keeps_code_as_it_stands() -> None:
    """Preformatted text keeps its lines and indentation. Each other block becomes a paragraph."""
    html = '<p>一</p><pre class="x"><code><span>if</span> a:\n    b &lt; 1<br>\n\n  c</code></pre><div>二</div>'

    assert as_text(html) == "<p>一</p><pre>if a:\n    b &lt; 1\n\n\n  c</pre><p>二</p>"


def test_a_text_that_would_grow_too_much_says_where_it_ends() -> None:
    """A text that is cut off stays within the bound, and a mark stands at its end."""
    found = clean("<p>头</p>" + "&" * 200_000 + "<p>尾</p>")

    assert found.html.endswith(f"<p>{policy.PLAIN_CUT}</p>")
    assert "尾" not in found.html
    assert (found.fallback or "").endswith("its end is cut off")


@pytest.mark.parametrize("name", SHAPES)
def test_plain_text_is_settled(name: str) -> None:
    """Plain text stays the same when it is sanitised again."""
    text = notice("https://e.org/a?b=1&c='2'") + as_text(SHAPES[name](20_000))

    assert clean(text).html == text


def test_files_in_addresses_do_not_count() -> None:
    """An article whose pictures are in it keeps its words and its markup."""
    picture = '<img src="data:image/png;base64,' + "A" * 700_000 + '">'
    found = clean(f"<p>字<b>粗</b></p>{picture}")

    assert found.fallback is None
    assert found.html == "<p>字<b>粗</b></p>"
    assert shortened("<pre>data:," + "A" * 70_000) == "<pre>data:," + "A" * 70_000
    assert shortened("data:image/png;base64,AAAA") == "data:image/png;base64,AAAA"
