"""
The passes that make HTML safe. `chain.py` shows their order.

This package imports nothing of the rest of `sanitize`.
"""
