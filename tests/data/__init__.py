"""What several tests take as given: sample entries, a schema."""
