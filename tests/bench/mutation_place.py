"""A module that others have imported, changed in place."""

import sys
import types
from typing import Any


def install(module: types.ModuleType, source: str) -> None:
    """Let a module that others have imported be as `source` says."""
    fresh = types.ModuleType(module.__name__)
    fresh.__dict__.update({name: getattr(module, name) for name in ("__file__", "__package__", "__spec__")})
    exec(compile(source, str(module.__file__), "exec"), fresh.__dict__)  # noqa: S102 - a change of our own source
    for name, new in list(vars(fresh).items()):
        old = vars(module).get(name)
        if name.startswith("__") or new is old:
            continue
        if isinstance(old, type) and isinstance(new, type):
            _adopt_class(old, new)
        elif not _adopt_code(old, new):
            _rebind(module, name, old, new)
    for one in vars(module).values():
        if hasattr(one, "cache_clear") and getattr(one, "__module__", "") == module.__name__:
            one.cache_clear()


def _adopt_code(old: Any, new: Any) -> bool:
    """Give a function that others may hold the code of its new form."""
    old, new = getattr(old, "__wrapped__", old), getattr(new, "__wrapped__", new)
    if not (isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType)):
        return False
    if old.__code__.co_freevars or new.__code__.co_freevars:
        return False
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    return True


def _adopt_class(old: type, new: type) -> None:
    for name, value in list(vars(new).items()):
        mine = vars(old).get(name)
        if isinstance(value, property) and isinstance(mine, property):
            _adopt_code(mine.fget, value.fget)
        elif isinstance(value, staticmethod | classmethod) and isinstance(mine, staticmethod | classmethod):
            _adopt_code(mine.__func__, value.__func__)
        elif isinstance(value, types.FunctionType) and not _adopt_code(mine, value):
            setattr(old, name, value)


def _rebind(module: types.ModuleType, name: str, old: Any, new: Any) -> None:
    """Give a constant its new value, also in modules that have imported it."""
    for other in list(sys.modules.values()):
        is_ours = getattr(other, "__name__", "").startswith(("feedsvc", "tests"))
        if is_ours and other is not module and name in vars(other) and vars(other)[name] is old:
            setattr(other, name, new)
    setattr(module, name, new)
