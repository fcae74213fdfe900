"""People by name, and never by their address of e-mail."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.model import Author
from feedsvc.people import distinct, has_address, names_of, without_addresses

NAMES = {
    "name in brackets": ("ann@mail.example (Ann Lee)", ["Ann Lee"]),
    "address in angle brackets": ("Ann Lee <ann@mail.example>", ["Ann Lee"]),
    "address in brackets": ("Ann Lee (ann@mail.example)", ["Ann Lee"]),
    "address in square brackets": ("Ann Lee [mailto:ann@mail.example]", ["Ann Lee"]),
    "name in quotes": ('"Lee, Ann" <ann@mail.example>', ["Lee, Ann"]),
    "comma": ("Ann Lee, ann@mail.example", ["Ann Lee"]),
    "behind a dash": ("Ann Lee - ann@mail.example", ["Ann Lee"]),
    "two words": ("Ann Lee ann@mail.example", ["Ann Lee"]),
    "brackets of a name stay": ("Ann Lee (BBC) <ann@mail.example>", ["Ann Lee (BBC)"]),
    "never closed": ("Ann Lee <ann@mail.example", ["Ann Lee"]),
    "mailto": ("mailto:ann@mail.example?subject=Hi", ["ann"]),
    "address alone": ("ann@mail.example", ["ann"]),
    "address twice": ("ann@mail.example <ann@mail.example>", ["ann"]),
    "tag of a mailbox": ("ann+feed@mail.example", ["ann"]),
    "quoted local part": ('"ann lee"@mail.example', ["ann lee"]),
    "long ending": ("ann@mail.museum (Ann Lee)", ["Ann Lee"]),
    "longer ending": ("Ann Lee <ann@mail.travelersinsurance>", ["Ann Lee"]),
    "address of a number": ("ann@[192.0.2.1] (Ann Lee)", ["Ann Lee"]),
    "no dot": ("root@localhost (Ann Lee)", ["Ann Lee"]),
    "letters of other scripts": ("用户@例子.广告 (王五)", ["王五"]),
    "behind a label": ("编辑：wang@mail.example", ["编辑"]),
    "full width": ("Ann Lee ＜ann＠mail．example＞", ["Ann Lee"]),
    "zero width": ("ann\u200b@mail.example (Ann Lee)", ["Ann Lee"]),
    "other characters that nobody sees": ("ann\u2062@mail.example", ["ann"]),
    "a variation selector": ("ann\ufe0f@mail.example (Ann Lee)", ["Ann Lee"]),
    "Mailman": ("ann at mail.example (Ann Lee)", ["Ann Lee"]),
    "Mailman, in angle brackets": ("ann at mail.example <Ann Lee>", ["Ann Lee"]),
    "the sign twice": ("Ann Lee <ann@@mail.example>", ["Ann Lee"]),
    "white space before the sign": ("ann @mail.example", ["ann"]),
    "white space behind the sign": ("ann@ mail.example", ["ann"]),
    "white space all around": ("ann @ mail . example", ["ann"]),
    "masked": ("ann#at#mail.example", ["ann"]),
    "masked in brackets": ("Ann (ann_at_mail.example)", ["Ann"]),
    "between dashes": ("Ann - ann@mail.example - staff", ["Ann - staff"]),
    "handle of Mastodon in brackets": ("Ann (@ann@social.example)", ["Ann"]),
    "percent-encoded": ("ann%40mail.example (Ann Lee)", ["Ann Lee"]),
    "spelt out": ("Ann Lee <ann at mail dot example>", ["Ann Lee"]),
    "spelt in brackets": ("Ann Lee, ann [at] mail [dot] example", ["Ann Lee"]),
    "spelt in part": ("ann(at)mail.example", ["ann"]),
    "set apart": ("Ann Lee @ mail.example", ["Ann Lee"]),
    "several addresses": ("ann@mail.example, bob@mail.example", ["ann", "bob"]),
    "several people": ("Lee, Ann <ann@mail.example>, Ray, Bob <bob@mail.example>", ["Lee, Ann", "Ray, Bob"]),
    "several names in brackets": ("ann@mail.example (Ann Lee) bob@mail.example (Bob Ray)", ["Ann Lee", "Bob Ray"]),
    "handle of Mastodon": ("@ann@social.example", ["ann"]),
    "Blogger": ("noreply@blogger.com (Ann Lee)", ["Ann Lee"]),
    "Blogger without a name": ("noreply@blogger.com", []),
    "Google Groups": ("'Ann Lee' via Group <group@groups.example>", ["'Ann Lee' via Group"]),
    "several in one name": ("Ann Lee, Bob Ray and Carl Day", ["Ann Lee, Bob Ray and Carl Day"]),
    "an employer": ("Ann Lee at Mail.example", ["Ann Lee at Mail.example"]),
    "a name with the sign": ("P@ul Smith", ["P@ul Smith"]),
    "a handle": ("Ann Lee (@ann)", ["Ann Lee (@ann)"]),
    "a page": ("https://social.example/@ann", ["https://social.example/@ann"]),
    "a symbol": ("♥", ["♥"]),
    "a handle of a domain": ("Ann Lee @ann.bsky.social", ["Ann Lee @ann.bsky.social"]),
    "a name of a site": ("Look-at-Me.com daily", ["Look-at-Me.com daily"]),
    "a place": ("Live at Wembley.1986 (Remaster)", ["Live at Wembley.1986 (Remaster)"]),
    "only marks": (" (@) ", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("written", "names"), NAMES.values(), ids=NAMES)
def test_a_name_has_no_address(written: str, names: list[str]) -> None:
    """The text beside an e-mail address is the name. An address without a name gives the part before its `@`."""
    assert names_of(written) == names


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from([*"@＠.,;()<>\"' ", "ann", "lee", "a.example", "mailto:", " at ", " dot ", "[at]", "%40"]))
)
@example(["ann", "@", "a.example", "@", "a.example"])
def test_no_field_gives_an_address(parts: list[str]) -> None:
    """No name from a field about people contains an e-mail address with a domain."""
    assert [
        name for name in names_of("".join(parts)) if "@a.example" in name and name.split("@a.example")[0][-1:].isalnum()
    ] == []


LINES = {
    "name behind it": ("© 2020 editor@mail.example (Ann Lee)", "© 2020 Ann Lee"),
    "in brackets": ("Ann Lee <ann@mail.example>, 2020", "Ann Lee, 2020"),
    "spelt out": ("© ann (at) mail.example", "© ann"),
    "with a subject": ("© ann@mail.example?subject=Hi", "© ann"),
    "alone": ("Group: news@groups.example", "Group: news"),
    "none": ("T@lk  radio", "T@lk radio"),
    "a name of a site": ("Fun-at-Work.com", "Fun-at-Work.com"),
    "a time": ("Podcast at Night.fm (Season 2)", "Podcast at Night.fm (Season 2)"),
    "no sign": ("Talk  radio", "Talk  radio"),
}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES)
def test_a_line_has_no_address(line: str, expected: str) -> None:
    """The title of a feed and a note of rights keep their words."""
    assert without_addresses(line) == expected


def test_an_address_is_found_in_a_url() -> None:
    """An e-mail address is found anywhere in a URL."""
    assert has_address("https://mail.example/?to=ann@mail.example")
    assert not has_address("https://social.example/@ann")


def test_the_same_person_is_one() -> None:
    """Case, width and white space do not distinguish people. A page that one of them has is kept."""
    page = "https://ann.example/"
    people = [Author(name="Ann Lee"), Author(name="ANN  LEE", url=page), Author(name="Ａｎｎ Lee"), Author(name="Bob")]

    assert distinct(people) == (Author(name="Ann Lee", url=page), Author(name="Bob"))
