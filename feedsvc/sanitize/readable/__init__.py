"""
Passes that make HTML good to read.

The chain of `safe` judges the result of these passes. `loss` compares afterwards, and can only choose plain text.
"""
