"""For a WSGI server: `granian --interface wsgi feedsvc.wsgi:app`. Reads the configuration from the environment."""

import logging
import os
import signal
import sys
from datetime import UTC, datetime

from flask import Flask

from feedsvc.cli.logs import begin_service
from feedsvc.cli.objects import address_taken, configuration
from feedsvc.cli.serving import warn_of_address
from feedsvc.errors import FeedsvcError
from feedsvc.store import holding, migrate, open_store, opening
from feedsvc.web import create_app

log = logging.getLogger(__name__)

#: Seconds: when a server reads its configuration again, its former processes end after the new ones have begun.
PATIENCE = 20


def _app() -> Flask:
    begin_service()
    try:
        config = configuration()
        warn_of_address(config)
        store = open_store(config.database_url)
        migrate.prepare(store)
        if not store.is_fixed:
            # Whoever subscribes from now on gets a feed, also if nothing was imported yet.
            opening.announce(store, config.catalogue, datetime.now(UTC))

        def lost(other: str) -> None:
            log.error("%s", address_taken(config, other))
            os.kill(os.getpid(), signal.SIGTERM)

        try:
            held = holding.publish_for_good(store, config.site.base_url, lost, PATIENCE)
        except holding.OtherAddressError as error:
            raise FeedsvcError(address_taken(config, error.other)) from error
    except FeedsvcError as error:
        log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
        sys.exit(1)
    made = create_app(config, store)
    made.extensions["feedsvc.held"] = held
    return made


app = _app()
