"""Republishes seed articles and upstream feeds as sanitised RSS, Atom and JSON feeds."""

__version__ = "0.1.0"
