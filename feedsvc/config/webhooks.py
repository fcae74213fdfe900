"""Makes the webhooks of the sections `feeds` and `categories`."""

import base64
from collections.abc import Iterator
from urllib.parse import urlsplit

from feedsvc.catalogue import ALL, FeedKind
from feedsvc.config.schema import Root, WebhookSection
from feedsvc.config.sources import user_agent
from feedsvc.config.values import SECRET_PREFIX
from feedsvc.model import FetchPolicy, Site, Webhook
from feedsvc.normalize import slug_key

#: Longest wait for the answer of a receiver, in seconds (Standard Webhooks 1.0, "Timeouts").
MOST_SECONDS = 15


def webhooks_of(root: Root, site: Site) -> tuple[Webhook, ...]:
    """The webhooks that a valid configuration asks for."""
    return tuple(_webhooks(root, site))


def _webhooks(root: Root, site: Site) -> Iterator[Webhook]:
    for name, feed in root.feeds.items():
        if feed.webhook:
            yield _webhook("all" if slug_key(name) == ALL else "defined", name, root, site, feed.webhook)
    for name, category in root.categories.items():
        if category and category.webhook:
            yield _webhook("category", name, root, site, category.webhook)


def _webhook(kind: FeedKind, name: str, root: Root, site: Site, section: WebhookSection) -> Webhook:
    key = base64.b64decode(section.secret.removeprefix(SECRET_PREFIX))
    return Webhook(kind=kind, name=name, url=section.url, secret=key, policy=_policy(root, site, section))


def _policy(root: Root, site: Site, section: WebhookSection) -> FetchPolicy:
    """How messages are sent. The operator chose the port of the address, so it is allowed."""
    port = urlsplit(section.url).port
    return FetchPolicy(
        user_agent=root.http.user_agent or user_agent(site),
        allow_private=section.allow_private,
        ports=frozenset({port} if port else ()),
        networks=tuple(sorted(root.http.allow_networks)),
        timeout=min(root.http.timeout, MOST_SECONDS),
        proxy=root.http.proxy,
    )
