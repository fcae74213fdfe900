"""Picture proxies: the picture's own address, or the address as it was."""

import pytest

from feedsvc.parse.markdown import rendered
from feedsvc.parse.proxies import unproxied, unproxied_set


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://cors.zfour.workers.dev/?https://i.example/1.png?x=1&y=2", "https://i.example/1.png?x=1&y=2"),
        ("https://cors.zfour.workers.dev/?https%3A%2F%2Fi.example%2F1.png", "https://i.example/1.png"),
        ("https://images.weserv.nl/?url=i.example/1.png&w=300", "https://i.example/1.png"),
        ("https://images.weserv.nl/?w=300&url=ssl:i.example/1.png", "https://i.example/1.png"),
        ("https://wsrv.nl/?url=https%3A%2F%2Fi.example%2F1.png%3Fa%3D1", "https://i.example/1.png?a=1"),
        ("//wsrv.nl/?url=https://i.example/1.png", "//wsrv.nl/?url=https://i.example/1.png"),
        ("https://i0.wp.com/i.example/a/1.png?resize=640%2C480&ssl=1", "https://i.example/a/1.png"),
        ("https://i2.wp.com/i.example/1.png", "https://i.example/1.png"),
        ("HTTPS://wsrv.nl/?url=i.example/1.png", "https://i.example/1.png"),
        ("http://i2.wp.com/i.example/1.png", "http://i.example/1.png"),
        ("http://i2.wp.com/i.example/1.png?ssl=1", "https://i.example/1.png"),
        ("https://wsrv.nl/?url=http://i.example/1.png", "http://i.example/1.png"),
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
    """A proxy with a certain target is removed. Other addresses are unchanged."""
    assert unproxied(url) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (
            "https://i0.wp.com/i.example/a,b.png?w=300 300w,\n https://i0.wp.com/i.example/a.png, /c.png 2x",
            "https://i.example/a,b.png 300w,\n https://i.example/a.png, /c.png 2x",
        ),
        ("https://wsrv.nl/?url=i.example/1.png&w=2 2x", "https://i.example/1.png 2x"),
        ("https://i.example/1.png 1x, data:,x 2x", "https://i.example/1.png 1x, data:,x 2x"),
        ("", ""),
    ],
)
def test_so_has_each_of_several_sizes(candidates: str, expected: str) -> None:
    """Each address of a `srcset` is handled alone. Widths and densities are kept."""
    assert unproxied_set(candidates) == expected


def test_a_body_has_all_sizes_without_proxies() -> None:
    """A `srcset` in a body is handled like `src`."""
    body = '<img src="https://wsrv.nl/?url=i.example/1.png" srcset="https://i0.wp.com/i.example/2.png 2x">'

    assert (
        rendered(body, "a.html", None).html == '<img src="https://i.example/1.png" srcset="https://i.example/2.png 2x">'
    )
