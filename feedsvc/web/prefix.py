"""The path prefix of base_url, as WSGI middleware."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class WithoutPrefix:
    """
    Removes base_url's path prefix from the path of a request that has it.

    A reverse proxy may keep or remove the prefix. Both work. The prefix may equal a path of our own (`/feeds`). So it
    is removed only if the rest is an address that the application serves.
    """

    def __init__(self, app: Flask, prefix: str) -> None:
        self.app = app.wsgi_app
        self.urls = app.url_map.bind("")
        self.prefix = prefix.encode().decode("latin-1")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, with the prefix removed."""
        path = environ.get("PATH_INFO", "")
        if path == self.prefix or path.startswith(self.prefix + "/"):
            rest = path[len(self.prefix) :] or "/"
            if self.urls.test(rest.encode("latin-1").decode("utf-8", "replace"), "GET"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self.prefix
                environ["PATH_INFO"] = rest
        return self.app(environ, start_response)
