"""Checks of the settings that need more than the settings: the file system, the schedules."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tidende.digest.cron import cron_trigger
from tidende.digest.languages import check_language
from tidende.errors import ConfigError
from tidende.file_system import mount_of
from tidende.service.password import read_password
from tidende.settings import Loaded


def check(loaded: Loaded) -> None:
    """Raise ConfigError for what can't be used, with its place, key and value."""
    settings = loaded.settings
    _check_directory(loaded, ("data",), settings.data, os.W_OK | os.X_OK, "written")
    _check_local(loaded, ("data",), settings.data)
    for number, inbox in enumerate(settings.inboxes):
        key: tuple[str | int, ...] = ("inboxes", number, "path")
        if may_make(inbox.path, settings.data):
            _check_directory(loaded, key, inbox.path, os.R_OK | os.X_OK, "read")
        if settings.data.resolve().is_relative_to(inbox.path.resolve()):
            # Else our own events would be seeds, and their events too, without an end.
            raise ConfigError(
                f"{_named(loaded, key, inbox.path)}: the data directory {settings.data} lies in it"
            )
        for other in settings.inboxes[:number]:
            paths = sorted((inbox.path.resolve(), other.path.resolve()))
            if paths[1].is_relative_to(paths[0]):
                raise ConfigError(
                    f"{_named(loaded, key, inbox.path)}: overlaps inbox {other.name} = {other.path}"
                )
    _check_digests(loaded)


def check_inboxes(loaded: Loaded, *, set_by: str | None = None) -> None:
    """Raise ConfigError, as `check`, for an inbox that isn't there and that nobody makes.

    That is a slip of the pen, or a file system that isn't mounted: an inbox made there would stay
    empty. `set_by` names the place whose inboxes alone are looked at.
    """
    for number, inbox in enumerate(loaded.settings.inboxes):
        key = ("inboxes", number, "path")
        if set_by not in {None, loaded.origin(key)}:
            continue
        if not may_make(inbox.path, loaded.settings.data):
            raise ConfigError(
                f"{_named(loaded, key, inbox.path)}: there is no such directory, "
                f"and no {inbox.path.absolute().parent} to make it in"
            )


def may_make(inbox: Path, data: Path) -> bool:
    """Say whether an inbox is made if need be: where its parent is, or in the data directory."""
    return os.path.lexists(inbox.absolute().parent) or inbox.resolve().is_relative_to(
        data.resolve()
    )


def _check_digests(loaded: Loaded) -> None:
    mail = loaded.settings.mail
    for name, digest in loaded.settings.digests.items():
        with _blamed(loaded, ("digests", name, "schedule"), digest.schedule):
            cron_trigger(digest.schedule, digest.timezone)
        with _blamed(loaded, ("digests", name, "language"), digest.language):
            check_language(digest.language)
        if digest.templates is not None:
            with _blamed(loaded, ("digests", name, "templates"), digest.templates):
                _check_templates(digest.templates)
        if digest.recipients and not mail.host:
            key = ("digests", name, "recipients")
            raise ConfigError(
                f"{_named(loaded, key, ', '.join(digest.recipients))}: mail.host isn't set"
            )


def _check_templates(folder: Path) -> None:
    from tidende.digest.rehearsal import rehearse  # noqa: PLC0415  # Jinja, for whom it concerns

    rehearse(folder)


@contextmanager
def _blamed(loaded: Loaded, key: Sequence[str | int], value: object) -> Iterator[None]:
    """Put the setting's place, key and value before what is wrong with it."""
    try:
        yield
    except ConfigError as error:
        raise ConfigError(f"{_named(loaded, key, value)}: {error}") from error


def check_password(loaded: Loaded) -> None:
    """Raise ConfigError, as `check`, for a password's file that can't be read or holds none.

    Only for who is going to send mail: to others its file may well be closed. Without a user
    nobody logs in, and it isn't read.
    """
    file = loaded.settings.mail.password_file
    if file is None or not loaded.settings.mail.user:
        return
    with _blamed(loaded, ("mail", "password_file"), file):
        read_password(file)


def _check_directory(
    loaded: Loaded, key: Sequence[str | int], path: Path, mode: int, done: str
) -> None:
    """Check a directory, or where there is none yet, the nearest above it, which must take it."""
    found = _nearest(path)
    if found != path.absolute():
        mode, done = os.W_OK | os.X_OK, "written"
    if not found.is_dir():
        raise ConfigError(f"{_named(loaded, key, path)}: {found} is no directory")
    if not os.access(found, mode):
        raise ConfigError(f"{_named(loaded, key, path)}: {found} can't be {done}")


def _check_local(loaded: Loaded, key: Sequence[str | int], path: Path) -> None:
    """Refuse a network file system: neither SQLite's locks nor renames can be trusted there."""
    mount = mount_of(_nearest(path))
    if mount.is_network:
        raise ConfigError(
            f"{_named(loaded, key, path)}: lies on {mount.type}, mounted at {mount.point}; "
            "the ledger and the queue need a local file system"
        )


def _nearest(path: Path) -> Path:
    """Return the path, or the nearest above it where something stands."""
    found = path.absolute()
    while not os.path.lexists(found):
        found = found.parent
    return found


def _named(loaded: Loaded, key: Sequence[str | int], value: object) -> str:
    return f"{loaded.origin(key)}: {'.'.join(map(str, key))} = {str(value)!r}"
