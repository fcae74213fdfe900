"""Folders of seeds: which files changed, what each holds, which guid it has for good, and what is gone."""
