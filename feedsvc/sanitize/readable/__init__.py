"""What makes HTML good to read. All of it runs before the gate of `safe`, which judges the result."""
