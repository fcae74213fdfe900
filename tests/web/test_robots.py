"""What robots are told in /robots.txt."""

import pytest

from feedsvc.config.load import Robots
from feedsvc.store import Store
from feedsvc.web.robots import text
from tests.conftest import CONFIG, Folder
from tests.data.samples import client


@pytest.mark.parametrize(
    ("robots", "licenses", "expected"),
    [
        (Robots(), [], "User-agent: *\nAllow: /\n"),
        (Robots(is_allowed=False), [], "User-agent: *\nDisallow: /\n"),
        (
            Robots(signals=(("search", True), ("ai-input", False), ("ai-train", False))), [],
            "User-agent: *\nContent-Signal: search=yes, ai-input=no, ai-train=no\nAllow: /\n",
        ),
        (
            Robots(refused=("GPTBot", "CCBot")), [],
            "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n",
        ),
        (
            Robots(), ["https://a.example/l.xml", "https://b.example/l.xml"],
            "License: https://a.example/l.xml\nLicense: https://b.example/l.xml\n\nUser-agent: *\nAllow: /\n",
        ),
    ],
    ids=["all", "none", "signals", "some robots", "licences"],
)  # fmt: skip
def test_text(robots: Robots, licenses: list[str], expected: str) -> None:
    """A signal stands in the group of all robots. A licence stands in no group. Refused robots have a group."""
    assert text(robots, licenses) == expected


ROBOTS = """\
web: {robots: {signals: {ai-train: no, search: yes}, disallow: [GPTBot]}}
"""


def test_the_configuration_decides(folder: Folder, store: Store) -> None:
    """The answer has the configured lines, and the licence of each source that is not private, with validators."""
    sources = (
        "  b: {kind: seeds, path: seeds, rights: {kind: licensed, license: 'https://b.example/l.xml'}}\n"
        "  c: {kind: seeds, path: seeds, rights: {kind: private, license: 'https://c.example/l.xml'}}\n"
    )
    folder.configure(CONFIG + sources + ROBOTS)
    web = client(folder, store)
    response = web.get("/robots.txt")
    again = web.get("/robots.txt", headers={"If-None-Match": response.headers["ETag"]})

    assert response.content_type == "text/plain; charset=utf-8"
    assert response.text == (
        "License: https://b.example/l.xml\n\nUser-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\n"
        "User-agent: GPTBot\nDisallow: /\n"
    )
    assert again.status_code == 304
    assert {"Last-Modified", "Cache-Control"} <= set(response.headers.keys())
