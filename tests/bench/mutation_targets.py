"""The modules whose rules `tests.bench.mutation` takes out, and the tests that should notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A module, and its tests: narrow and quick, because they run for each mutation."""

    name: str
    module: str
    tests: tuple[str, ...]
    #: An expression of `pytest -k`: without tests that are slow, or need a process or PostgreSQL.
    chosen: str = ""
    #: The functions that are mutated; empty for the whole module.
    only: tuple[str, ...] = ()
    #: Whether it is mutated, and not only its rules are taken out.
    is_whole: bool = True


#: Of tests of dates: those of Hypothesis, and those of huge texts.
QUICK_DATES = "not survives and not any_text and not is_the_source_s and not huge"
CHARSETS = (
    "tests/parse/test_charset.py", "tests/parse/test_rules_charset.py", "tests/parse/test_rules_guessed.py",
)  # fmt: skip
#: Of tests of bounds: those that sanitise huge texts.
QUICK_BOUNDS = "has_a_reason or within_bounds or files_in_addresses or test_rules_bounds"
SCHEDULE = ("tests/test_schedule.py", "tests/test_limits.py", "tests/schedule/test_rules_schedule.py")

TARGETS = (
    Target(
        name="guids", module="feedsvc.identity.guids",
        tests=("tests/identity/test_identity.py", "tests/identity/test_rules_identity.py"),
        chosen="not different_paths and not ids_in_atom",
    ),
    Target(
        name="hashing", module="feedsvc.identity.hashing",
        tests=("tests/identity/test_identity.py", "tests/identity/test_rules_identity.py"),
        chosen="not different_paths and not ids_in_atom",
    ),
    Target(
        name="decision", module="feedsvc.merge.decision",
        tests=("tests/test_merge.py", "tests/merge/test_rules_decision.py"),
    ),
    Target(
        name="matching", module="feedsvc.merge.matching",
        tests=("tests/test_matching.py", "tests/merge/test_rules_matching.py"),
    ),
    Target(name="stories", module="feedsvc.merge.stories", tests=("tests/merge/test_rules_stories.py",)),
    Target(
        name="waits", module="feedsvc.schedule.waits", tests=SCHEDULE, chosen="not every_wait and not whatever_it",
    ),
    Target(
        name="limits", module="feedsvc.schedule.limits", tests=SCHEDULE[1:], chosen="not whatever_it",
    ),
    Target(
        name="guard", module="feedsvc.fetch.guard",
        tests=("tests/fetch/test_guard.py", "tests/fetch/test_rules_guard.py"),
        chosen="not redirect and not changes_its_mind and not leads_home and not one_policy and not a_connection "
        "and not after_its_check and not a_proxy_is",
    ),
    Target(name="dial", module="feedsvc.fetch.dial", tests=("tests/fetch/test_rules_guard.py",)),
    # Only the rules of the client are taken out, because each mutation costs a connection.
    Target(
        name="client", module="feedsvc.fetch.client", tests=("tests/fetch/test_guard.py",), is_whole=False,
        chosen="before_a_connection or after_its_check or a_proxy_is",
    ),
    Target(
        name="dates", module="feedsvc.normalize.dates",
        tests=("tests/normalize/test_dates.py", "tests/normalize/test_rules_dates.py"), chosen=QUICK_DATES,
    ),
    Target(
        name="days", module="feedsvc.normalize.days",
        tests=("tests/normalize/test_dates.py", "tests/normalize/test_rules_days.py"), chosen=QUICK_DATES,
    ),
    Target(
        name="zones", module="feedsvc.normalize.zones",
        tests=("tests/normalize/test_dates.py", "tests/normalize/test_rules_zones.py"), chosen=QUICK_DATES,
    ),
    Target(name="charset", module="feedsvc.parse.charset", tests=CHARSETS),
    Target(name="guessed", module="feedsvc.parse.guessed", tests=CHARSETS),
    Target(name="gate", module="feedsvc.sanitize.safe.gate", tests=("tests/sanitize/test_rules_gate.py",)),
    Target(
        name="accept", module="feedsvc.sanitize.safe.accept",
        tests=("tests/sanitize/test_accept.py", "tests/sanitize/test_rules_accept.py"),
        chosen="not changed_by_nobody",
    ),
    Target(
        name="bounds", module="feedsvc.sanitize.safe.bounds",
        tests=("tests/sanitize/test_bounds.py", "tests/sanitize/test_rules_bounds.py"), chosen=QUICK_BOUNDS,
    ),
    Target(
        name="hosts", module="feedsvc.store.hosts", tests=("tests/store/test_rules_polls.py",),
        chosen="not postgresql",
    ),
    Target(
        name="polls", module="feedsvc.store.polls", tests=("tests/store/test_rules_polls.py",),
        chosen="not postgresql",
    ),
    Target(
        name="window", module="feedsvc.store.windows", tests=("tests/store/test_rules_window.py",),
        chosen="not postgresql", only=("select_window",),
    ),
    Target(name="brake", module="feedsvc.update.seeds.brake", tests=("tests/update/test_rules_brake.py",)),
    Target(
        name="adopt", module="feedsvc.update.adopt", tests=("tests/update/test_rules_adopt.py",),
        only=("match", "_by_title", "_is_close", "_distance", "_unique"),
    ),
)  # fmt: skip
