"""
What arrives, compared with what is stored. Pure.

`matching` says which stored entry of its source an item is, `decision` what happens to the entry, `stories` which
entries of other sources are the same piece.
"""

from feedsvc.merge.decision import Change, Decision, Insert, Skip, Stored, Update, decide
from feedsvc.merge.matching import Signs, match
from feedsvc.merge.stories import Piece, is_same_piece

__all__ = [
    "Change",
    "Decision",
    "Insert",
    "Piece",
    "Signs",
    "Skip",
    "Stored",
    "Update",
    "decide",
    "is_same_piece",
    "match",
]
