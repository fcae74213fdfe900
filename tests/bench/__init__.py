"""Benchmarks: each prints ratios of two things run side by side. Run one with `python -m tests.bench.NAME`."""
