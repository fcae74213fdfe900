"""Decisions about the owner of an address."""

import pytest

from feedsvc.catalogue import Claim, FeedKind, Owner, decide
from feedsvc.normalize import slug_key


def _claim(text: str) -> Claim:
    """`x=s`: the category x wants the slug s; `s`: a defined feed wants it."""
    name, mark, slug = text.partition("=")
    kind: FeedKind = "category" if mark else "defined"
    return Claim(kind=kind, name=name, slug=slug or name)


def _owner(text: str) -> tuple[str, Owner]:
    """`x@s`: the category x has the address s; `s`: a defined feed has it."""
    name, mark, slug = text.partition("@")
    kind: FeedKind = "category" if mark else "defined"
    return slug_key(slug or name), Owner(id=len(text), kind=kind, name=name, slug=slug or name)


@pytest.mark.parametrize(
    ("claims", "owners", "granted"),
    [
        pytest.param("s", "", "s", id="nobody has it"),
        pytest.param("s", "s", "s", id="a defined feed has it already"),
        pytest.param("x=s", "x@s", "x=s", id="a category has it already"),
        pytest.param("x=S", "x@s", "x=S", id="another case of its own"),
        pytest.param("s", "x@s", "", id="a category has it"),
        pytest.param("Ｓ", "x@s", "", id="a category has it in another width"),
        pytest.param("y=s", "x@s", "", id="another category has it"),
        pytest.param("s x=t", "x@s", "s x=t", id="its owner leaves for another slug"),
        pytest.param("s x=S", "x@s", "x=S", id="its owner stays in another case"),
        pytest.param("s x=t", "x@s y@t", "", id="its owner cannot leave"),
        pytest.param("x=t y=s", "x@s y@t", "x=t y=s", id="two owners swap"),
        pytest.param("x=t y=u z=s", "x@s y@t z@u", "x=t y=u z=s", id="three owners change in a ring"),
        pytest.param("x=t y=u z=s", "x@s y@t w@u", "", id="a ring that one owner breaks"),
        pytest.param("x=s", "s", "x=s", id="a defined feed that is gone had it"),
        pytest.param("x=s S", "s", "S", id="a defined feed has it that is there"),
    ],
)
def test_an_address_stays_with_its_feed(claims: str, owners: str, granted: str) -> None:
    """A claim is granted where the address is free, or where the configuration says that its owner left it."""
    decided = decide([_claim(text) for text in claims.split()], dict(_owner(text) for text in owners.split()))

    assert decided.granted == tuple(_claim(text) for text in granted.split())
    assert {claim for claim, _ in decided.refused} == {_claim(text) for text in claims.split()} - set(decided.granted)


def test_a_claim_names_the_owner_before() -> None:
    """A claim to another feed's address is given with this feed; a feed that keeps its address hands nothing over."""
    decided = decide([_claim("s"), _claim("x=t")], dict([_owner("x@s")]))

    assert decided.handed == ((_claim("s"), _owner("x@s")[1]),)
