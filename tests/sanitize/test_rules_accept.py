"""Each rule of the grammar alone: HTML that it accepts, and the same HTML with one fault."""

import pytest

from feedsvc.sanitize.safe.accept import is_settled
from feedsvc.sanitize.safe.gate import gate_of

HOST = "player.example.org"
LINK = '<a href="https://e.org/" rel="noopener noreferrer ugc">'
PICTURE = '<img alt="" referrerpolicy="no-referrer" src="https://e.org/a.png">'

ACCEPTED = {
    "text": "x", "three references": "a &amp; b &lt;c&gt; d", "an empty text": "",
    "white space after an element": "<p><b>x</b> </p>",
    "white space in words": "x <b>y</b> z", "30 elements in each other": "<b>" * 30 + "x" + "</b>" * 30,
    "a line break in a text": "x<br>y", "a line break in a paragraph": "<p>x<br>y</p>",
    "a line break at the start of words": "x<b><br>y</b>", "a line break at the end of words": "<b>x<br></b>y",
    "a line break after an element": "<p><b>x</b><br>y</p>",
    "code": "<pre>x</pre>", "code after a blank": "<pre> x\ny</pre>", "an empty element with a meaning": "x<dfn></dfn>",
    "an empty cell": "<table><tbody><tr><td></td></tr></tbody></table>",
    "white space in a table": "<table>\n<tbody> <tr>\t<td>x</td></tr></tbody></table>",
    "words in a link": f"{LINK}<b>x</b></a>", "two links": f"{LINK}x</a>{LINK}y</a>", "a picture": PICTURE,
    "a block in a quotation": "<blockquote><p>x</p></blockquote>", "items": "<ul><li>x</li></ul>",
    "terms": "<dl><dt>x</dt><dd>y</dd></dl>", "ruby": "<ruby>x<rt>y</rt></ruby>",
    "a title": '<abbr title="a">x</abbr>', "a title with a reference": '<abbr title="a &amp; b">x</abbr>',
    "two attributes in order": '<ins cite="https://e.org/" datetime="2022">x</ins>',
    "an address with a reference": '<q cite="https://e.org/?a=1&amp;b=2">x</q>',
}  # fmt: skip

REFUSED = {
    "white space at the start": " x", "white space at the end": "x ", "a mark at the start": "\ufeffx",
    "31 elements in each other": "<b>" * 31 + "x" + "</b>" * 31,
    "a line break at the start": "<br>x", "a line break at the end": "x<br>",
    "a line break at the start of a paragraph": "<p><br>x</p>", "one at the end of a paragraph": "<p>x<br></p>",
    "a block without words at the start": "<div>x</div>",
    "an end tag with an attribute": '<p>x</p a="b">', "an end tag of another element": "<b><i>x</b></i>",
    "an end tag too many": "x</b>", "an element that is not closed": "<p>x", "an element in capitals": "<P>x</P>",
    "an unknown element": "<x>y</x>", "a script": "<script>x</script>",
    "a fault behind the last token": "x<", "a reference behind the last token": "<p>x</p>&",
    "a fault before the last token": "x<<b>y</b>", "another reference": "x &nbsp; y",
    "a number as a reference": "&#106;",
    "a line end after the tag of code": "<pre>\nx</pre>", "a line end of old systems": "x\ry",
    "a control character": "x\x01y", "half a character": "x\ud800y", "a hard space": "x\xa0y",
    "no character": "x\uffffy",
    "an empty paragraph": "<p></p>", "a paragraph of white space": "<p> </p>",
    "text in a table": "<table>x</table>", "a hard space in a table": "<table>\u3000</table>",
    "words in a list": "<ul><b>x</b></ul>", "a block in a list": "<ul><p>x</p></ul>", "an item alone": "<li>x</li>",
    "a row without a part": "<table><tr><td>x</td></tr></table>",
    "a cell in a part": "<table><tbody><td>x</td></tbody></table>",
    "a link in a link": f"{LINK}x<b>{LINK}y</a></b></a>", "a block in words": "<b><p>x</p></b>",
    "a block in a paragraph": "<p>x<blockquote>y</blockquote></p>",
    "a block in a link": f"{LINK}<blockquote>x</blockquote></a>",
    "a player": '<audio controls="" src="https://e.org/a"></audio>',
    "a frame": f'<iframe src="https://{HOST}/a"></iframe>', "a place for a line break": "x<wbr>y",
    "an attribute that parsers write in two ways": '<ol reversed=""><li>x</li></ol>',
    "an attribute of another element": '<b title="a">x</b>', "a handler": '<p onclick="a">x</p>',
    "an attribute twice": '<abbr title="a" title="a">x</abbr>',
    "attributes in another order": '<ins datetime="2022" cite="https://e.org/">x</ins>',
    "an empty title": '<abbr title="">x</abbr>', "another reference in a value": '<abbr title="a &quot;">x</abbr>',
    "a hidden colon": '<a href="javascript&colon;alert(1)" rel="noopener noreferrer ugc">x</a>',
    "a sign in a value": '<abbr title="a & b">x</abbr>', "a tag in a value": '<abbr title="<b>">x</abbr>',
    "a link that runs a script": '<a href="javascript:alert(1)" rel="noopener noreferrer ugc">x</a>',
    "a link without an address": '<a rel="noopener noreferrer ugc">x</a>', "a link without anything": "<a>x</a>",
    "a link with another relation": '<a href="https://e.org/" rel="opener">x</a>',
    "a picture without a text": '<img referrerpolicy="no-referrer" src="https://e.org/a.png">',
    "a picture without anything": "x<img>",
    "an address with a sign that is no reference": '<q cite="https://e.org/?a=1&b=2">x</q>',
    "an address with white space behind a reference": '<q cite="https://e.org/ &amp;">x</q>',
    "a date with words": '<time datetime="today">x</time>',
}  # fmt: skip


@pytest.mark.parametrize("html", ACCEPTED.values(), ids=ACCEPTED)
def test_the_grammar_accepts(html: str) -> None:
    """The gate would change nothing."""
    gate = gate_of(frozenset({HOST}))

    assert is_settled(html, gate.is_allowed)
    assert gate.clean(html) == html


@pytest.mark.parametrize("html", REFUSED.values(), ids=REFUSED)
def test_the_grammar_leaves_to_the_gate(html: str) -> None:
    """A parser could read it in another way, the rewrite would change it, or the gate would not publish it."""
    assert not is_settled(html, gate_of(frozenset({HOST})).is_allowed)


def test_the_gate_is_asked_for_the_value_that_a_browser_reads() -> None:
    """References are replaced once: `&amp;lt;` is `&lt;`."""
    asked: list[tuple[str, str, str]] = []

    def is_allowed(tag: str, name: str, value: str) -> bool:
        asked.append((tag, name, value))
        return True

    assert is_settled('<abbr title="&lt;a&gt; &amp;lt;">x</abbr>', is_allowed)
    assert asked == [("abbr", "title", "<a> &lt;")]
