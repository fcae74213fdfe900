"""What the sanitiser removed is counted by kind."""

import pytest

from feedsvc.sanitize.html import clean
from feedsvc.sanitize.removed import removed


@pytest.mark.parametrize(
    ("html", "lost"),
    [
        ("<p>正文</p>", {}),
        ('<p>正文<img src="https://example.org/1.png"></p>', {}),
        ("<p>正文</p><script>alert('<img>')</script>", {"scripts": 1}),
        ("<style>p {color: red}</style><p>正文</p><SCRIPT src=x></SCRIPT>", {"scripts": 1, "styles": 1}),
        ('<p onclick="a()" title="x" ONLOAD=b()>正文</p>', {"handlers": 2}),
        ('<p>正文</p><iframe src="https://ads.example/x"></iframe>', {"frames": 1}),
        ("<form action=x><input name=a>正文<button>送</button></form>", {"forms": 3}),
        ('<p>正文<img src="javascript:alert(1)"></p>', {"pictures": 1}),
    ],
)
def test_removed_elements_are_counted(html: str, lost: dict[str, int]) -> None:
    """Each removed element and handler counts once, under its kind; what stays does not count."""
    assert removed(html, clean(html).html) == lost
