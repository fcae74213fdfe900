"""Where entries come from: one module a kind, which reads and decides nothing."""
