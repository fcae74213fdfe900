"""What sanitize promises."""
