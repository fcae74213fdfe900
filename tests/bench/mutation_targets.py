"""The modules whose rules `tests.bench.mutation` takes out, and the tests that should notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A module, and its tests: narrow and quick, because they run for each mutation."""

    name: str
    module: str
    tests: tuple[str, ...]
    #: An expression of `pytest -k` that leaves out tests that are slow, or need a process or PostgreSQL.
    without: str = ""


TARGETS = (
    Target(
        name="guard", module="feedsvc.fetch.guard", tests=("tests/fetch/test_guard.py",),
        without="not redirect and not changes_its_mind and not leads_home and not one_policy",
    ),
    Target(name="decision", module="feedsvc.merge.decision", tests=("tests/test_merge.py",)),
    Target(name="matching", module="feedsvc.merge.matching", tests=("tests/test_matching.py",)),
    Target(name="schedule", module="feedsvc.schedule", tests=("tests/test_schedule.py",), without="not every_wait"),
)  # fmt: skip
