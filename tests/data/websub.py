"""
Flask-WebSub, a hub and a subscriber that are not ours.

It brings a folder `tests` of its own, so it has a place beside the other packages:

    .venv/bin/pip install --target .venv/hub --no-deps Flask-WebSub==0.4.1 requests urllib3 certifi
"""

import sys
from pathlib import Path
from typing import Any

import pytest

#: Where the packages are.
PLACE = Path(sys.prefix) / "hub"

MISSING = ".venv/bin/pip install --target .venv/hub --no-deps Flask-WebSub==0.4.1 requests urllib3 certifi"


def flask_websub(name: str) -> Any:
    """The module `flask_websub.<name>`. The test is skipped where it is not installed."""
    sys.path.append(str(PLACE))
    try:
        return pytest.importorskip(f"flask_websub.{name}", reason=MISSING)
    finally:
        sys.path.remove(str(PLACE))
