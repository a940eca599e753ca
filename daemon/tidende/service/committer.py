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
from tidende.emit.backlog import Waiting
from tidende.emit.backpressure import Backpressure
from tidende.emit.envelope import Header, seal_digest, seal_story
from tidende.emit.queue_directory import QueueDirectory
from tidende.errors import StoreError, TransientError
from tidende.logs import get_logger
from tidende.model.event import Event
from tidende.model.payload import DigestData, StoryData
from tidende.service.catalogue import Catalogue
from tidende.service.knowledge import Knowledge
from tidende.service.memory import Memory
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

    def __init__(  # noqa: PLR0913  # one for each thing it writes to
        self,
        *,
        ledger: Ledger,
        catalogue: Catalogue,
        queue: QueueDirectory,
        backpressure: Backpressure,
        seed_files: SeedFiles,
        source: str,
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._queue = queue
        self._backpressure = backpressure
        self._seed_files = seed_files
        self._source = source
        self._now = now
        self._lock = Lock()
        self._broken: StoreError | None = None
        self._due: list[Event] = []
        self._published: list[int] = []
        self.postponed: str | None = None
        """Why what is recorded can't be published just now, None when it is or can be."""

    def recover(self, withheld: Container[str] = ()) -> int:
        """Finish what a crash interrupted; return how many events were published late.

        Events of the subjects `withheld` stay in the outbox for a later start.
        """
        with self._held():
            with self._ledger.read() as connection:
                outbox = events.unpublished(connection)
            held = [event for event in outbox if event.subject in withheld]
            due = [event for event in outbox if event not in held]
            late = self._queue.recover(due, withheld=held)
            self._published = [event.sequence for event in due]
        self.settle_outbox()
        return len(late)

    def commit(self, batch: Sequence[Processed]) -> list[Recorded]:
        """Decide, record and publish a batch, and return what became of each seed.

        Raises TransientError when it can't be done now; then nothing of it is decided.
        """
        with self._held():
            self._publish_due()
            self._backpressure.check()
            recorded = self._record(batch)
            self._publish_if_possible()
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
            self._backpressure.check()
            with self._ledger.write() as connection:
                if not editions.fits(connection, row, follows):
                    return False
                editions.add(connection, row)
                mails.add(connection, mail)
                event = seal_digest(
                    data,
                    subject=subject,
                    header=Header(source=self._source, time=self._now()),
                    sequence=events.last_sequence(connection) + 1,
                )
                events.add(connection, [event], self._now())
                self._stage([event])
            try:
                deliver()
            except TransientError as error:
                # It is recorded: only a restart, which restores its files, may announce it.
                raise StoreError(str(error)) from error
            self._due.append(event)
            self._publish_if_possible()
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
            self._publish_due()
            self._backpressure.check()
            with self._ledger.write() as connection:
                linking = Knowledge.within(connection, self._catalogue).linking
                updates = linking.correct(said, withdrawn, lasting)
                linking.write()
                header = Header(source=self._source, time=self._now())
                last = events.last_sequence(connection)
                new = [
                    seal_story(update, header=header, sequence=sequence)
                    for sequence, update in enumerate(updates, last + 1)
                ]
                events.add(connection, new, header.time)
                self._stage(new)
            self._due = new
            self._publish_if_possible()
        return updates

    def publish_due(self) -> None:
        """Publish what is recorded and couldn't be published then, if it can be now."""
        with self._held():
            self._publish_if_possible()

    def settle_outbox(self) -> None:
        """Publish what is due, and take what was published out of the outbox."""
        with self._held():
            self._publish_due()
            if self._published:
                with self._ledger.write() as connection:
                    events.mark_published(connection, self._published)
                self._published = []

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
            recording = Recording(
                memory=Memory.look_up(connection, batch),
                header=Header(source=self._source, time=self._now()),
                knowledge=Knowledge.within(connection, self._catalogue),
            )
            recording.prepare()
            recorded = [recording.take(processed) for processed in batch]
            if self._published:
                events.mark_published(connection, self._published)
            recording.write(connection)
            self._seed_files.enter_quarantine(recorded)
            self._stage(recording.events)
        self._published = []
        self._due = recording.events
        self._catalogue.add(recording.signatures)
        return recorded

    def _stage(self, new: Sequence[Event]) -> None:
        """Write events to tmp; what can't be written whole is taken away again.

        Only here: once the ledger was asked to commit, its answer may be an error and the
        transaction found again after a crash. Then the files must be there.
        """
        try:
            self._queue.stage(new)
        except TransientError:
            self._queue.discard(new)
            raise

    def _publish_due(self) -> None:
        if self._due:
            self._queue.publish(self._due)
            self._published += [event.sequence for event in self._due]
            size = sum(len(event.body) for event in self._due)
            self._backpressure.note(Waiting(events=len(self._due), bytes=size))
            self._due = []
        self.postponed = None

    def _publish_if_possible(self) -> None:
        try:
            self._publish_due()
        except TransientError as error:
            if self.postponed != str(error):
                get_logger().warning(
                    "publication_postponed", events=len(self._due), message=str(error)
                )
            self.postponed = str(error)
