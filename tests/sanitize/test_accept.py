"""The grammar beside the gate: what it accepts, no parser changes."""

import random

import pytest

from feedsvc.elements import PUBLISHED
from feedsvc.parse.seed import parse
from feedsvc.sanitize.html import clean
from feedsvc.sanitize.readable.rewrite import rewrite
from feedsvc.sanitize.safe.accept import is_settled
from feedsvc.sanitize.safe.first import first_opinion
from feedsvc.sanitize.safe.gate import gate_of
from feedsvc.sanitize.safe.policy import FRAME_HOSTS
from tests.bench.articles import article
from tests.parse.test_seed import SPEC

GATE = gate_of(FRAME_HOSTS)

LINK = ' href="https://e.org/{}?a=1&amp;b=2" rel="noopener noreferrer ugc"'

ATTRIBUTES = {
    "a": LINK, "img": ' alt="a b" referrerpolicy="no-referrer" src="https://e.org/{}.png"',
    "td": ' colspan="2"', "ol": ' start="3"', "blockquote": ' cite="https://e.org/{}"', "abbr": ' title="字"',
    "video": ' controls="" src="https://e.org/{}"', "ins": ' datetime="2022"',
}  # fmt: skip

TEXTS = (
    "x",
    " ",
    "字。",
    "a &amp; b",
    "&lt;b&gt;",
    "\n",
    "1 ",
    "&amp;amp;",
    " y",
    "é",
    "\u200b",
    "'",
    '"',
    "\u202e",
    "\xa0",
)

#: Where parsers are known to be at odds.
FAVOURITES = ("p", "ul", "li", "table", "tbody", "tr", "td", "dl", "dt", "ruby", "rt", "b", "a", "div", "br", "pre")

MUTATIONS = (
    "<",
    ">",
    "&",
    '"',
    "/",
    " ",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "</li>",
    "&#1;",
    "=",
    "<!--",
    "\x00",
    "`",
)


def tree(rng: random.Random, depth: int) -> str:
    """HTML in the form of the rewrite, with elements in any place."""
    if depth <= 0 or rng.random() < 0.3:
        return rng.choice(TEXTS)
    tag = rng.choice(FAVOURITES) if rng.random() < 0.3 else rng.choice(sorted(PUBLISHED))
    attributes = ATTRIBUTES.get(tag, "").format(rng.randrange(9))
    if tag in {"br", "hr", "img", "wbr"}:
        return f"<{tag}{attributes}>"
    match tag:
        case "ul" | "ol":
            inner = "".join(f"<li>{tree(rng, depth - 2)}</li>" for _ in range(rng.choice((1, 2))))
        case "table":
            inner = f"<tbody><tr><td>{tree(rng, depth - 3)}</td><th>{tree(rng, depth - 3)}</th></tr></tbody>"
        case "dl":
            inner = f"<dt>{tree(rng, depth - 2)}</dt><dd>{tree(rng, depth - 2)}</dd>"
        case _:
            inner = "".join(tree(rng, depth - 1) for _ in range(rng.choice((0, 1, 1, 2, 3))))
    return f"<{tag}{attributes}>{inner}</{tag}>"


def mutated(rng: random.Random, html: str) -> str:
    """`html` with a piece put in or cut out."""
    at = rng.randrange(len(html) + 1)
    return html[:at] + rng.choice(MUTATIONS) + html[at + rng.randrange(3) :]


def _rewritten(html: str) -> str:
    return rewrite(html, None, None, FRAME_HOSTS, GATE.is_allowed)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_accepted_is_changed_by_nobody(seed: int) -> None:
    """HTML that the grammar accepts stays the same, byte by byte, in nh3, in the rewrite and in the gate."""
    rng = random.Random(seed)  # noqa: S311 - not a secret
    accepted = 0
    for number in range(1500):
        html = "".join(tree(rng, rng.randrange(1, 6)) for _ in range(rng.randrange(1, 4)))
        html = mutated(rng, html) if number % 2 else html
        if is_settled(html, GATE.is_allowed):
            accepted += 1

            assert (first_opinion(html), _rewritten(html), GATE.clean(html)) == (html, html, html)

    assert accepted > 150


def test_articles_are_accepted() -> None:
    """The grammar accepts an ordinary article, and the gate would give the same HTML."""
    for number in range(60):
        raw = parse(article(number).encode(), "a.txt", SPEC)
        assert raw is not None
        made = clean(raw.content).whole

        assert is_settled(made, GATE.is_allowed)
        assert GATE.clean(made) == made


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", '<a href="javascript:alert(1)" rel="noopener noreferrer ugc">x</a>',
        '<a href="https://e.org/">x</a>', '<p onclick="x">x</p>', '<p style="x">x</p>', "<P>x</P>", "<p>x", "x</p>",
        "<p>a<p>b</p></p>", "<p><div>x</div></p>", "<table><tr><td>x</td></tr></table>", "<li>x</li>", "&nbsp;",
        '<abbr title="">x</abbr>', "\ufeffx",
        "&#106;", '<abbr title="a &quot;b&quot;">x</abbr>',
        '<img alt="" referrerpolicy="no-referrer" src="https://e.org/a" src="https://e.org/b">', "<!-- x -->", "a & b",
        '<img src="https://e.org/a">', "<b>" * 31 + "x" + "</b>" * 31, "x\r", "<pre>\nx</pre>", "<svg></svg>", "a > b",
        "<b><p>x</p></b>", "<table>x</table>", "<p></p>", "<p>x<br></p>", "<div>x</div>", "<p/>", "<p >x</p>",
        '<td colspan="2">x</td>', "<ruby></rt></ruby>", " x", '<iframe src="https://www.youtube.com/embed/x"></iframe>',
    ],
)  # fmt: skip
def test_everything_else_goes_through_the_gate(html: str) -> None:
    """The grammar refuses HTML that parsers read in two ways, that no table has, or that the rewrite would change."""
    assert not is_settled(html, GATE.is_allowed)
