"""The environment over the file: `FEEDSVC_SITE__BASE_URL` is `site.base_url`; `…_FILE` names a file with the value."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from feedsvc.config.document import Key
from feedsvc.errors import Problem

PREFIX = "FEEDSVC_"

#: Kubernetes sets these variables in every container of a namespace that has a service called feedsvc.
ORCHESTRATOR = re.compile(r"FEEDSVC_(?:SERVICE_(?:HOST|PORT.*)|PORT|PORT_.*)")

#: Other modules read these variables.
OWN = frozenset({"FEEDSVC_CONFIG", "FEEDSVC_DATA_DIR"})


def overlay(values: dict[str, Any], environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[Key, str], list[Problem]]:
    """
    `values` with the environment over them, the variable of each changed key, and all problems.

    Parts of a name are matched to the file's keys without case; a list or a mapping is written as YAML flow, `[a, b]`.
    """
    merged = _copy(values)
    origins: dict[Key, str] = {}
    problems: list[Problem] = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in OWN or ORCHESTRATOR.fullmatch(name):
            continue
        try:
            value, plain = setting(environ, name)
        except ValueError as error:
            problems.append(Problem(place=f"env {name}", reason=str(error)))
            continue
        key = _put(merged, plain.removeprefix(PREFIX).split("__"), value)
        if key is None:
            problems.append(
                Problem(place=f"env {name}", reason="part of this name is a value in the file, not a section")
            )
        else:
            origins[key] = name
    return merged, origins, problems


def setting(environ: Mapping[str, str], name: str) -> tuple[Any, str]:
    """The value of a variable, and its name without `_FILE`. Raises ValueError when the file cannot be read."""
    text = environ[name]
    if not name.endswith("_FILE"):
        return _value(text), name
    try:
        return _value(Path(text).read_text("utf-8").strip()), name.removesuffix("_FILE")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ValueError(f"cannot read the file it names: {reason}") from error


def _value(text: str) -> Any:
    if not text.lstrip().startswith(("[", "{")):
        return text
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError("not YAML; write a list as [a, b]") from error


def _put(values: Any, parts: list[str], value: Any) -> Key | None:
    key: tuple[str, ...] = ()
    for part in parts[:-1]:
        name = _name(values, part)
        values = values.setdefault(name, {})
        key += (name,)
        if not isinstance(values, dict):
            return None
    name = _name(values, parts[-1])
    values[name] = value
    return (*key, name)


def _name(values: Mapping[str, Any], part: str) -> str:
    return next((name for name in values if name.casefold() == part.casefold()), part.lower())


def _copy(value: Any) -> Any:
    return {key: _copy(child) for key, child in value.items()} if isinstance(value, dict) else value
