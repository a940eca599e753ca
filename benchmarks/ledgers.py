"""Ledgers that know much, to start a daemon over."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from known import POOL, fill, prepared, tell, texts

from tidende.clock import now
from tidende.intake.inbox import Inbox
from tidende.intake.scanner import scan
from tidende.service.outcome import FingerprintedArticle
from tidende.store import seeds
from tidende.store.events import packer
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow

FIRST_ID = 2
"""Below it is the one seed that all known articles are said to come from."""
AT_ONCE = 10_000


def with_known(folder: Path, count: int) -> Path:
    """Return the file of a new ledger that knows so many articles, as `known.py` makes them."""
    file = folder / "ledger.sqlite"
    ledger = Ledger.create_or_open(file)
    fill(ledger, _pool(), count)
    tell(ledger, _pool())
    if count > POOL:
        _tell_last(ledger, count)
    with ledger.write() as connection:  # just now: retention would forget what is older
        connection.exec_driver_sql("UPDATE events SET recorded = ?", (now().timestamp(),))
    ledger.checkpoint()
    ledger.close()
    return file


def _tell_last(ledger: Ledger, count: int) -> None:
    """Give the last known article an event, so that the next event's number follows on it."""
    said = _pool()[count % POOL].prepared
    body = packer()(b'{"data":{"text":%b,"extraction":%b}}' % (said.text, said.extraction))
    with ledger.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO events (sequence, id, type, subject, recorded, body, published)"
            " VALUES (?, 'last', 'tidende.article.new.v1', ?, 1.0, ?, 1)",
            (count, f"urn:known:{count}", body),
        )


def old_inbox(folder: Path, count: int, file: Path) -> None:
    """Put so many files into an inbox, and have a ledger know them."""
    for number in range(count):
        (folder / f"old-{number:07d}.txt").write_bytes(b"Gammelt nytt\n")
    os.sync()
    ledger = Ledger.open_existing(file)
    found = _seeds(folder)
    while rows := list(islice(found, AT_ONCE)):
        with ledger.write() as connection:
            seeds.add(connection, rows)
    ledger.checkpoint()
    ledger.close()


def _seeds(folder: Path) -> Iterator[SeedRow]:
    inbox = Inbox(name="inbox", path=folder)
    for number, candidate in enumerate(scan(inbox), FIRST_ID):
        yield SeedRow(
            id=number,
            inbox=candidate.inbox,
            path=candidate.path,
            sha256="old",
            occurrence=0,
            source=candidate.source,
            stamp=candidate.stamp,
            received=1.0,
            attempts=1,
        )


@cache
def _pool() -> list[FingerprintedArticle]:
    with TemporaryDirectory() as folder:
        return prepared(texts()[:POOL], Path(folder))
