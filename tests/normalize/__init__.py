"""What normalize promises."""
