"""The write half."""
