"""The data that several tests share: sample entries, a schema."""
