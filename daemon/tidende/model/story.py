"""One event in the news, told by one or more articles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The event's `data.story`: `members` are the subjects of all its articles now.

    `thread` is the long-running matter that the story belongs to, None while it is unknown.
    """

    id: str
    thread: str | None
    members: tuple[str, ...]
