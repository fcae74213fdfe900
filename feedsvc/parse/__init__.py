"""Bytes to raw entries. Pure: the bytes have been read or fetched elsewhere."""
