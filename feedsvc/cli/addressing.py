"""Lines for the operator about the addresses that a configuration changes or cannot have."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from feedsvc.catalogue import Claim, Owner, named
from feedsvc.cli.logs import is_first, warn
from feedsvc.config import Config
from feedsvc.errors import Problem
from feedsvc.normalize import slug, slug_key
from feedsvc.store import Store
from feedsvc.store.feeds import Changes, compare


def conflicts(config: Config, changes: Changes) -> Iterator[Problem]:
    """The addresses that the configuration gives to a feed, and that their owners keep."""
    for claim, owner in changes.addresses.refused:
        kept = f"the slug {claim.slug!r} belongs to {named(owner)}, which keeps it; {_instead(claim, changes)}"
        yield _at(config, claim, f"{kept}. {_remedy(claim, owner)}")


def announcements(config: Config, changes: Changes) -> Iterator[Problem]:
    """The addresses whose readers get something else after the next update."""
    handed = {owner.id: claim for claim, owner in changes.addresses.handed}
    for claim, owner in changes.addresses.handed:
        yield _at(config, claim, _handed(claim, owner))
    for owner in changes.leaving:
        if owner.id not in handed:
            left = f"the feed {owner.slug!r} is not in the configuration: its readers get 410 (gone)"
            yield Problem(place=str(config.path), reason=f"{left}; to keep it, write feeds.{owner.slug}")
    for claim, owner in changes.displaced:
        why = f"/feeds/{claim.slug} was {named(owner)}, which is not in the configuration: its readers get 410 (gone)"
        now = f"{named(claim)} is at /feeds/{changes.slugs[claim.name]}: {why}"
        remedy = f"to give the address to the category, write categories.{claim.name}.slug: {claim.slug}"
        yield Problem(place=str(config.path), reason=f"{now}; {remedy}")


def crowded(config: Config, changes: Changes, used: Collection[str]) -> Iterator[Problem]:
    """Categories without a feed yet whose names are slugs of defined feeds; `used` are the categories of articles."""
    defined = config.catalogue.defined()
    for name in sorted(config.catalogue.categories.keys() | config.given.union(used)):
        feed = defined.get(slug_key(slug(name)))
        if feed is None or name in changes.slugs or name in config.catalogue.slugs:
            continue
        place = config.addressed["defined", feed.slug]
        said = f"this is the name of a category too, whose feed gets the slug {slug(name)}-2 or a later number"
        yield replace(place, reason=f"{place.reason}{said}; to choose its slug, write categories.{name}.slug")


def say_conflicts(config: Config, store: Store) -> None:
    """Warn of addresses that their owners keep, once in each command."""
    with store.read() as db:
        changes = compare(db, config.catalogue)
    for problem in conflicts(config, changes):
        if is_first(str(problem)):
            warn([problem])


def _at(config: Config, claim: Claim, reason: str) -> Problem:
    place = config.addressed[claim.kind, claim.name]
    return replace(place, reason=place.reason + reason)


def _handed(claim: Claim, owner: Owner) -> str:
    """The words for an address that the next update gives to another feed."""
    if owner.is_retired:
        return f"/feeds/{claim.slug} answered 410 until now; the next update gives it to this feed"
    return f"the next update gives /feeds/{claim.slug}, now {named(owner)}, to this feed"


def _instead(claim: Claim, changes: Changes) -> str:
    """The words for the address of a feed that does not get the one in the configuration."""
    if claim.kind == "defined":
        return "this feed is not published"
    stored = changes.slugs.get(claim.name)
    return f"this feed stays at /feeds/{stored}" if stored else "this feed gets a slug made of the category's name"


def _remedy(claim: Claim, owner: Owner) -> str:
    if owner.kind != "category":
        return "Choose another slug"
    own = f"The title and window of a category's feed stand under categories.{owner.name}. " * (claim.kind == "defined")
    other = f"to hand the address over, give its owner another slug: categories.{owner.name}.slug"
    return f"{own}Choose another slug, or, {other}"
