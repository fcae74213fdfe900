"""
An arriving item, compared with the stored entries. Pure.

`matching` finds the stored entry of the same source. `decision` decides what happens to that entry. `stories` decides
whether entries of different sources are the same piece. `blocks` decides whether an operator withdrew it for good.
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
