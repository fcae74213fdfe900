"""
A raw entry to an entry that is safe to publish. Pure.

`safe/` makes HTML safe: a security review reads it, and the table of elements. `readable/` makes HTML good to read: an
error there is a worse text, never an attack. `html.py` joins the two; `entry.py` has the other fields of an entry.

Import names from the modules: most commands need `fields` or `text` alone, without the parsers of `html`.
"""
