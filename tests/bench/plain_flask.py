"""The server that `serving.py` compares with: a plain Flask view with the finished bytes in a dictionary."""

import os
from pathlib import Path

from flask import Flask, Response, request

app = Flask(__name__)

#: Path → bytes that are already compressed, as the folder FEEDSVC_BENCH_FILES has them.
FILES = {
    f"/{file.name}": file.read_bytes()
    for file in sorted(Path(os.environ.get("FEEDSVC_BENCH_FILES", ".")).glob("*.rss.gz"))
}


@app.get("/<name>")
def feed(name: str) -> Response:
    """The bytes, with an ETag."""
    response = Response(FILES[f"/{name}"], content_type="application/rss+xml; charset=utf-8")
    response.content_encoding = "gzip"
    response.set_etag("one")
    response.make_conditional(request)
    return response
