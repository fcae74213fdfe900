"""Transactions beside each other on PostgreSQL lock the rows by which they decide, and wait for no circle of others."""

import random
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

import feedsvc.store.sources as source_store
from feedsvc.errors import StoreError
from feedsvc.store import Store, facts, hosts, tried
from feedsvc.store.hosts import HostClaim
from feedsvc.store.schema import host, source
from tests.conftest import NOW

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

LEASE = timedelta(seconds=60)


def _claims(store: Store, number: int) -> list[HostClaim]:
    with store.write() as db:
        for one in range(number):
            hosts.host_of(db, f"https://h{one}.example/")
        db.execute(sa.update(host).values(next_due=NOW))
        return hosts.claim(db, NOW, LEASE, number)


def test_renewals_and_results_wait_for_no_circle(store: Store) -> None:
    """Leases are renewed while results of some of these hosts are saved, in whatever order hosts were claimed."""
    claims = _claims(store, 40)
    random.Random(1).shuffle(claims)  # noqa: S311 - no secret
    failed: list[Exception] = []

    def repeat(some: list[HostClaim], *, is_renewing: bool) -> None:
        try:
            for _ in range(60):
                with store.write(is_shared=True) as db:
                    if is_renewing:
                        hosts.renew(db, claims, NOW + LEASE)
                    else:
                        hosts.mine(db, some)
                        db.execute(sa.text("SELECT pg_sleep(0.002)"))
        except StoreError as error:
            failed.append(error)

    threads = [
        threading.Thread(target=repeat, args=(some,), kwargs={"is_renewing": not some})
        for some in ([], claims[:9], claims[5:20])
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert failed == []


def test_a_source_is_read_by_one_transaction_at_a_time(store: Store) -> None:
    """The older pages of a source may be at another host: two claims do not make two writers of one source."""
    one, other = _claims(store, 2)
    with store.write() as db:
        source_id = source_store.find_or_add(db, "news")

    def ask() -> None:
        with store.write(is_shared=True) as beside:
            beside.execute(sa.text("SET LOCAL lock_timeout = 100"))
            facts.while_claimed(beside, source_id, other)

    with store.write(is_shared=True) as db:
        assert facts.while_claimed(db, source_id, one) is not None
        with pytest.raises(StoreError, match="lock timeout"):
            ask()


def test_a_transaction_that_met_a_deadlock_is_tried_again(store: Store) -> None:
    """Two transactions that wait for each other both end well, if they are tried."""
    with store.write() as db:
        ids = [source_store.find_or_add(db, name) for name in "ab"]
    both, done = threading.Barrier(2), list[int]()

    def change(order: list[int]) -> None:
        tries = iter(range(9))

        def transaction() -> None:
            with store.write(is_shared=True) as db:
                db.execute(sa.update(source).where(source.c.id == order[0]).values(held=1))
                if next(tries) == 0:
                    both.wait(30)
                db.execute(sa.update(source).where(source.c.id == order[1]).values(held=1))

        tried(transaction)
        done.append(next(tries))

    threads = [threading.Thread(target=change, args=(order,)) for order in (ids, ids[::-1])]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(done) == [1, 2]
