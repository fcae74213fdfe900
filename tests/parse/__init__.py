"""The promises of parse."""
