"""The promises of normalize."""
