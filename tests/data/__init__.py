"""Data that several tests use: sample entries, a schema."""
