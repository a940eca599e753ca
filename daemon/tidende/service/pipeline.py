"""The pipeline: candidates through the gate to the workers, their outcomes to the committer.

One thread drives it, turn by turn: the daemon's loop, or `ingest`. A turn never waits.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TypeAlias

from tidende.clock import milliseconds_since, monotonic
from tidende.errors import TransientError
from tidende.intake.gate import Gate
from tidende.intake.marks import Hint
from tidende.intake.scanner import look
from tidende.logs import get_logger
from tidende.model.seed import Candidate
from tidende.service.backoff import Backoff
from tidende.service.committer import Committer
from tidende.service.outcome import Processed, PutBack
from tidende.service.recorded import Recorded
from tidende.service.workers import WorkerPool

OnRecorded: TypeAlias = Callable[[Recorded], None]
OnLost: TypeAlias = Callable[[Candidate], None]


class Pipeline:
    """The way of the seeds; `on_recorded` hears of each that was decided, `on_lost` of each gone.

    `troubles` says why files that wait in the gate couldn't be read, by file; `postponed` why what
    the workers have finished can't be recorded just now, None when it can.
    """

    def __init__(
        self,
        *,
        gate: Gate,
        workers: WorkerPool,
        committer: Committer,
        on_recorded: OnRecorded = lambda _: None,
        on_lost: OnLost = lambda _: None,
    ) -> None:
        self.gate = gate
        self._workers = workers
        self._committer = committer
        self.troubles: dict[str, str] = {}
        self.postponed: str | None = None
        self._undecided: list[Processed] = []
        self._backoff = Backoff()
        self._on_recorded = on_recorded
        self._on_lost = on_lost
        self._in_hand: set[Candidate] = set()

    @property
    def busy(self) -> bool:
        """Say whether there are seeds on their way between gate and ledger."""
        return bool(self._in_hand)

    def connections(self) -> list[Connection]:
        """Return what becomes readable when a turn has something to do."""
        return self._workers.connections() if self._backoff.is_over() else []

    def sight(self, candidates: Iterable[Candidate], hint: Hint) -> None:
        """Take in files that were seen; one that isn't complete yet waits in the gate."""
        fresh = (candidate for candidate in candidates if candidate not in self._in_hand)
        self.process(self.gate.admit(fresh, hint))

    def process(self, candidates: Iterable[Candidate]) -> None:
        """Hand candidates to the workers as they are."""
        chosen = [candidate for candidate in candidates if candidate not in self._in_hand]
        self._in_hand.update(chosen)
        self._workers.put(chosen)

    def turn(self) -> int:
        """Do all that can be done at once; return how many seeds were decided."""
        self.process(self.gate.settled())
        return self.collect()

    def collect(self) -> int:
        """Decide what the workers have finished; nothing new is begun.

        A batch that can't be recorded now is kept, and tried again after a while.
        """
        if not self._backoff.is_over():
            return 0
        if not self._undecided:  # else nothing more is taken in hand, and the workers wait
            self._take()
        if not self._undecided:
            return 0
        start = monotonic()
        try:
            recorded = self._committer.commit(self._undecided)
        except TransientError as error:
            self._postpone(str(error))
            return 0
        self._backoff.end()
        self.postponed, self._undecided = None, []
        self._tell(recorded, milliseconds_since(start))
        return len(recorded)

    def _take(self) -> None:
        for outcome in list(self._workers.take()):
            if isinstance(outcome, PutBack):
                self._in_hand.discard(outcome.candidate)
                self._put_back(outcome)
            else:
                self._undecided.append(outcome)

    def _postpone(self, message: str) -> None:
        """Try again after a while; what hinders is said once."""
        seconds = self._backoff.begin()
        if self.postponed != message:
            seeds = len(self._undecided)
            get_logger().warning("commit_postponed", seeds=seeds, seconds=seconds, message=message)
        self.postponed = message

    def next_due(self) -> float | None:
        """Return in how many seconds there may be something to do without any news, or None."""
        dues = (self.gate.next_due(), self._backoff.remaining())
        return min((due for due in dues if due is not None), default=None)

    def give_up_waiting(self) -> None:
        """Drop what no worker has begun; it stays in its inbox, for the next start to find."""
        self._in_hand.difference_update(self._workers.give_up_waiting())

    def _tell(self, recorded: Sequence[Recorded], took_ms: float) -> None:
        """Let go of what was decided, and say so."""
        commit_ms = round(took_ms / len(recorded), 3)
        for seed in recorded:
            candidate = seed.processed.candidate
            self._in_hand.discard(candidate)
            self.troubles.pop(candidate.file, None)
            _log(seed, commit_ms)
            self._on_recorded(seed)

    def _put_back(self, outcome: PutBack) -> None:
        """Send a seed back to the gate; what its trouble is, is said once."""
        candidate = outcome.candidate
        stamp = None if outcome.gone else look(candidate.file)
        if stamp is None:
            self._on_lost(candidate)
            return
        if self.troubles.get(candidate.file) != outcome.message:
            get_logger().warning("seed_put_back", path=candidate.path, message=outcome.message)
            self.troubles[candidate.file] = outcome.message
        self.sight([replace(candidate, stamp=stamp)], "written")


def _log(seed: Recorded, commit_ms: float) -> None:
    """Write the one canonical line of a seed."""
    processed = seed.processed
    said: dict[str, object] = {
        "decision": seed.decision,
        "inbox": processed.candidate.inbox,
        "path": processed.candidate.path,
    }
    if len(seed.articles) + len(seed.refusals) > 1:
        said["articles"] = len(seed.articles)
        said["refused"] = len(seed.refusals)
    if seed.articles and seed.articles[0].of:
        said["of"] = seed.articles[0].of
    if seed.refusals:
        said["reason"] = seed.refusals[0][1].reason
        said["message"] = seed.refusals[0][1].message
    took = {**processed.took_ms, "commit_ms": commit_ms}
    log = get_logger().warning if seed.refusals else get_logger().info
    log("seed_decided", **said, **took)
