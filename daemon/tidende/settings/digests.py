"""The settings of digests: when they are made, what they tell, and who gets them by mail."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from tidende.settings.kinds import (
    WEEKDAYS,
    Address,
    Days,
    Hours,
    Place,
    Table,
    Term,
    Timezone,
    Weekday,
    each_once,
)


class FilterSettings(Table):
    """What a digest tells only: an article must fit each list that isn't empty, in one entry."""

    languages: tuple[Term, ...] = ()
    sources: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    people: tuple[Term, ...] = ()
    organisations: tuple[Term, ...] = ()
    words: tuple[Term, ...] = ()


class DigestSettings(Table):
    """A digest's schedule, what it tells, and who gets it."""

    schedule: str = "0 6 * * *"
    interval_minutes: Annotated[int, Field(ge=0, le=60 * 24 * 366)] = 0
    """Minutes after the last edition; takes the place of `schedule` unless it is 0."""
    timezone: Timezone = "Europe/Oslo"
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEKDAYS
    quiet_hours: Hours = ""
    catch_up: Literal["one", "each"] = "one"
    quiet: Literal["skip", "send"] = "skip"
    title: str = "Tidende"
    language: str = "en"
    stories: Annotated[int, Field(ge=1, le=10_000)] = 50
    templates: Place | None = None
    """A folder whose files go before our templates of the same names."""
    recipients: Annotated[tuple[Address, ...], AfterValidator(each_once)] = ()
    only: FilterSettings = FilterSettings()


class MailSettings(Table):
    """The server that takes the digests' mail, and in whose name; no `host`, no mail."""

    host: str = ""
    port: Annotated[int, Field(ge=0, le=65_535)] = 0
    """0 takes the one that goes with `security`."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Place | None = None
    """Takes the place of `password`; one line."""
    sender: Address = "tidende@localhost"
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 10.0
    give_up_days: Days = 3
