"""Wakes the intake when something happens in an inbox, by watchdog's inotify observer.

An event marks a path, no more: the handler puts it on a queue and returns, because an exception
in it would end watchdog's dispatcher without a word.
"""

import os
from collections.abc import Sequence
from typing import Literal

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from tidende.errors import ConfigError
from tidende.intake.inbox import Inbox
from tidende.intake.marks import Hint, Mark, Marks

_HINTS: dict[type[FileSystemEvent], Hint | Literal["opened"]] = {
    FileMovedEvent: "moved",
    FileCreatedEvent: "created",
    FileOpenedEvent: "opened",
    FileModifiedEvent: "written",
    FileClosedEvent: "written",
}


class Watcher:
    """Watches all inboxes and the folders in them."""

    def __init__(self, inboxes: Sequence[Inbox], marks: Marks) -> None:
        self._inboxes = inboxes
        self._marks = marks
        self._observer = Observer()

    def start(self) -> None:
        """Begin to watch; raises ConfigError when the system doesn't let us."""
        self._observer.start()
        for inbox in self._inboxes:
            try:
                self._observer.schedule(
                    _Handler(inbox, self._marks),
                    os.fspath(inbox.path),
                    recursive=True,
                    event_filter=[*_HINTS, DirCreatedEvent, DirMovedEvent],
                )
            except OSError as error:
                raise ConfigError(f"inbox {inbox.name} = {inbox.path}: {error}") from error

    def is_alive(self) -> bool:
        """Say whether the dispatcher and every emitter still run."""
        return self._observer.is_alive() and all(e.is_alive() for e in self._observer.emitters)

    def stop(self) -> None:
        """End watching, and wait for its threads."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, inbox: Inbox, marks: Marks) -> None:
        self._inbox = inbox
        self._marks = marks

    def dispatch(self, event: FileSystemEvent) -> None:
        hint = _HINTS.get(type(event))
        if hint is None:
            # A folder: what it already holds, or is moved in with it, may have no event of its own.
            self._marks.put(Mark(inbox=self._inbox, path=None, hint="scanned"))
            return
        path = self._inbox.relative(os.fsdecode(event.dest_path or event.src_path))
        if path is not None:
            self._marks.put(Mark(inbox=self._inbox, path=path, hint=hint))
