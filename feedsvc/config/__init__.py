"""
The configuration: a YAML file and the environment over it, as one frozen Config.

`load` names all problems at once. Each has its file, line and column, or the name of its environment variable.
"""

from feedsvc.config.load import Config, find, load

__all__ = ["Config", "find", "load"]
