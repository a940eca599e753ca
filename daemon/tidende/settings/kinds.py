"""Kinds of values that settings have, each checked as it is read."""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)


def _name(text: str) -> str:
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", text) is None:
        raise ValueError("no name (expected up to 64 of a-z, 0-9, _ and -, like wire-1)")
    return text


Name = Annotated[str, AfterValidator(_name)]
Seconds = Annotated[float, Field(ge=0, le=86_400 * 365)]
Days = Annotated[float, Field(ge=0, le=36_500)]


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone (expected a name like Europe/Oslo or UTC)")
    return name


Timezone = Annotated[str, AfterValidator(_known_timezone)]


def _uri_reference(text: str) -> str:
    allowed = r"(?:[A-Za-z0-9_\-.~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"
    if re.fullmatch(allowed, text) is None:
        raise ValueError("no URI-reference (expected like /tidende or https://example.org/news)")
    return text


UriReference = Annotated[str, AfterValidator(_uri_reference)]


def _filled(value: object) -> object:
    if value == "":  # it would be the working directory
        raise ValueError("expected a path, and it is empty")
    return value


Place = Annotated[Path, BeforeValidator(_filled)]


class Table(BaseModel):
    """A table of the settings file: each key is known, and none changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


def each_once(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Check that no address stands in a list twice, under whatever name."""
    if len({parseaddr(each)[1].lower() for each in addresses}) < len(addresses):
        raise ValueError("one of them stands there twice")
    return addresses


Address = Annotated[str, AfterValidator(_address)]
Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
