"""
The faults of filters that anybody can send. Pure.

The texts of pages have a reason for each (`Texts.faults`), because pages say it in their own language.
"""

from feedsvc.errors import Fault, FilterError
from feedsvc.texts import LANGUAGES

#: Remedies of a configuration that differ from those of a view.
CONFIGURED = {
    "length": "write a pattern of 1 to {most} characters; a list of words is `words: [甲, 乙]`",
    "around": "look-around does not exist here; write both patterns as filters, the one that must not occur in `none`: "
    "{{all: [{{title: 华为}}, {{none: [{{title: 手机}}]}}]}}",
    "mistyped_flags": "a flag is written as `(?{flags})`; `(?i)` is not needed here, because case does not count",
}


def faulty(code: str, **values: str | int) -> FilterError:
    """An error with one fault. `code` is its name in `Texts.faults`, and `values` are the values in the text."""
    return FilterError((Fault((), LANGUAGES["en"].fault_text(code, values), code, values),))


def configured(error: FilterError) -> FilterError:
    """The faults of a configuration: they name what may stand in it."""
    texts = LANGUAGES["en"]
    return FilterError([
        one._replace(reason=texts.placed(CONFIGURED[one.code], one.values)) if one.code in CONFIGURED else one
        for one in error.faults
    ])  # fmt: skip
