"""For a WSGI server: `granian --interface wsgi feedsvc.wsgi:app`. Reads the configuration from the environment."""

import logging
import os
import sys

from flask import Flask

from feedsvc.cli import set_up_logging
from feedsvc.config import find, load
from feedsvc.errors import FeedsvcError
from feedsvc.store import holding, migrate, open_store
from feedsvc.web import create_app

log = logging.getLogger(__name__)

#: Seconds: after a change of site.base_url, the processes before have to end first.
PATIENCE = 20


def _app() -> Flask:
    set_up_logging()
    try:
        config = load(find(os.environ), os.environ)
        store = open_store(config.database_url)
        migrate.prepare(store)
        held = holding.publish_for_good(store, config.site.base_url, PATIENCE)
    except FeedsvcError as error:
        log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
        sys.exit(1)
    made = create_app(config, store)
    made.extensions["feedsvc.held"] = held
    return made


app = _app()
