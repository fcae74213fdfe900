"""The number of new views that clients may ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import BEGINNING, View
from feedsvc.web import rate
from feedsvc.web.rate import CLIENT_RATE, CLIENT_TOKENS, PROCESS_RATE, PROCESS_TOKENS, Rate, client_network, cost

START = 1_795_521_600.0


def _taken(limits: Rate, client: str, now: float) -> int:
    """The number of tokens that a client gets at once."""
    taken = 0
    while not limits.take(client, 1, now):
        taken += 1
    return taken


def test_a_client_has_a_burst_and_a_rate() -> None:
    """A client may ask for some views at once, and later for as many as time has passed for."""
    limits = Rate()

    assert _taken(limits, "192.0.2.1", START) == CLIENT_TOKENS
    assert _taken(limits, "192.0.2.1", START + 5) == 5 * CLIENT_RATE
    assert _taken(limits, "192.0.2.1", START + 9999) == CLIENT_TOKENS


def test_clients_share_the_process() -> None:
    """Many clients get no more than the process can make, and a client that waits takes nothing from others."""
    limits = Rate()
    clients = [f"192.0.2.{number}" for number in range(100)]

    assert sum(_taken(limits, one, START) for one in clients) == PROCESS_TOKENS
    assert sum(_taken(limits, one, START + 2) for one in clients) == 2 * PROCESS_RATE


@given(tokens=st.lists(st.integers(1, 10), max_size=60))
def test_the_wait_is_long_enough(tokens: list[int]) -> None:
    """A client that comes back after the stated seconds gets its view, if nobody else asks."""
    limits, now = Rate(), START
    for one in tokens:
        if wait := limits.take("192.0.2.1", one, now):
            now += wait
            assert limits.take("192.0.2.1", one, now) == 0


def test_a_clock_that_is_set_back_gives_no_tokens() -> None:
    """A clock that jumps back gives no tokens, and keeps nobody waiting for the lost time."""
    limits = Rate()
    _taken(limits, "192.0.2.1", START)

    assert limits.take("192.0.2.1", 1, START - 3600) == 1
    assert limits.take("192.0.2.1", 1, START - 3599) == 0


def test_the_memory_of_clients_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many clients are remembered. The one that asked last is remembered longest."""
    monkeypatch.setattr(rate, "CLIENTS", 3)
    limits = Rate()
    for client in "abcad":
        limits.take(client, 1, START)

    assert list(limits.clients) == ["c", "a", "d"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8::1", "2001:db8::ffff:2"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_addresses_of_one_client(one: str, other: str) -> None:
    """A client with IPv6 is its network: it has all addresses there."""
    assert client_network(one) == client_network(other)


@pytest.mark.parametrize(
    ("one", "other"), [("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8:0:1::1"), ("", "unix")]
)
def test_addresses_of_two_clients(one: str, other: str) -> None:
    """Other addresses are other clients."""
    assert client_network(one) != client_network(other)


@pytest.mark.parametrize(
    ("view", "tokens"),
    [
        (View(limit=1), 1),
        (View(limit=50), 1),
        (View(limit=51), 2),
        (View(limit=500), 10),
        (View(brief=100), 1),
        (View(after=BEGINNING), 2),
        (View(after=BEGINNING, limit=10), 1),
    ],
)
def test_a_large_view_costs_more(view: View, tokens: int) -> None:
    """A view costs by its entries."""
    assert cost(view) == tokens
