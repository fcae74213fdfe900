"""When an upstream is polled again."""
