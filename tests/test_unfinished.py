"""An answer that breaks off, from a real server into the store: what is whole of it, and the whole of it next time."""

from datetime import timedelta

import pytest

from feedsvc.store import Store
from tests.conftest import Folder
from tests.data.feeds import articles, json_feed, rss
from tests.data.upstream import answer, serving
from tests.test_upstreams import NEWS, Polls

DAY = timedelta(days=1)


@pytest.mark.parametrize("write", [rss, json_feed])
def test_what_breaks_off_is_asked_for_again(folder: Folder, store: Store, write) -> None:  # type: ignore[no-untyped-def]
    """Without the validators of the part, and the same bytes do not count as known."""
    some, poll = articles(12), Polls(folder, store)
    whole = write(some)
    part = whole[: whole.rindex(some[11].title) + 5]
    with serving() as upstream:
        poll.configure(NEWS, upstream)
        upstream.answers["/feed"] = answer(part, etag='"1"', last_modified="Tue, 03 Mar 2026 08:00:00 GMT")
        (first,) = poll.run()
        poll.run(DAY)
        upstream.answers["/feed"] = answer(whole, etag='"1"')
        last = poll.counts(DAY)
        poll.run(DAY)

    assert first.counts["new"] == 11
    assert "only a part of a feed" in first.problems[0]
    assert last["new"] == 1
    assert len(poll.entries()) == 12
    asked = [request.headers.get("if-none-match") for request in upstream.requests if request.target == "/feed"]
    assert asked == [None, None, None, '"1"']


def test_a_feed_that_is_only_mended_keeps_its_validators(folder: Folder, store: Store) -> None:
    """A feed whose broken markup was only repaired is whole, so its validators are kept."""
    poll = Polls(folder, store)
    with serving() as upstream:
        poll.configure(NEWS, upstream)
        upstream.answers["/feed"] = answer(rss(articles(3), head="<copyright>A & B</copyright>"), etag='"1"')
        poll.run()
        poll.run(DAY)

    asked = [request.headers.get("if-none-match") for request in upstream.requests if request.target == "/feed"]
    assert asked == [None, '"1"']
