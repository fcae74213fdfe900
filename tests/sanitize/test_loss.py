"""The guard: text that is missing without a reason makes an article plain text, with the reason."""

import pytest

from feedsvc.model import RawEntry
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.html import clean
from feedsvc.sanitize.readable.loss import MAX_PARSED, lost
from feedsvc.sanitize.readable.unknown import MAX_READ
from feedsvc.sanitize.safe import policy
from tests.data.sites import PAGES, Page
from tests.sanitize.test_fidelity import _parsed

LINK = "https://www.example.com/a.htm"

LONG = "字" * 198


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        pytest.param("<p>甲乙</p>", "<p>甲</p>", 0.5, id="half"),
        pytest.param(f"<p>{LONG}丙丁</p>", f"<p>{LONG}</p>", 0, id="a hundredth is little"),
        pytest.param(f"<p>{LONG}丙丁戊己</p>", f"<p>{LONG}</p>", 4 / 202, id="two hundredths"),
        pytest.param("<p>甲</p><p>乙</p>", "<p>乙甲</p>", 0, id="moved"),
        pytest.param("<p>甲&amp;&lt;乙</p>", "<p>甲&amp;&lt;乙丙</p>", 0, id="more"),
        pytest.param("<view>甲</view>", "", 1, id="all of an unknown element"),
        pytest.param("<script>甲</script><style>乙</style>丙", "丙", 0, id="scripts and styles"),
        pytest.param("<svg><text>甲</text></svg>丙", "丙", 0, id="a drawing"),
        pytest.param("<select><option>甲</select>丙", "丙", 0, id="a form's choices"),
        pytest.param("<iframe>甲</iframe><video>乙</video>丙", "丙", 0, id="what frames and players hold"),
        pytest.param("<p>甲 … [<a>Read More</a>]", "<p>甲 …</p>", 0, id="a link to the whole"),
        pytest.param("<p>甲<a>阅读全文</a></p><style>x</style>", "<p>甲</p>", 0, id="a link to the whole, and a style"),
        pytest.param("甲&#1;\x01", "甲", 0, id="what XML cannot hold"),
        pytest.param("<isindex><title>甲</title>丙", "丙", 0, id="a sentence of html5lib's"),
        pytest.param("1 < 2 甲 > 3", "1", 5 / 6, id="signs are text"),
        pytest.param("<b>" * 5000 + "甲" * 9, "", 1, id="more tags than html5lib reads in a moment"),
        pytest.param("<title>甲</title><template>乙</template>" + "丙" * MAX_PARSED, "丙" * MAX_PARSED, 0, id="long"),
    ],
)
def test_what_is_lost(before: str, after: str, part: float) -> None:
    """The part of the text that a browser shows and that does not come out, unless a rule takes it."""
    assert lost(before, after) == pytest.approx(part)


def test_a_loss_is_told() -> None:
    """More angle brackets than are looked at, and tags that nh3 drops: the words come as text, with the reason."""
    html = f"<!--{'<' * MAX_READ}--><p>乙</p>" + "<view>丙</view>" * (policy.MAX_TAGS // 5)
    entry = sanitize(RawEntry(guid="a", title="题", content=html, link=LINK))

    assert entry.fallback == "100 % of its text would be lost"
    assert entry.content.startswith(f"<p>{policy.PLAIN_NOTICE}")
    assert entry.content.count("丙") == policy.MAX_TAGS // 5


def test_there_are_enough_pages() -> None:
    """A hundred and thirty, of thirteen shapes."""
    assert len({page.html for page in PAGES}) == 130
    assert len({page.shape for page in PAGES}) == 13


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.shape}-{page.number}")
def test_pages_of_sites_lose_nothing(page: Page) -> None:
    """Every character of the text, in its order, and no page becomes plain text."""
    found = clean(page.html, base=LINK, link=LINK)

    assert found.fallback is None
    assert _parsed(found.html)[0] == "".join(page.text.split())
