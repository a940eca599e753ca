"""The settings: one typed tree, filled from defaults, a TOML file, the environment and `--set`.

Later sources win over earlier ones. A setting that can't be used raises `ConfigError`, which names
where it was set, its key and its value.
"""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from tidende.errors import ConfigError

ENVIRONMENT_PREFIX = "TIDENDE_"
_DEFAULT = "default"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Seconds = Annotated[float, Field(ge=0, le=86_400 * 365)]
Days = Annotated[float, Field(ge=0, le=36_500)]


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone (expected a name like Europe/Oslo or UTC)")
    return name


Timezone = Annotated[str, AfterValidator(_known_timezone)]


UriReference = Annotated[
    str, StringConstraints(pattern=r"^(?:[A-Za-z0-9_\-.~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$")
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class InboxSettings(_Table):
    """A directory that is watched, and what is said of its seeds."""

    name: Name
    path: Path
    source: str | None = None
    """Who delivers here; None takes the first folder below the inbox, or else its name."""
    on_done: Literal["keep", "archive", "delete"] = "keep"
    watch: Literal["auto", "poll"] = "auto"
    """Whether inotify wakes us; auto does where the file system tells all of its changes."""
    settle_seconds: Seconds | None = None
    """None takes `intake.settle_seconds`."""
    ignore: tuple[str, ...] = ("*.part", "*.tmp", "*.temp", "*.crdownload", "*.filepart", "*~")


class IntakeSettings(_Table):
    """When a file counts as complete, and how often the inbox is read whole."""

    settle_seconds: Seconds = 2.0
    rescan_seconds: Annotated[float, Field(ge=0.1, le=86_400)] = 60.0
    poll_seconds: Annotated[float, Field(ge=0.1, le=86_400)] = 5.0
    """Takes the place of `rescan_seconds` where inotify can't wake us."""


class WorkerSettings(_Table):
    """The processes that read and parse; 0 takes one for each processor."""

    count: Annotated[int, Field(ge=0, le=256)] = 0


class LimitSettings(_Table):
    """What a seed may cost, in reading and unpacking; see `model.limits`."""

    seed_bytes: Annotated[int, Field(ge=1)] = 64 * 1024 * 1024
    seconds: Annotated[float, Field(gt=0, le=3600)] = 30.0
    memory_bytes: Annotated[int, Field(ge=256 * 1024 * 1024)] = 2 * 1024 * 1024 * 1024
    unpacked_bytes: Annotated[int, Field(ge=1)] = 256 * 1024 * 1024
    ratio: Annotated[int, Field(ge=1)] = 200
    ratio_from_bytes: Annotated[int, Field(ge=0)] = 1024 * 1024
    members: Annotated[int, Field(ge=1)] = 10_000
    nesting: Annotated[int, Field(ge=0, le=100)] = 4
    articles: Annotated[int, Field(ge=1)] = 10_000


class QueueSettings(_Table):
    """How durable events are before they are announced, what consumers may do, when it is full."""

    sync: Literal["batch", "file", "none"] = "batch"
    lease_seconds: Annotated[float, Field(ge=1, le=86_400 * 7)] = 300.0
    max_attempts: Annotated[int, Field(ge=1, le=1000)] = 5
    retry_seconds: Annotated[float, Field(ge=0, le=600)] = 10.0
    reserve_bytes: Annotated[int, Field(ge=0)] = 64 * 1024 * 1024
    max_events: Annotated[int, Field(ge=0)] = 0
    max_bytes: Annotated[int, Field(ge=0)] = 0


class RetentionSettings(_Table):
    """How many days what is done with stays; 0 keeps it for ever."""

    done_days: Days = 7
    texts_days: Days = 365
    quarantine_days: Days = 90


class DedupSettings(_Table):
    """How long articles are compared with those that come."""

    window_days: Days = 90


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _hours(text: str) -> str:
    """Check a stretch of the day: two different times, "22:00-06:30", or none."""
    if not text:
        return text
    match = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", text)
    if match is None:
        raise ValueError('no hours (expected like "22:00-06:30")')
    if text[:5] == text[6:]:
        raise ValueError("it begins when it ends")
    return text


Hours = Annotated[str, AfterValidator(_hours)]


def _address(text: str) -> str:
    """Check an address of e-mail, alone or behind a name: "Desk <desk@example.org>"."""
    name, address = parseaddr(text)
    plain = re.fullmatch(r"[!#$%&'*+/=?^_`{|}~A-Za-z0-9.-]+@[A-Za-z0-9.-]*[A-Za-z0-9]", address)
    if plain is None or any(ord(character) < ord(" ") for character in name):
        raise ValueError("no address of e-mail (expected like desk@example.org)")
    return text


def _each_once(addresses: tuple[str, ...]) -> tuple[str, ...]:
    if len({parseaddr(each)[1].lower() for each in addresses}) < len(addresses):
        raise ValueError("one of them stands there twice")
    return addresses


Address = Annotated[str, AfterValidator(_address)]
Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FilterSettings(_Table):
    """What a digest tells only: an article must fit each list that isn't empty, in one entry."""

    languages: tuple[Term, ...] = ()
    sources: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    people: tuple[Term, ...] = ()
    organisations: tuple[Term, ...] = ()
    words: tuple[Term, ...] = ()


class DigestSettings(_Table):
    """A digest's schedule, what it tells, and who gets it."""

    schedule: str = "0 6 * * *"
    interval_minutes: Annotated[int, Field(ge=0, le=60 * 24 * 366)] = 0
    """Minutes after the last edition; takes the place of `schedule` unless it is 0."""
    timezone: Timezone = "Europe/Oslo"
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = _WEEKDAYS
    quiet_hours: Hours = ""
    catch_up: Literal["one", "each"] = "one"
    quiet: Literal["skip", "send"] = "skip"
    title: str = "Tidende"
    language: Literal["nb", "nn", "da", "sv", "en", "de"] = "en"
    stories: Annotated[int, Field(ge=1, le=10_000)] = 50
    recipients: Annotated[tuple[Address, ...], AfterValidator(_each_once)] = ()
    only: FilterSettings = FilterSettings()


class MailSettings(_Table):
    """The server that takes the digests' mail, and in whose name; no `host`, no mail."""

    host: str = ""
    port: Annotated[int, Field(ge=0, le=65_535)] = 0
    """0 takes the one that goes with `security`."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    """Takes the place of `password`; one line."""
    sender: Address = "tidende@localhost"
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 10.0
    give_up_days: Days = 3


class LogSettings(_Table):
    """What is logged, and in which shape."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"


class Settings(BaseSettings):
    """Everything that can be set; `config/tidende.toml` explains each key."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    data: Path = Path("data")
    source: UriReference = "/tidende"
    shutdown_seconds: Annotated[float, Field(gt=0, le=3600)] = 20.0
    inboxes: Annotated[tuple[InboxSettings, ...], Field(min_length=1)] = (
        InboxSettings(name="inbox", path=Path("inbox")),
    )
    intake: IntakeSettings = IntakeSettings()
    workers: WorkerSettings = WorkerSettings()
    limits: LimitSettings = LimitSettings()
    queue: QueueSettings = QueueSettings()
    dedup: DedupSettings = DedupSettings()
    retention: RetentionSettings = RetentionSettings()
    digests: dict[Name, DigestSettings] = {"daily": DigestSettings()}
    mail: MailSettings = MailSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _inboxes_differ(self) -> Self:
        names = [inbox.name for inbox in self.inboxes]
        if len(set(names)) < len(names):
            raise ValueError(f"two inboxes have the same name: {', '.join(names)}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what `load` hands over; it has merged all sources in their order."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


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
        layer = _Layer(label="command line", values={"data": data} if data else {})
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
    for problem in error.errors(include_url=False):
        key = tuple(step for step in problem["loc"] if step != "[key]")
        where = _blamed(layers, key or ("inboxes",))
        name = ".".join(str(step) for step in key) or "inboxes"
        if problem["type"] == "extra_forbidden":
            said = "unknown key"
        else:
            said = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{where}: {name} = {_shown(key, problem['input'])}: {said}")
    return "\n".join(lines)


def _shown(key: Sequence[str | int], value: object) -> str:
    """Return a value as a message may show it; never a password, or a table with one in it."""
    secret = not key or "password" in key or (isinstance(value, Mapping) and "password" in value)
    return "..." if secret else repr(value)
