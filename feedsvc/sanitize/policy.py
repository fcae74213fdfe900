"""
The version of all tables that decide what comes out, and the widths of what is cut.

The tables: the elements (`feedsvc/elements/table.py`), what is safe (`safe/policy.py`), what is good to read
(`readable/policy.py`), jump links (`feedsvc/jumps.py`).
"""

#: Goes up by one with every change of what comes out for the same input: stored entries are then made again.
#: `tests/sanitize/test_policy_version.py` fails where a table has changed and this has not.
POLICY_VERSION = 6

#: Columns (a Chinese character counts two): about three lines in a reader's list.
SUMMARY_WIDTH = 280
TITLE_WIDTH = 400
NAME_WIDTH = 100
