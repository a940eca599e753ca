"""Wakes the intake when something happens in an inbox, by watchdog's inotify observer.

An event marks a path, no more: the handler puts it on a queue and returns, because an exception
in it would end watchdog's dispatcher without a word. Each inbox has a watch of its own, with its
own queue in the kernel: one that overflows, or dies, is not the others' trouble.
"""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Literal

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchCallback,
    WatchDescriptor,
)
from watchdog.utils import BaseThread

from tidende.intake.inbox import Inbox
from tidende.intake.marks import Hint, Mark, Marks, Overflowed

LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""What the kernel says when there may be no more watches, or no more instances of inotify."""

_HINTS: dict[type[FileSystemEvent], Hint | Literal["opened"]] = {
    FileAttribEvent: "moved",  # by `_Descriptor`, which lets no change of attributes through
    FileCreatedEvent: "created",
    FileOpenedEvent: "opened",
    FileClosedEvent: "written",  # each single write isn't asked for: till then it isn't complete
}


class Watch:
    """Watches an inbox and the folders in it from the moment it is made until `stop`.

    Raises OSError when the system doesn't let us, also for one of `LIMITS`.
    """

    def __init__(self, inbox: Inbox, marks: Marks) -> None:
        self.limited = False
        """Whether some folder isn't watched, for the kernel allows no more."""
        self._descriptor = _Descriptor(
            ignores=inbox.ignores,
            on_overflow=lambda: marks.put(Overflowed(inbox=inbox)),
            on_limit=self._note_limit,
        )
        self._observer = BaseObserver(InotifyEmitter, inotify_fd=self._descriptor)
        self._descriptor.start()
        try:
            self._observer.start()
            self._observer.schedule(
                _Handler(inbox, marks),
                os.fspath(inbox.path),
                recursive=True,
                event_filter=[*_HINTS, DirCreatedEvent, DirMovedEvent],
            )
        except OSError:
            self.stop()
            raise

    def is_alive(self) -> bool:
        """Say whether all of its threads run; watchdog ends one when the inbox is removed."""
        return all(thread.is_alive() for thread in self._threads())

    def has_crashed(self) -> bool:
        """Say whether a thread has ended that should run."""
        return any(
            not thread.is_alive() and thread.should_keep_running() for thread in self._threads()
        )

    def stop(self) -> None:
        """End watching, and wait for its threads, unless one has crashed: it may hold a lock."""
        if self.has_crashed():
            Thread(target=self._end_threads, daemon=True).start()
        else:
            self._end_threads()

    def _end_threads(self) -> None:
        for thread in (self._observer, self._descriptor):
            thread.stop()
            if thread.is_alive():
                thread.join()

    def _threads(self) -> list[BaseThread]:
        return [self._descriptor, self._observer, *self._observer.emitters]

    def _note_limit(self) -> None:
        self.limited = True


class _Descriptor(InotifyFD):
    """watchdog's one thread that reads from inotify, made to tell what it keeps to itself.

    It rebuilds its watches after an overflow, but says nothing of the events that are lost; and a
    folder that may not be watched it passes over in silence.

    Of files it passes on only what matters: a writer's hidden drafts are most of what happens in
    an inbox.
    """

    def __init__(
        self,
        *,
        ignores: Callable[[str], bool],
        on_overflow: Callable[[], None],
        on_limit: Callable[[], None],
    ) -> None:
        super().__init__()
        self._ignores = ignores
        self._on_overflow = on_overflow
        self._on_limit = on_limit

    def handle_event(self, event: InotifyEvent) -> None:
        chosen = event if event.is_directory or not event.name else self._of_file(event)
        if chosen is None:
            return
        try:
            super().handle_event(chosen)
        finally:
            # After it: what comes while the watches are rebuilt has no event, so the scan must come
            # later.
            if event.is_queue_overflow:
                self._on_overflow()

    def _of_file(self, event: InotifyEvent) -> InotifyEvent | None:
        """Return what is to be passed on of a file's event.

        watchdog looks for each move's other half among all that waits, and a half that finds none,
        as of a file that was archived, holds up for half a second what comes behind. To us it
        doesn't matter where a file came from: its arrival is passed on as an event that has no
        other half, and its leaving not at all. A change of attributes would look the same; it isn't
        asked for, but watchdog may come to.
        """
        if event.is_moved_from or event.is_attrib or self._ignores(os.fsdecode(event.name)):
            return None
        if event.is_moved_to:
            return replace(event, mask=InotifyConstants.IN_ATTRIB)
        return event

    def add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        try:
            return super().add_callback(path, mask, callback, id_)
        except OSError as error:
            if error.errno in LIMITS:
                self._on_limit()
            raise


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
