"""The promises of sanitize."""
