"""Times on the command line: read, and held against one another."""

from datetime import datetime, tzinfo

from tidende.errors import ConfigError


def read_time(option: str, text: str, zone: tzinfo | None) -> datetime:
    """Return the time that an option names; one without a zone is in `zone`, None is our own."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"{option} {text}: no time, expected like 2026-03-01 or 2026-03-01T06:00+01:00"
        ) from error
    return moment.replace(tzinfo=zone) if moment.tzinfo is None and zone else moment.astimezone()


def check_order(since: str, until: str | None, begin: datetime, end: datetime) -> None:
    """Raise ConfigError unless `begin` comes before `end`; without `until` that is now."""
    if begin < end:
        return
    if until is None:
        raise ConfigError(f"--since {since}: is yet to come")
    raise ConfigError(f"--until {until}: isn't after --since {since}")
