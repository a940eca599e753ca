"""The committer: decides, records and publishes, in order, in batches; the ledger's one writer.

The order of its steps is the promise that nothing is lost and nothing published twice: quarantine
copies, event files in tmp, the ledger's commit, then the rename that lets consumers see them. What
can't be done just now raises TransientError before the commit, and nothing has happened; what is
committed and can't be published yet is `due`, and goes out before anything else does.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from tidende.clock import Clock
from tidende.emit.envelope import Header, seal_digest, seal_story
from tidende.errors import StoreError, TransientError
from tidende.model.payload import DigestData, StoryData
from tidende.service.catalogue import Catalogue, Search
from tidende.service.knowledge import Knowledge
from tidende.service.linking import Linking
from tidende.service.memory import Memory
from tidende.service.outbox import Outbox
from tidende.service.outcome import Processed
from tidende.service.recorded import Recorded
from tidende.service.recording import Recording
from tidende.service.seed_files import SeedFiles
from tidende.store import editions, events, mails
from tidende.store.editions import EditionRow
from tidende.store.ledger import Ledger
from tidende.store.mails import MailRow
from tidende.store.stories import CorrectionRow


class Committer:
    """Writes for the holder of the data directory; safe to call from several threads."""

    def __init__(  # noqa: PLR0913  # one for each thing it writes to, its name and its time
        self,
        *,
        ledger: Ledger,
        catalogue: Catalogue,
        outbox: Outbox,
        seed_files: SeedFiles,
        source: str,
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._outbox = outbox
        self._seed_files = seed_files
        self._source = source
        self._now = now
        self._lock = Lock()
        self._broken: StoreError | None = None

    @property
    def postponed(self) -> str | None:
        """Why what is recorded can't be published just now, None when it is or can be."""
        return self._outbox.postponed

    def recover(self, withheld: Container[str] = ()) -> int:
        """Finish what a crash interrupted; return how many events were published late.

        Events of the subjects `withheld` stay in the outbox for a later start.
        """
        with self._held():
            with self._ledger.read() as connection:
                late = self._outbox.recover(connection, withheld)
            self._settle()
        return late

    def commit(self, batch: Sequence[Processed]) -> list[Recorded]:
        """Decide, record and publish a batch, and return what became of each seed.

        Raises TransientError when it can't be done now; then nothing of it is decided.
        """
        with self._held():
            self._outbox.publish()
            self._outbox.check_room()
            recorded = self._record(batch)
            self._outbox.publish_if_possible()
            self._seed_files.dispose(recorded)
            self._seed_files.leave_quarantine(recorded)
        return recorded

    def record_edition(  # noqa: PLR0913
        self,
        row: EditionRow,
        data: DigestData,
        *,
        subject: str,
        follows: EditionRow | None,
        mail: Sequence[MailRow] = (),
        deliver: Callable[[], object],
    ) -> bool:
        """Record an edition with its mail, have it delivered, and publish its event.

        `follows` is what the digest's last edition was when this one was drawn up. Returns False,
        and does nothing, when there is another meanwhile.
        """
        with self._held():
            self._outbox.check_room()
            with self._ledger.write() as connection:
                if not editions.fits(connection, row, follows):
                    return False
                editions.add(connection, row)
                mails.add(connection, mail)
                header = self._header()
                event = seal_digest(
                    data,
                    subject=subject,
                    header=header,
                    sequence=events.last_sequence(connection) + 1,
                )
                self._outbox.enter(connection, [event], header.time)
            try:
                deliver()
            except TransientError as error:
                # It is recorded: only a restart, which restores its files, may announce it.
                raise StoreError(str(error)) from error
            self._outbox.committed([event])
            self._outbox.publish_if_possible()
        return True

    def correct(
        self,
        said: Sequence[CorrectionRow],
        *,
        withdrawn: Sequence[tuple[int, int]],
        lasting: str | None = None,
    ) -> list[StoryData]:
        """Record what a person says of pairs of articles, and publish what that changes.

        What was said before of the pairs `withdrawn` holds no longer; the story `lasting` keeps its
        id, also where an older one goes into it. Returns the stories that are
        others now; raises TransientError when it can't be done now.
        """
        with self._held():
            self._outbox.publish()
            self._outbox.check_room()
            with self._ledger.write() as connection:
                linking = Linking(connection, Search(self._catalogue))
                updates = linking.correct(said, withdrawn, lasting)
                linking.write()
                header, last = self._header(), events.last_sequence(connection)
                new = [
                    seal_story(update, header=header, sequence=sequence)
                    for sequence, update in enumerate(updates, last + 1)
                ]
                self._outbox.enter(connection, new, header.time)
            self._outbox.committed(new)
            self._outbox.publish_if_possible()
        return updates

    def publish_due(self) -> None:
        """Publish what is recorded and couldn't be published then, if it can be now."""
        with self._held():
            self._outbox.publish_if_possible()

    def settle_outbox(self) -> None:
        """Publish what is due, and take what was published out of the outbox."""
        with self._held():
            self._settle()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the lock; after a StoreError for the last time, whoever asks.

        A sync that failed would succeed the second time, for content that isn't on the disk.
        """
        with self._lock:
            if self._broken is not None:
                raise StoreError(str(self._broken))
            try:
                yield
            except StoreError as error:
                self._broken = error
                raise

    def _record(self, batch: Sequence[Processed]) -> list[Recorded]:
        with self._ledger.write() as connection:
            memory = Memory.look_up(connection, batch)
            knowledge = Knowledge(connection, self._catalogue)
            knowledge.expect(row.sequence for row in memory.originals.values())
            recording = Recording(memory=memory, header=self._header(), knowledge=knowledge)
            recorded = [recording.take(processed) for processed in batch]
            recording.write(connection)
            self._seed_files.enter_quarantine(recorded)
            self._outbox.enter(connection, recording.events, recording.header.time)
        self._outbox.committed(recording.events)
        self._catalogue.add(knowledge.signatures)
        return recorded

    def _settle(self) -> None:
        self._outbox.publish()
        if self._outbox.unsettled:
            with self._ledger.write() as connection:
                self._outbox.settle(connection)
            self._outbox.committed()

    def _header(self) -> Header:
        return Header(source=self._source, time=self._now())
