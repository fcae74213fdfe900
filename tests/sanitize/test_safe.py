"""The passes that make HTML safe stand apart."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "feedsvc"
SAFE = PACKAGE / "sanitize" / "safe"

#: Stored texts were safe when they were saved.
STORE = PACKAGE / "store"

#: Modules besides `safe` that say that a text is safe HTML → why it is.
JOINERS = {
    "publish/views.py": "safe HTML whose Chinese texts change script, and no tag",
    "sanitize/attachments.py": "a list of escaped names and checked addresses",
    "sanitize/fields.py": "a line of escaped names and checked addresses",
    "sanitize/listing.py": "a list of escaped titles and checked addresses",
    "sanitize/html.py": "a notice and what the chain gave, or nothing",
}


def _makes_safe_html(path: Path) -> bool:
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Name) and call.func.id == "SafeHtml" for call in calls)


def test_safe_html_is_made_in_few_places() -> None:
    """A text is called safe in `safe`, and where safe texts are joined: a review has these places to read."""
    paths = (path for path in PACKAGE.rglob("*.py") if not {SAFE, STORE}.intersection(path.parents))
    makers = {path for path in paths if _makes_safe_html(path)}

    assert {str(path.relative_to(PACKAGE)) for path in makers} == JOINERS.keys()
