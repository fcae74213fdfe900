"""For a WSGI server: `granian --interface wsgi feedsvc.wsgi:app`. Reads the configuration from the environment."""

import os
import sys

from flask import Flask

from feedsvc.cli import set_up_logging
from feedsvc.config import find, load
from feedsvc.errors import FeedsvcError
from feedsvc.store import migrate, open_store
from feedsvc.web import create_app


def _app() -> Flask:
    set_up_logging()
    try:
        config = load(find(os.environ), os.environ)
        store = open_store(config.database_url)
        migrate.prepare(store)
    except FeedsvcError as error:
        sys.exit(str(error))
    return create_app(config, store)


app = _app()
