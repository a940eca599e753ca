"""The settings of what runs: inboxes, intake, workers, limits, queue, retention, log."""

from typing import Annotated, Literal

from pydantic import Field

from tidende.settings.kinds import Days, Name, Place, Seconds, Table


class InboxSettings(Table):
    """A directory that is watched, and what is said of its seeds."""

    name: Name
    path: Place
    source: str | None = None
    """Who delivers here; None takes the first folder below the inbox, or else its name."""
    on_done: Literal["keep", "archive", "delete"] = "keep"
    watch: Literal["auto", "poll"] = "auto"
    """Whether inotify wakes us; auto does where the file system tells all of its changes."""
    settle_seconds: Seconds | None = None
    """None takes `intake.settle_seconds`."""
    ignore: tuple[str, ...] = ("*.part", "*.tmp", "*.temp", "*.crdownload", "*.filepart", "*~")


def named_apart(inboxes: tuple[InboxSettings, ...]) -> tuple[InboxSettings, ...]:
    """Check that each inbox has a name of its own: events are told apart by it."""
    names = [inbox.name for inbox in inboxes]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"two inboxes are named {twice!r}; each needs a name of its own")
    return inboxes


class IntakeSettings(Table):
    """When a file counts as complete, and how often the inbox is read whole."""

    settle_seconds: Seconds = 2.0
    rescan_seconds: Annotated[float, Field(ge=0.1, le=86_400)] = 60.0
    poll_seconds: Annotated[float, Field(ge=0.1, le=86_400)] = 5.0
    """Takes the place of `rescan_seconds` where inotify can't wake us."""


class WorkerSettings(Table):
    """The processes that read and parse; 0 takes one for each processor."""

    count: Annotated[int, Field(ge=0, le=256)] = 0


class LimitSettings(Table):
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


class QueueSettings(Table):
    """How durable events are before they are announced, what consumers may do, when it is full."""

    sync: Literal["batch", "file", "none"] = "batch"
    lease_seconds: Annotated[float, Field(ge=1, le=86_400 * 7)] = 300.0
    max_attempts: Annotated[int, Field(ge=1, le=1000)] = 5
    retry_seconds: Annotated[float, Field(ge=0, le=600)] = 10.0
    reserve_bytes: Annotated[int, Field(ge=0)] = 64 * 1024 * 1024
    max_events: Annotated[int, Field(ge=0)] = 0
    max_bytes: Annotated[int, Field(ge=0)] = 0


class RetentionSettings(Table):
    """How many days what is done with stays; 0 keeps it for ever."""

    done_days: Days = 7
    texts_days: Days = 365
    quarantine_days: Days = 90


class DedupSettings(Table):
    """How long articles are compared with those that come."""

    window_days: Days = 90


class ExtractionSettings(Table):
    """Whether people, organisations, places, quotes, figures, dates and stories are found."""

    enabled: bool = True


class LogSettings(Table):
    """What is logged, and in which shape."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"
