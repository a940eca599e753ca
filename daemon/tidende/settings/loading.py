"""Loads the settings from a TOML file, the environment and `--set`, and knows where each was set.

Later sources win over earlier ones. A setting that can't be used raises `ConfigError`, which names
where it was set, its key and its value.
"""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource, SettingsError

from tidende.errors import ConfigError
from tidende.settings.complaints import complaint, problems_of
from tidende.settings.service import InboxSettings
from tidende.settings.tree import ENVIRONMENT_PREFIX, Settings

_DEFAULT = "default"
COMMAND_LINE = "command line"
"""What `Loaded.origin` says of `--inbox` and `--data`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One place where settings were made."""

    label: str
    values: Mapping[str, Any]

    def has(self, key: Sequence[str | int]) -> bool:
        found: Any = self.values
        for step in key:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Settings, and for each key where it was set."""

    settings: Settings
    layers: tuple[_Layer, ...]

    def origin(self, key: Sequence[str | int]) -> str:
        """Return the place that set `key`, or that it is the default."""
        return _origin(self.layers, key)

    def placed_at(self, *, inbox: Path | None, data: Path | None) -> "Loaded":
        """Return the same with the command line's `--inbox` and `--data` in force."""
        chosen: dict[str, Any] = {}
        if data is not None:
            chosen["data"] = data
        if inbox is not None:
            kept = self.settings.inboxes[0] if len(self.settings.inboxes) == 1 else None
            name = kept.name if kept else "inbox"
            base = kept or InboxSettings(name=name, path=inbox)
            chosen["inboxes"] = (base.model_copy(update={"path": inbox}),)
        layer = _Layer(label=COMMAND_LINE, values={"data": data} if data else {})
        if inbox is not None:
            layer = replace(layer, values={**layer.values, "inboxes": [{"path": inbox}]})
        return Loaded(
            settings=self.settings.model_copy(update=chosen), layers=(*self.layers, layer)
        )


def load(file: Path | None = None, assignments: Sequence[str] = ()) -> Loaded:
    """Return the settings from defaults, `file`, the environment and `key=value` assignments.

    Raises ConfigError for a file that can't be read, an unknown key, or a value of the wrong kind.
    """
    layers = (
        *((_file_layer(file),) if file is not None else ()),
        _environment_layer(),
        _Layer(label="--set", values=_parse_assignments(assignments)),
    )
    merged: dict[str, Any] = {}
    for layer in layers:
        merged = _merge(merged, layer.values)
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        raise ConfigError(_explain(error, layers)) from error
    return Loaded(settings=settings, layers=layers)


def _file_layer(file: Path) -> _Layer:
    try:
        return _Layer(label=str(file), values=tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise ConfigError(f"{file}: can't be read: {why}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: no valid TOML: {error}") from error


def _environment_layer() -> _Layer:
    ours = {name: text for name, text in os.environ.items() if name.startswith(ENVIRONMENT_PREFIX)}
    keys = {name: name.removeprefix(ENVIRONMENT_PREFIX).lower().split("__") for name in ours}
    try:
        layer = _Layer(label="environment", values=EnvSettingsSource(Settings)())
    except SettingsError as error:
        # It names the field, in quotes, and neither the variable nor what it holds.
        blamed = (f"{name} = {ours[name]!r}" for name in ours if f'"{keys[name][0]}"' in str(error))
        raise ConfigError(
            f"environment: {', '.join(blamed)}: no valid JSON: {error.__cause__}"
        ) from error
    for name, key in keys.items():
        if not layer.has(key):
            raise ConfigError(f"environment: {name} = {ours[name]!r}: unknown key")
    return layer


def _parse_assignments(assignments: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not all(key.strip().split(".")):
            raise ConfigError(
                f"--set {assignment}: expected key=value, like intake.settle_seconds=1"
            )
        nested: Any = _parse_value(value.strip())
        for step in reversed(key.strip().split(".")):
            nested = {step: nested}
        values = _merge(values, nested)
    return values


def _parse_value(text: str) -> Any:
    """Read a value as TOML does; what is no TOML value is a string as it stands."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both_tables = isinstance(under, Mapping) and isinstance(value, Mapping)
        merged[key] = _merge(under, value) if both_tables else value  # type: ignore[arg-type]
    return merged


def _origin(layers: Sequence[_Layer], key: Sequence[str | int]) -> str:
    for layer in reversed(layers):
        if layer.has(key):
            return layer.label
    return _DEFAULT


def _blamed(layers: Sequence[_Layer], key: Sequence[str | int]) -> str:
    """Return the place that set `key`; for one that is missing, that set the table around it."""
    origins = (_origin(layers, key[:length]) for length in range(len(key), 0, -1))
    return next((origin for origin in origins if origin != _DEFAULT), _DEFAULT)


def _explain(error: ValidationError, layers: Sequence[_Layer]) -> str:
    lines = []
    for key, problem in problems_of(error.errors(include_url=False)):
        where = _blamed(layers, key)
        name = ".".join(str(step) for step in key)
        said = complaint(Settings, key, problem)
        lines.append(f"{where}: {name}{_value(key, problem)}: {said}")
    return "\n".join(lines)


def _value(key: Sequence[str | int], problem: ErrorDetails) -> str:
    """Return the value as a message shows it; of what is missing there is none."""
    return "" if problem["type"] == "missing" else f" = {_shown(key, problem['input'])}"


def _shown(key: Sequence[str | int], value: object) -> str:
    """Return a value as a message may show it; never a password, or a table with one in it."""
    secret = "password" in key or (isinstance(value, Mapping) and "password" in value)
    return "..." if secret else repr(value)
