"""The promises of feedsvc; the folders mirror the package."""
