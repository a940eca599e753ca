"""Takes an article's text down: out of the ledger, out of the queue, and for good.

Hash, fingerprint and decision stay, so that the same seed isn't taken in again. Every step can be
done twice: a crash in the middle leaves the request open, and the next holder does it all again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from tidende.clock import Clock
from tidende.durable import explained, sync
from tidende.emit.queue_files import find_event
from tidende.errors import TidendeError
from tidende.intake.inbox import Inbox, unescape
from tidende.intake.quarantine import Quarantine
from tidende.model.event import format_sequence
from tidende.queue.layout import REASON
from tidende.service.edition_files import edition_files
from tidende.service.layout import DataDirectory
from tidende.service.seed_keys import seed_key
from tidende.store import articles, editions, seeds, signatures, stories
from tidende.store.among import among, these
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow
from tidende.store.tables import events


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was taken down, and what of it is still somewhere for the user to remove.

    `subjects` are forgotten now, `removed` are the queue's files that went, `copies` the subjects
    of the same text that are still there, `seeds` the files that hold it, `editions` the files of
    editions that cover it.
    """

    subjects: tuple[str, ...]
    removed: tuple[str, ...]
    copies: tuple[str, ...]
    seeds: tuple[str, ...]
    editions: tuple[str, ...]


class Forgetting:
    """Forgets articles for the holder of the data directory."""

    def __init__(
        self, *, ledger: Ledger, data: DataDirectory, inboxes: Sequence[Inbox], now: Clock
    ) -> None:
        self._ledger = ledger
        self._data = data
        self._inboxes = {inbox.name: inbox for inbox in inboxes}
        self._now = now

    def forget(self, name: str, *, copies: bool) -> Forgotten:
        """Take down the article with this subject or event id, and its copies if they are named.

        Raises TidendeError when there is none, TransientError when it can't be finished now: then
        it is to be done again.
        """
        with self._ledger.read() as connection:
            found = articles.find(connection, name)
            if found is None:
                raise TidendeError(
                    f"{name}: no article has this subject or event id; see 'tidende story show'"
                )
            # An earlier try may have forgotten copies whose files are in the queue still.
            others = articles.copies(connection, found, with_forgotten=copies)
        chosen = [found, *others] if copies else [found]
        with self._ledger.write() as connection:
            sequences = [each.sequence for each in chosen]
            articles.forget(connection, sequences, self._now().timestamp())
            signatures.forget(connection, sequences)
            stories.forget_links(connection, sequences)
        # Only now is the text out of the -wal too.
        self._ledger.checkpoint()
        removed = self._remove([each.sequence for each in chosen])
        return Forgotten(
            subjects=tuple(each.subject for each in chosen),
            removed=tuple(str(path) for path in removed),
            copies=() if copies else tuple(each.subject for each in others),
            seeds=tuple(map(str, self._seeds(chosen))),
            editions=tuple(map(str, self._editions(chosen))),
        )

    def _remove(self, sequences: Sequence[int]) -> list[Path]:
        """Remove the events' files, wherever consumers move them meanwhile."""
        with self._ledger.read() as connection:
            query = select(events.c.sequence, events.c.id).where(among(events.c.sequence))
            found = connection.execute(query, these(sequences))
            names = [f"{format_sequence(n)}-{key}.json" for n, key in found]
        removed: list[Path] = []
        with explained(self._data.queue):
            while paths := list(
                chain.from_iterable(find_event(self._data.queue, name) for name in names)
            ):
                for path in paths:
                    path.unlink(missing_ok=True)
                    path.with_name(path.name + REASON).unlink(missing_ok=True)
                removed += paths
            for folder in {path.parent for path in removed}:
                sync(folder)
        return removed

    def _seeds(self, chosen: Sequence[ArticleRow]) -> list[Path]:
        """Return the files that still hold the text: in the inbox, archived, in quarantine."""
        with self._ledger.read() as connection:
            rows = seeds.by_ids(connection, (each.seed for each in chosen))
        places = chain.from_iterable(self._places(row) for row in rows.values())
        return list(dict.fromkeys(place for place in places if place.is_file()))

    def _places(self, seed: SeedRow) -> list[Path]:
        archived = self._data.archive / seed.inbox / seed.path
        places = [archived, *archived.parent.glob(f"*.{seed.sha256[:16]}")]
        places.append(Quarantine(self._data.quarantine).place(seed_key(seed), seed.name))
        if seed.inbox in self._inboxes:
            places.insert(0, self._inboxes[seed.inbox].path / unescape(seed.path))
        return places

    def _editions(self, chosen: Sequence[ArticleRow]) -> list[Path]:
        with self._ledger.read() as connection:
            rows = editions.newest_first(connection)
        covering = [
            row for row in rows if any(row.after < each.sequence <= row.through for each in chosen)
        ]
        paths = chain.from_iterable(edition_files(self._data.editions, row) for row in covering)
        return [path for path in paths if path.is_file()]
