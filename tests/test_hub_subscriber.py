"""A subscriber that is not ours (Flask-WebSub) subscribes to our hub, renews, gets documents, and unsubscribes."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask
import pytest
import trustme
from werkzeug.serving import make_server

from feedsvc.cli.delivering import deliver
from feedsvc.store import Store
from feedsvc.store.clock import utc_now
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, Folder, free_port, seed
from tests.data.websub import flask_websub

library = flask_websub("subscriber")


@contextmanager
def served(app: Any, port: int, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    """Serve an application on a port of loopback."""
    server = make_server("127.0.0.1", port, app, threaded=True, ssl_context=tls)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join(5)
    server.server_close()


class Subscriber:
    """The application with the library, and what its handlers were told."""

    def __init__(self, path: Path, port: int) -> None:
        self.app = flask.Flask("subscriber")
        self.app.config["SERVER_NAME"] = f"127.0.0.1:{port}"
        database = str(path / "subscriber.sqlite3")
        stores = (
            library.SQLite3SubscriberStorage(database),
            library.SQLite3TempSubscriberStorage(database),
        )
        self.library = library.Subscriber(*stores)
        self.app.register_blueprint(self.library.build_blueprint("/callbacks"))
        self.bodies: list[bytes] = []
        self.modes: list[str] = []
        self.library.add_listener(lambda _topic, _callback, body: self.bodies.append(body))
        self.library.add_success_handler(lambda _topic, _callback, mode: self.modes.append(mode))


def test_another_program_uses_the_hub(
    folder: Folder, store: Store, take_in: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds the hub by the header, checks our signature, and its handlers get the document that everybody gets."""
    port, callbacks = free_port(), free_port()
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    ours = CONFIG.replace("https://feeds.example.org", f"https://127.0.0.1:{port}").replace(
        "site: {", "site: {hub: own, "
    )
    folder.configure(f"{ours}web: {{hub: {{allow_networks: [127.0.0.0/8], allow_ports: [{callbacks}]}}}}\n")
    folder.write("a.txt", seed("甲"))
    take_in()
    site, other = create_app(folder.config(), store), Subscriber(tmp_path, callbacks)

    def work() -> None:
        deliver(folder.config(), store, lambda: False, utc_now)

    with served(site, port, tls), served(other.app, callbacks), other.app.app_context():
        found = library.discover(f"https://127.0.0.1:{port}/feeds/all.rss")
        name = other.library.subscribe(**found, lease_seconds=100_000)
        work()
        folder.write("b.txt", seed("乙"))
        take_in(NOW)
        work()
        subscription = other.library.storage[name]
        other.library.renew(name)
        work()
        other.library.unsubscribe(name)
        work()
        folder.write("c.txt", seed("丙"))
        take_in(NOW)
        work()

    assert found["hub_url"] == f"https://127.0.0.1:{port}/hub"
    assert (other.modes, subscription["lease_seconds"]) == (["subscribe", "subscribe", "unsubscribe"], 100_000)
    (body,) = other.bodies
    assert "乙" in body.decode()
