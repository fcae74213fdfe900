"""Alembic's scripts: one file a step, never edited after a release."""
