"""Each rule of the bounds alone: the largest HTML that is within a bound, and the same HTML with one more."""

import pytest

from feedsvc.sanitize.safe import policy
from feedsvc.sanitize.safe.bounds import fault, shortened

TAGS, DEPTH, FORMATTING, MISNESTED = "tags", "nested deeper", "formatting elements", "end tags that end nothing"

WORD = "<q></q>"


def distinct(name: str, number: int) -> str:
    """`number` different formatting elements without end tags."""
    return "".join(f"<{name} id={index}>" for index in range(number))


def counted(number: int) -> str:
    """HTML that counts as so many tags. A block counts as one, and as two more for each open formatting element."""
    blocks, words = divmod(number - 60, 1 + 2 * 60)
    return distinct("b", 60) + "<br>" * blocks + WORD * words


#: Parts that are counted → HTML with as many as are allowed, one more part, and the reason for the refusal.
BOUNDS = {
    "characters": ("x" * policy.MAX_HTML, "x", "larger than 512 kB of HTML"),
    "tags": ("<br>" * 50_000, "<br>", TAGS),
    "tags, and blocks in formatting": (counted(50_000), WORD, TAGS),
    "end tags that make an element": ("</p>" * 501 + counted(49_499), WORD, TAGS),
    "paragraphs with their ends": ("<p></p>" * 501 + counted(49_499), WORD, TAGS),
    "an end tag that makes an element inside another": ("<p><q></p>" + counted(49_997), WORD, TAGS),
    "tags beside an end tag that ends nothing": ("</i>" + counted(50_000), WORD, TAGS),
    "tags beside spans": ("<span></span>" * 501 + counted(50_000), WORD, TAGS),
    "paragraphs that end each other": ("<p><p></p></p>" + counted(49_997), WORD, TAGS),
    "open elements": ("<div>" * 200, "<div>", DEPTH),
    "open elements below a paragraph that ends another": ("<div>" * 199 + "<p><p>", "<q>", DEPTH),
    "open elements in a link": ("<a>" + "<div>" * 199, "<div>", DEPTH),
    "open parts of a drawing": ("<svg>" + "<g>" * 199, "<g>", DEPTH),
    "known elements in a drawing, with a slash": ("<svg>" + "<div/>" * 199, "<div/>", DEPTH),
    "unknown elements with a slash": ("<path/>" * 200, "<path/>", DEPTH),
    "known elements with a slash": ("<div/>" * 200, "<div/>", DEPTH),
    "elements in a style of a drawing": ("<svg><style>" + "<g>" * 198, "<g>", DEPTH),
    "formatting": (distinct("b", 60), "<i>", FORMATTING),
    "formatting, three equal ones": (distinct("b", 57) + "<i>" * 4, "<u>", FORMATTING),
    "formatting beside one that was ended": (distinct("i", 59) + "<b id=1></b><b id=2>", "<u>", FORMATTING),
    "formatting after an end of the first": ("<b>" + distinct("i", 59) + "</b><u>", "<b>", FORMATTING),
    "end tags that end nothing": ("</i>" * 500, "</i>", MISNESTED),
    "end tags of an outer element": ("<div><q></div>" * 500, "</i>", MISNESTED),
}  # fmt: skip

#: HTML that looks as if it were out of bounds.
WITHIN = {
    "parts of a drawing, with a slash": "<svg>" + "<path/>" * 300,
    "tags in a style": "<style>" + "<g>" * 300,
    "tags in a style after a drawing": "<svg></svg><style>" + "<g>" * 300,
    "links that end each other": "".join(f"<a href={number}>" for number in range(300)),
    "a link that ends a link around other words": "<div><a><q><a></a></q></div>" * 501,
    "a link that ends the link before it": "<div><a><a></a></div>" + "</i>" * 500,
    "paragraphs that an outer element ends": "<section><div><p></div></section>" * 501,
    "200 attributes": "<p" + " a" * 200 + ">",
    "many equal formatting elements": "<b>" * 150,
}  # fmt: skip


@pytest.mark.parametrize(("html", "more", "reason"), BOUNDS.values(), ids=BOUNDS)
def test_a_bound_is_exact(html: str, more: str, reason: str) -> None:
    """As many as the policy says are within the bound. One more is not, and the reason names the bound."""
    assert fault(html) is None
    assert reason in (fault(html + more) or "")


@pytest.mark.parametrize("html", WITHIN.values(), ids=WITHIN)
def test_elements_that_end_do_not_count(html: str) -> None:
    """The counter knows what parsers end by themselves, and what is text to them."""
    assert fault(html) is None


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_an_address_may_hold_twice_the_largest_picture(quote: str) -> None:
    """A longer one is emptied: no later stage would keep it."""
    start = "data:image/png;base64,"
    longest = start + "A" * (2 * policy.DATA_IMAGE_MAX - len(start))
    html = f"<img src={quote}{{}}{quote}><p>x</p>"

    assert shortened(html.format(longest)) == html.format(longest)
    assert shortened(html.format(f"{longest}A")) == html.format("data:,")
    assert shortened(html.format(f"{longest}A".upper())) == html.format("data:,")
