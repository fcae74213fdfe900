"""Names of months and weekdays."""

import subprocess
import sys

import pytest
from babel import Locale

from feedsvc.normalize.names import AMBIGUOUS, LANGUAGES, _cldr_names, _names_in, is_weekday, month


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("July", 7), ("jul.", 7), ("июля", 7), ("ИЮЛЬ", 7), ("août", 8), ("aout", 8), ("déc.", 12), ("März", 3),
        ("Jänner", 1), ("Kasım", 11), ("KASIM", 11), ("d’agost", 8), ("de juliol", 7), ("listopadu", 11),
        ("كانون الثاني", 1), ("七月", 7), ("Οκτωβρίου", 10), ("ต.ค.", 10), ("setiembre", 9),
        ("mars", 3), ("maj", 5), ("mai", 5), ("mar", 3), ("Lok", 10), ("loka", 10), ("Octob", 10),
    ],
)  # fmt: skip
def test_a_month_is_known_in_its_cases_and_spellings(name: str, number: int) -> None:
    """A month is recognised in any case, accent, grammatical case and abbreviation."""
    assert month(name) == number


@pytest.mark.parametrize(
    "name", ["listopad", "listopada", "lip", "lis", "srp", "jui", "Lo", "list", "Listo", "", " ", "foo", "1", "\ud800"]
)
def test_a_name_of_two_months_or_none_is_no_month(name: str) -> None:
    """`listopad` is November in Polish and October in Croatian, so it is refused."""
    assert month(name) is None


@pytest.mark.parametrize("name", ["Mon", "Monday", "Пн", "понедельник", "Mo.", "lun.", "segunda-feira", "Thứ Hai"])
def test_a_weekday_is_known(name: str) -> None:
    """Weekdays are distinguished from unknown words."""
    assert is_weekday(name)


@pytest.mark.parametrize("name", ["July", "listopad", "foo", ""])
def test_another_word_is_no_weekday(name: str) -> None:
    """A weekday is ignored in a date, so no other word may count as one."""
    assert not is_weekday(name)


@pytest.mark.parametrize("language", [one for languages in LANGUAGES.values() for one in languages.split()])
def test_every_language_has_names(language: str) -> None:
    """Babel has names for each language of the table. Some write months as numbers."""
    months, weekdays = _names_in(language)

    assert set(months.values()) in (set(range(1, 13)), set())
    assert len(weekdays) >= 7


@pytest.mark.parametrize("languages", LANGUAGES.values(), ids=LANGUAGES)
def test_a_name_has_one_meaning_in_all_languages(languages: str) -> None:
    """The order of languages does not matter: every ambiguous name is in the table."""
    meanings: dict[str, set[int]] = {}
    for language in languages.split():
        for key, number in _cldr_names(Locale.parse(language).months):
            meanings.setdefault(key, set()).add(number)

    assert {name for name, numbers in meanings.items() if len(numbers) > 1} <= AMBIGUOUS


def test_usual_dates_load_no_names() -> None:
    """Babel is loaded only for a date in another language."""
    code = (
        "import sys; from datetime import UTC; from feedsvc.normalize import parse_date;"
        "parse_date('Mon, 25 Jul 2022 14:48:32 GMT', UTC); parse_date('2022年7月25日 星期一 14:48', UTC);"
        "parse_date('July 25, 2022 2:48 PM', UTC); sys.exit('babel' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
