"""Folders of seeds: finds changed files, reads them, gives them guids, and withdraws entries of files that are gone."""
