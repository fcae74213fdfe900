"""What parse promises."""
