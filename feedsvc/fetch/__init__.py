"""
The HTTP client: guarded against private addresses, polite, bounded. No other package uses aiohttp.

Import names from the modules: `guard` and `walls` work without aiohttp, which takes 0.2 s to import.
"""
