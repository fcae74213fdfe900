"""
A raw entry to an entry that is safe to publish. Pure.

`safe/` makes HTML safe: a security review reads it, and the table of elements. `readable/` makes HTML good to read: an
error there is a worse text, never an attack. `html.py` joins the two; `entry.py` has the other fields of an entry.
"""

from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.fields import names, source_line, source_title, summary_text
from feedsvc.sanitize.html import sanitize_html
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.sanitize.text import strip_markup

__all__ = [
    "POLICY_VERSION",
    "names",
    "sanitize",
    "sanitize_html",
    "source_line",
    "source_title",
    "strip_markup",
    "summary_text",
]
