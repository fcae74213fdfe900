"""The files of all pages: stylesheet, script, icon."""

from pathlib import Path

FOLDER = Path(__file__).parent / "static"

#: The end of a name → media type.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}

#: Name → bytes and media type.
ASSETS = {
    file.name: (file.read_bytes(), TYPES[file.suffix]) for file in sorted(FOLDER.iterdir()) if file.suffix in TYPES
}
