"""Attacks in a real browser: raw they run, sanitised they do not, and under our page's policy not even raw ones do."""

from collections.abc import Iterator
from html import escape

import pytest

from feedsvc.model import Author, RawEntry
from feedsvc.normalize import web_url
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.html import clean
from feedsvc.sanitize.safe.policy import FRAME_HOSTS
from feedsvc.web.headers import policies
from tests.data.browser import TOGETHER, Chromium, Mode
from tests.sanitize.payloads import PAYLOADS

RAW = [payload.html for payload in PAYLOADS]

#: A part, where it is enough to see that attacks are seen, or where no attack is read before it is stopped.
SAMPLED = RAW[::10]
THIRD = RAW[::3]
STAND_INS = RAW[::20]

#: The ways in which a reader may show an article.
MODES = (Mode.DOCUMENT, Mode.INNER, Mode.RESERIALISED)

#: The players that an article may show.
PLAYERS = {f"iframe={host}" for host in FRAME_HOSTS}

#: Our pages may not be framed, but each attack stands in a frame here: the only thing changed.
POLICY = policies(["'self'"]).content

#: Lets everything through that a policy can stop.
OPEN_POLICY = "default-src * data: 'unsafe-inline' 'unsafe-eval'"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """A browser."""
    with Chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


def test_payloads_are_many_and_distinct() -> None:
    """The suite is as large as it says, and holds no attack twice."""
    assert len(RAW) == len(set(RAW)) >= 1500


def test_attacks_are_real(chromium: Chromium) -> None:
    """Raw, many of them run in each of the ways to show an article."""
    outcomes = {mode: chromium.try_out(SAMPLED, mode) for mode in MODES}
    executed = {
        mode: {html for html, outcome in zip(SAMPLED, found, strict=True) if outcome.executed}
        for mode, found in outcomes.items()
    }

    assert {mode: len(found) for mode, found in executed.items() if len(found) <= 0.45 * len(SAMPLED)} == {}


@pytest.mark.parametrize("mode", MODES)
def test_nothing_survives_the_sanitiser(chromium: Chromium, mode: Mode) -> None:
    """Sanitised, none runs, and nothing is left over that could."""
    made = [str(clean(html, base="https://example.org/").whole) for html in RAW]
    harm = chromium.find_harm(made, mode, PLAYERS)

    assert [(raw, html, harm[html]) for raw, html in zip(RAW, made, strict=True) if html in harm] == []


@pytest.mark.parametrize("mode", [Mode.DOCUMENT, Mode.INNER])
def test_nothing_survives_in_a_title(chromium: Chromium, mode: Mode) -> None:
    """As a title, an author, a category or rights, none runs even where a reader takes those for HTML."""
    entries = [
        sanitize(RawEntry(guid="a", title=raw, authors=(Author(name=raw),), categories=(raw,), rights=raw))
        for raw in RAW
    ]
    # The text that replaces an empty title is a title too.
    entries += [sanitize(RawEntry(guid="a", title="<b></b>", content=f"<p>{escape(raw)}</p>")) for raw in STAND_INS]
    entries += [sanitize(RawEntry(guid=raw)) for raw in STAND_INS]
    texts = sorted(
        {
            text
            for one in entries
            for text in (one.title, *(a.name for a in one.authors), *one.categories, one.rights or "")
        }
    )

    assert chromium.find_harm(texts, mode) == {}


@pytest.mark.parametrize("mode", MODES)
def test_one_attack_among_harmless_texts_is_found(chromium: Chromium, mode: Mode) -> None:
    """Markup that runs, is left over, or would hide the texts after it is found in a document of many texts."""
    attack, left, hiding = "<img src=x: onerror=alert(1)>", "<b id=a>b</b>", ["<!--", "<textarea>", '<p title="']
    harmless = [f"<p>{number}</p>" for number in range(3 * TOGETHER)]
    found = [
        set(chromium.find_harm([*harmless[:5], *texts, *harmless[5:]], mode))
        for texts in ([attack], [left], *([one, attack] for one in hiding))
    ]

    assert all(attack in harm for harm in (found[0], *found[2:]))
    assert found[:2] == [{attack}, {left}]


def test_nothing_survives_as_a_link() -> None:
    """As a link, a picture or an attachment, only a plain web address is left of it."""
    written = [form for raw in RAW for form in (raw, f"https://e.org/{raw}", f"//e.org?{raw}", f"https://{raw}")]
    found = [url for raw in written if (url := web_url(raw, "https://e.org/"))]

    assert len(found) > len(RAW)
    assert all(url.startswith(("http://", "https://")) and web_url(url) == url for url in found)
    assert not any(set(url) & set("<>\"' \\`") - {"'"} for url in found)


def test_served_attacks_are_real(chromium: Chromium) -> None:
    """Under a policy that forbids nothing many run: an attack that the next test serves would be seen to."""
    assert sum(outcome.executed for outcome in chromium.try_out(SAMPLED, Mode.CSP, OPEN_POLICY)) > 0.45 * len(SAMPLED)


@pytest.mark.parametrize(
    ("policy", "attacks"),
    [(POLICY, SAMPLED), (POLICY.partition("; sandbox")[0], THIRD)],
    ids=["whole", "without sandbox"],
)
def test_our_policy_stops_what_is_raw(chromium: Chromium, policy: str, attacks: list[str]) -> None:
    """Under our page's policy no raw attack runs, and neither does one where the policy has no sandbox."""
    outcomes = chromium.try_out(attacks, Mode.CSP, policy)

    assert [html for html, outcome in zip(attacks, outcomes, strict=True) if outcome.executed] == []
