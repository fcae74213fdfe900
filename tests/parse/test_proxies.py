"""Picture proxies: the picture's own address, or the address as it was."""

import pytest

from feedsvc.parse.proxies import unproxied


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://cors.zfour.workers.dev/?https://i.example/1.png?x=1&y=2", "https://i.example/1.png?x=1&y=2"),
        ("https://cors.zfour.workers.dev/?https%3A%2F%2Fi.example%2F1.png", "https://i.example/1.png"),
        ("https://images.weserv.nl/?url=i.example/1.png&w=300", "http://i.example/1.png"),
        ("https://images.weserv.nl/?w=300&url=ssl:i.example/1.png", "https://i.example/1.png"),
        ("https://wsrv.nl/?url=https%3A%2F%2Fi.example%2F1.png%3Fa%3D1", "https://i.example/1.png?a=1"),
        ("//wsrv.nl/?url=https://i.example/1.png", "//wsrv.nl/?url=https://i.example/1.png"),
        ("https://i0.wp.com/i.example/a/1.png?resize=640%2C480&ssl=1", "https://i.example/a/1.png"),
        ("https://i2.wp.com/i.example/1.png", "http://i.example/1.png"),
        (
            "https://external-content.duckduckgo.com/iu/?u=https%3A%2F%2Fi.example%2F1.png&f=1",
            "https://i.example/1.png",
        ),
        ("https://wsrv.nl/?url=https://cors.zfour.workers.dev/?https://i.example/1.png", "https://i.example/1.png"),
        ("https://i0.wp.com/local.png", "https://i0.wp.com/local.png"),
        ("https://cors.zfour.workers.dev/?undefined", "https://cors.zfour.workers.dev/?undefined"),
        ("https://i.example/?url=https://other.example/1.png", "https://i.example/?url=https://other.example/1.png"),
        ("https://evil.example/https://wsrv.nl/?url=a.b/c", "https://evil.example/https://wsrv.nl/?url=a.b/c"),
    ],
)
def test_a_picture_has_its_own_address(url: str, expected: str) -> None:
    """A proxy whose target is certain goes; every other address stays as it is."""
    assert unproxied(url) == expected
