"""Each rule of the schedule in the database alone: who has a host, what is written, what a change of settings does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.model import FetchPolicy, Hints, Rules, UpstreamSpec, Validators
from feedsvc.schedule import LONGEST, Move, Next, Pace
from feedsvc.store import Store, hosts, polls
from feedsvc.store.hosts import HostClaim
from feedsvc.store.polls import Due, Outcome, Poll
from feedsvc.store.schema import host, source, upstream
from tests.conftest import NOW

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def spec(name: str, url: str, **more: Any) -> UpstreamSpec:
    """A source in the configuration."""
    return UpstreamSpec(
        name=name, url=url, policy=FetchPolicy(user_agent="feedsvc/1 (+x)"), timezone=UTC, tag="example.org,2026",
        **more
    )  # fmt: skip


#: Two feeds of one host, and one of another.
ONE, TWO = spec("one", "https://a.example/1"), spec("two", "https://A.example:443/2")
OTHER = spec("other", "https://b.example/3")


def rows(db: sa.Connection, table: sa.Table) -> dict[str, Any]:
    """All hosts, or all upstreams, by name."""
    if table is host:
        return {row.name: row for row in db.execute(sa.select(host))}
    joined = sa.select(upstream, source.c.name).join(source, source.c.id == upstream.c.source_id)
    return {row.name: row for row in db.execute(joined)}


def due_at(db: sa.Connection, **moments: datetime | None) -> None:
    """Let upstreams be due at these moments, and their hosts know."""
    for name, moment in moments.items():
        of = sa.select(source.c.id).where(source.c.name == name).scalar_subquery()
        db.execute(sa.update(upstream).where(upstream.c.source_id == of).values(next_due=moment))
    db.execute(sa.update(host).values(leased_until=None))
    hosts.settle(db, NOW)


def claimed(db: sa.Connection, now: datetime, number: int = 9, **more: Any) -> dict[str, HostClaim]:
    """The hosts that a worker gets."""
    return {one.name: one for one in hosts.claim(db, now, LEASE, number, **more)}


@pytest.fixture
def defined(store: Store) -> Store:
    """A store with three upstreams on two hosts, due in one, two and three hours."""
    with store.write() as db:
        polls.define(db, [ONE, TWO, OTHER], NOW)
        due_at(db, one=NOW + HOUR, two=NOW + 2 * HOUR, other=NOW + 3 * HOUR)
    return store


# --- a claim ---------------------------------------------------------------------------------------------------------


def test_a_host_that_is_due_is_one_worker_s_until_the_lease_ends(defined: Store) -> None:
    """Then another one may have it, under a higher fence."""
    with defined.write() as db:
        assert claimed(db, NOW + HOUR - SECOND) == {}
        first = claimed(db, NOW + HOUR)
        row = rows(db, host)["a.example"]
        assert (row.next_due, row.leased_until) == (NOW + HOUR + LEASE, NOW + HOUR + LEASE)
        assert claimed(db, NOW + HOUR + LEASE - SECOND) == {}
        second = claimed(db, NOW + HOUR + LEASE)

    assert {name: one.fence for name, one in first.items()} == {"a.example": 1}
    assert {name: one.fence for name, one in second.items()} == {"a.example": 2}


def test_the_hosts_that_wait_longest_come_first(defined: Store) -> None:
    """A claim takes the hosts that wait longest, and no more than the given number."""
    with defined.write() as db:
        due_at(db, one=NOW + 5 * HOUR, two=NOW + 4 * HOUR)
        found = [list(claimed(db, NOW + 9 * HOUR, number=1)) for _ in range(3)]

    assert found == [["b.example"], ["a.example"], []]


def test_a_host_that_a_wrong_clock_planned_is_due(defined: Store) -> None:
    """Nothing is planned for later than eight days from now."""
    with defined.write() as db:
        due_at(db, one=NOW + LONGEST, two=NOW + LONGEST, other=NOW + LONGEST + SECOND)
        found = claimed(db, NOW)
        due = polls.due_of(db, [row.id for row in rows(db, host).values()], NOW)

    assert list(found) == ["b.example"]
    assert [one.name for some in due.values() for one in some] == ["other"]


def test_a_claim_for_some_sources_takes_their_hosts_alone(defined: Store) -> None:
    """Where these sources themselves are due."""
    with defined.write() as db:
        due_at(db, one=NOW, two=NOW + HOUR, other=NOW)
        assert claimed(db, NOW, only=["two"]) == {}
        assert list(claimed(db, NOW, only=["one"])) == ["a.example"]
        assert claimed(db, NOW, only=["one"]) == {}
        assert list(claimed(db, NOW, only=[])) == []


# --- the fence -------------------------------------------------------------------------------------------------------


@pytest.fixture
def late(defined: Store) -> tuple[Store, HostClaim, HostClaim]:
    """The claim of a worker whose lease ended, and the later claim to the same host by another worker."""
    with defined.write() as db:
        due_at(db, one=NOW, two=NOW + 2 * HOUR, other=NOW)
        old = claimed(db, NOW)
        new = claimed(db, NOW + LEASE, only=["one"])
    return defined, old["a.example"], new["a.example"]


def test_a_worker_that_comes_back_late_renews_nothing(late: tuple[Store, HostClaim, HostClaim]) -> None:
    """The host stays with the one that has it."""
    store, old, new = late
    with store.write() as db:
        hosts.renew(db, [old], NOW + 9 * HOUR)
        assert rows(db, host)["a.example"].leased_until == NOW + 2 * LEASE
        hosts.renew(db, [new], NOW + HOUR)
        row, other = rows(db, host)["a.example"], rows(db, host)["b.example"]

    assert (row.leased_until, row.next_due) == (NOW + HOUR, NOW + HOUR)
    assert (other.leased_until, other.next_due) == (NOW + LEASE, NOW + LEASE)


def test_a_worker_that_comes_back_late_releases_nothing(late: tuple[Store, HostClaim, HostClaim]) -> None:
    """The host is due again when the one that has it is done."""
    store, old, new = late
    with store.write() as db:
        hosts.release(db, [])
        hosts.release(db, [old])
        assert rows(db, host)["a.example"].leased_until == NOW + 2 * LEASE
        due_at_once = sa.update(host).where(host.c.name == "a.example").values(leased_until=NOW + 2 * LEASE)
        db.execute(due_at_once)
        hosts.release(db, [new])
        row, other = rows(db, host)["a.example"], rows(db, host)["b.example"]

    assert (row.leased_until, row.next_due) == (None, NOW)
    assert other.leased_until == NOW + LEASE


def test_a_worker_that_comes_back_late_has_no_host(late: tuple[Store, HostClaim, HostClaim]) -> None:
    """`mine` leaves out the claim of a worker whose host another worker has by now."""
    store, old, new = late
    with store.write() as db:
        assert hosts.mine(db, [old, new]) == {new}
        assert hosts.mine(db, [replace(new, host_id=99)]) == set()


# --- when a host is due ----------------------------------------------------------------------------------------------


def test_a_host_is_due_with_the_first_of_its_upstreams(defined: Store) -> None:
    """A host is due with its first upstream, but not before its wait ends. Without a due upstream, it is never due."""
    with defined.write() as db:
        assert rows(db, host)["a.example"].next_due == NOW + HOUR
        hosts.hold(db, {"a.example": NOW + 90 * timedelta(minutes=1)})
        hosts.settle(db, NOW)
        assert rows(db, host)["a.example"].next_due == NOW + 90 * timedelta(minutes=1)
        due_at(db, one=NOW + 2 * HOUR)
        assert rows(db, host)["a.example"].next_due == NOW + 2 * HOUR
        due_at(db, one=None, two=None)
        assert rows(db, host)["a.example"].next_due is None
        assert rows(db, host)["b.example"].next_due == NOW + 3 * HOUR


@pytest.mark.parametrize(("later", "is_free"), [(LEASE - SECOND, False), (LEASE, True)])
def test_a_host_that_a_worker_has_is_settled_when_its_lease_ends(
    defined: Store, later: timedelta, *, is_free: bool
) -> None:
    """Until then the worker knows better."""
    with defined.write() as db:
        claimed(db, NOW + HOUR)
        hosts.settle(db, NOW + HOUR + later)
        row = rows(db, host)["a.example"]

    assert (row.next_due, row.leased_until) == ((NOW + HOUR, None) if is_free else (NOW + HOUR + LEASE,) * 2)


def test_a_host_is_left_alone_until_the_latest_moment_that_was_said(defined: Store) -> None:
    """A host waits until the latest time that was said. A wait does not move a host that a worker has."""
    with defined.write() as db:
        hosts.hold(db, {"b.example": NOW + HOUR})
        hosts.hold(db, {"a.example": NOW + 5 * HOUR})
        hosts.hold(db, {"a.example": NOW + 4 * HOUR})
        held = rows(db, host)
        assert (held["a.example"].held_until, held["a.example"].next_due) == (NOW + 5 * HOUR, NOW + 5 * HOUR)
        assert (held["b.example"].held_until, held["b.example"].next_due) == (NOW + HOUR, NOW + 3 * HOUR)
        claimed(db, NOW + 5 * HOUR)
        hosts.hold(db, {"a.example": NOW + 9 * HOUR})
        assert rows(db, host)["a.example"].next_due == NOW + 5 * HOUR + LEASE
        hosts.let_go(db, [held["a.example"].id])
        after = rows(db, host)

    assert (after["a.example"].held_until, after["b.example"].held_until) == (None, NOW + HOUR)


def test_a_host_has_one_name(defined: Store) -> None:
    """Whatever the case, the port and the path of a URL."""
    with defined.write() as db:
        known = hosts.host_of(db, "http://A.EXAMPLE:8080/x")
        new = hosts.host_of(db, "https://c.example/")
        names = {name: row.id for name, row in rows(db, host).items()}
        fences = {row.fence for row in rows(db, host).values()}

    assert names == {"a.example": known, "b.example": names["b.example"], "c.example": new}
    assert fences == {0}
    assert hosts.name_of("mailto:a@b.example") == ""


# --- the configuration -----------------------------------------------------------------------------------------------

#: The columns of a source that a poll sets.
POLLED = {
    "next_due": NOW + HOUR, "etag": '"1"', "last_modified": "x", "validated_url": "u", "body_hash": "b", "marks": "m",
    "hints": "{}", "failures": 3, "haste": 2, "moved_to": "v", "moved_since": NOW, "why": "w", "problems": "[]",
}  # fmt: skip


def defined_again(store: Store, change: Callable[[UpstreamSpec], UpstreamSpec | None], **stored: Any) -> dict[str, Any]:
    """An upstream that was polled, after its configuration changed, an hour before its next poll."""
    with store.write() as db:
        polls.define(db, [ONE], NOW)
        db.execute(sa.update(upstream).values(**POLLED | stored))
        changed = change(ONE)
        polls.define(db, [changed] if changed else [], NOW + SECOND)
        return dict(rows(db, upstream)["one"]._mapping)


def test_a_new_source_is_due_at_once(store: Store) -> None:
    """A new source is due at once, and a second definition changes nothing."""
    with store.write() as db:
        polls.define(db, [ONE], NOW)
        polls.define(db, [ONE], NOW + HOUR)
        row = rows(db, upstream)["one"]
        assert rows(db, host)["a.example"].next_due == NOW

    assert (row.next_due, row.url, row.configured_url) == (NOW, ONE.url, ONE.url)
    assert (row.failures, row.haste, row.configured) == (0, 1, polls.configured_of(ONE))


def test_a_source_that_did_not_change_stays_as_it_is(store: Store) -> None:
    """A source that is unchanged, gone for good, or moved keeps its state when it is defined again."""
    for stored in ({}, {"next_due": None, "error": "410"}, {"url": "https://moved.example/"}):
        row = defined_again(store, lambda one: one, **stored)
        assert {name: row[name] for name in POLLED} == POLLED | {k: v for k, v in stored.items() if k in POLLED}


def test_a_source_with_another_url_begins_anew(store: Store) -> None:
    """Nothing of the old feed is sent to the new one."""
    row = defined_again(store, lambda one: replace(one, url="https://c.example/"), error="e")

    assert {name: row[name] for name in (*POLLED, "error")} == {
        **dict.fromkeys((*POLLED, "error")), "next_due": NOW + SECOND, "failures": 0, "haste": 1,
    }  # fmt: skip
    assert (row["url"], row["configured_url"]) == ("https://c.example/", "https://c.example/")


def test_a_source_that_comes_back_begins_anew(store: Store) -> None:
    """Once it was not configured; the operator reads so."""
    left = defined_again(store, lambda _: None, error="e")
    assert (left["next_due"], left["error"], left["why"]) == (None, None, "no longer configured")
    with store.write() as db:
        polls.define(db, [ONE], NOW + HOUR)
        row = rows(db, upstream)["one"]

    assert (row.next_due, row.etag, row.why) == (NOW + HOUR, None, None)


def test_a_source_that_leaves_is_not_polled_any_more(store: Store) -> None:
    """Where nothing was wrong with it."""
    left = defined_again(store, lambda _: None)

    assert (left["next_due"], left["why"]) == (None, "no longer configured")


def test_a_source_that_is_gone_for_good_can_leave(store: Store) -> None:
    """When a source that is gone for good is no longer configured, its error is removed."""
    left = defined_again(store, lambda _: None, next_due=None, error="410")

    assert (left["error"], left["why"]) == (None, "no longer configured")


@pytest.mark.parametrize("error", [None, "e"])
def test_changed_settings_are_a_remedy(store: Store, error: str | None) -> None:
    """The source is due now, its failures and validators are forgotten; what is known of its entries stays."""
    row = defined_again(store, lambda one: replace(one, every=2 * HOUR), error=error)

    assert {name: row[name] for name in (*POLLED, "error")} == {
        **POLLED, "next_due": NOW + SECOND, "failures": 0, "error": None, "why": "its settings changed", "etag": None,
        "last_modified": None, "validated_url": None,
    }  # fmt: skip


@pytest.mark.parametrize("error", [None, "e"])
def test_a_source_of_an_older_release_is_due_only_where_it_failed(store: Store, error: str | None) -> None:
    """Nobody knows how it was configured."""
    row = defined_again(store, lambda one: one, configured=None, error=error)

    assert row["next_due"] == (NOW + SECOND if error else NOW + HOUR)
    assert row["configured"] == polls.configured_of(ONE)


def test_what_counts_as_a_setting() -> None:
    """Not the version of feedsvc, nor what is as by default; each other value does."""
    known = polls.configured_of(ONE)
    newer = replace(ONE, policy=replace(ONE.policy, user_agent="feedsvc/2 (+x)"))
    others = [
        replace(ONE, every=2 * HOUR), replace(ONE, title="t"), replace(ONE, rules=Rules(categories=("c",))),
        replace(ONE, policy=replace(ONE.policy, ports=frozenset({1}))),
        replace(ONE, policy=replace(ONE.policy, allow_private=True)),
        replace(ONE, policy=replace(ONE.policy, user_agent="feedsvc/1 (+y)")),
    ]  # fmt: skip

    assert polls.configured_of(newer) == known
    assert len({known, *map(polls.configured_of, others)}) == 1 + len(others)
    many = [replace(ONE, policy=replace(ONE.policy, ports=frozenset(order))) for order in ([1, 2], [2, 1])]
    assert len(set(map(polls.configured_of, many))) == 1


# --- a request to poll now -------------------------------------------------------------------------------------------


def test_sources_that_are_asked_for_are_due_now(defined: Store) -> None:
    """Except on a host that is to be left alone, until somebody insists."""
    with defined.write() as db:
        hosts.hold(db, {"a.example": NOW + HOUR, "b.example": NOW})
        polls.define(db, [ONE, TWO, OTHER, spec("free", "https://c.example/")], NOW)
        due_at(db, free=NOW + HOUR)
        held = polls.ask(db, ["one", "other", "free"], NOW, is_forced=False)
        assert rows(db, host)["a.example"].held_until == NOW + HOUR
        found = {name: row.next_due for name, row in rows(db, upstream).items()}
        forced = polls.ask(db, ["one"], NOW, is_forced=True)
        after = {name: row.next_due for name, row in rows(db, upstream).items()}
        row = rows(db, host)["a.example"]

    assert held == {"one": NOW + HOUR}
    assert found == {"one": NOW + HOUR, "two": NOW + 2 * HOUR, "other": NOW, "free": NOW}
    assert forced == {}
    assert after == {"one": NOW, "two": NOW + 2 * HOUR, "other": NOW, "free": NOW}
    assert (row.held_until, row.next_due) == (None, NOW)


# --- what came of a poll ---------------------------------------------------------------------------------------------


def test_the_upstreams_that_are_due_come_in_order(defined: Store) -> None:
    """The longest waiting first, with all that is remembered of them."""
    with defined.write() as db:
        due_at(db, one=NOW, two=NOW - HOUR, other=NOW + SECOND)
        said = {"hints": '{"ttl": 5, "period": "daily", "frequency": 2, "skip_days": ["monday"], "skip_hours": [1, 2]}'}
        db.execute(sa.update(upstream).values(marks="a b", moved_to="v", moved_since=NOW, **said))
        ids = {name: row.id for name, row in rows(db, host).items()}
        found = polls.due_of(db, list(ids.values()), NOW)
        (first, second) = found[ids["a.example"]]

    assert [one.name for one in (first, second)] == ["two", "one"]
    assert found[ids["b.example"]] == []
    assert first.hints == Hints(
        ttl=5, period="daily", frequency=2, skip_days=frozenset({"monday"}), skip_hours=frozenset({1, 2})
    )
    assert (first.marks, first.move, first.since) == (frozenset({"a", "b"}), Move(url="v", since=NOW), NOW - HOUR)
    assert (first.pace, first.configured) == (Pace(), polls.configured_of(TWO))


def polled(store: Store, outcome: Outcome, change: dict[str, Any] | None = None, **due: Any) -> dict[str, Any]:
    """The upstream `one`, after a poll that had this outcome; `change` is what happened meanwhile."""
    with store.write() as db:
        due_at(db, one=NOW, two=NOW + 2 * HOUR, other=NOW + 3 * HOUR)
        (claim,) = hosts.claim(db, NOW, LEASE, 1)
        (found,) = polls.due_of(db, [claim.host_id], NOW)[claim.host_id]
        of = upstream.c.source_id == found.source_id
        if change:
            db.execute(sa.update(upstream).where(of).values(**change))
        found = replace(found, **due)
        polls.close(db, [(Poll(claim=claim, due=found, is_last=True), outcome)], NOW + SECOND)
        row = dict(rows(db, upstream)["one"]._mapping)
        return row | {"host": {name: one.next_due for name, one in rows(db, host).items()}}


def good(**more: Any) -> Outcome:
    """An outcome of which nothing but the next poll is known."""
    known: dict[str, Any] = {
        "following": Next(due=NOW + HOUR, pace=Pace(failures=1, haste=2), why="w"), "move": Move(url="v", since=NOW),
    }  # fmt: skip
    return Outcome(**known | more)


def test_an_answer_is_remembered(defined: Store) -> None:
    """With it, its host is free, and due with the next of its upstreams."""
    full = good(
        validators=Validators(etag='"2"', last_modified="y", url="u"), body_hash="b", marks=("n", "m"),
        hints=Hints(ttl=5), is_changed=True, problems=["p"], hold={"b.example": NOW + 9 * HOUR},
    )  # fmt: skip
    row = polled(defined, full)
    expected = {
        "next_due": NOW + HOUR, "failures": 1, "haste": 2, "why": "w", "moved_to": "v", "moved_since": NOW,
        "polled_at": NOW + SECOND, "succeeded_at": NOW + SECOND, "changed_at": NOW + SECOND, "error": None,
        "etag": '"2"', "last_modified": "y", "validated_url": "u", "body_hash": "b", "marks": "n m",
    }  # fmt: skip

    assert {name: row[name] for name in expected} == expected
    assert '"ttl": 5' in row["hints"]
    assert "p" in row["problems"]
    assert row["host"] == {"a.example": NOW + HOUR, "b.example": NOW + 9 * HOUR}


def test_an_answer_without_news_keeps_what_there_is(defined: Store) -> None:
    """Only the time of the next poll and what is wrong now are its own."""
    kept = {
        "etag": "e",
        "last_modified": "l",
        "validated_url": "u",
        "body_hash": "b",
        "marks": "m",
        "hints": "{}",
        "problems": "[]",
    }
    before = kept | {"hints": None}
    row = polled(defined, good(error="broken", move=None), before)

    assert {name: row[name] for name in before} == before
    assert (row["error"], row["succeeded_at"], row["changed_at"]) == ("broken", None, None)
    assert (row["polled_at"], row["moved_to"], row["moved_since"]) == (NOW + SECOND, None, None)


def test_hints_that_are_taken_back_are_forgotten(defined: Store) -> None:
    """A feed without hints has none."""
    hints = '{"ttl": 5, "period": null, "frequency": 1, "skip_days": [], "skip_hours": []}'

    assert polled(defined, good(hints=Hints()), {"hints": hints})["hints"] is None


def test_a_poll_in_time_needs_no_reason(defined: Store) -> None:
    """The operator reads one only where something is unusual."""
    assert polled(defined, good(following=Next(due=NOW + HOUR, pace=Pace())))["why"] is None


@pytest.mark.parametrize(
    "change",
    [{"url": "https://new.example/"}, {"configured": "other"}, {"configured": None}, {"next_due": None}],
    ids=["another URL", "other settings", "an older release", "no longer configured"],
)  # fmt: skip
def test_an_answer_to_what_does_not_count_any_more_is_not_remembered(defined: Store, change: dict[str, Any]) -> None:
    """The upstream stays as the change left it; its host is free all the same."""
    row = polled(defined, good(), change)

    assert (row["polled_at"], row["failures"]) == (None, 0)
    assert row["next_due"] == change.get("next_due", NOW)


def test_an_answer_of_an_older_release_is_remembered(defined: Store) -> None:
    """A row without a digest of its settings is compared as well."""
    assert polled(defined, good(), {"configured": None}, configured=None)["failures"] == 1


def test_a_feed_that_moved_is_asked_at_its_new_host(defined: Store) -> None:
    """From the next poll on."""
    row = polled(defined, good(url="https://b.example/new"))

    assert row["url"] == "https://b.example/new"
    assert row["host"] == {"a.example": NOW + 2 * HOUR, "b.example": NOW + HOUR}


def test_a_host_is_kept_until_its_last_poll(defined: Store) -> None:
    """Polls before that one only save what they found."""
    with defined.write() as db:
        due_at(db, one=NOW)
        (claim,) = hosts.claim(db, NOW, LEASE, 1)
        due: list[Due] = polls.due_of(db, [claim.host_id], NOW)[claim.host_id]
        polls.close(db, [(Poll(claim=claim, due=due[0], is_last=False), good())], NOW)
        row = rows(db, host)["a.example"]

    assert (row.next_due, row.leased_until) == (NOW + LEASE, NOW + LEASE)


def test_a_stored_digest_of_settings_stays_what_it_was() -> None:
    """A release that computes it otherwise polls every source anew."""
    assert polls.configured_of(ONE) == "1093c6fa14483d7ebfac92d582e60f13"
