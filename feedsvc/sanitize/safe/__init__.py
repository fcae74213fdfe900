"""What makes HTML safe. It imports nothing of the rest of `sanitize`. `chain.py` shows the order of its parts."""
