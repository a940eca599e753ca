"""Answers what commands ask of the holder through the ledger."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from tidende.clock import Clock
from tidende.errors import StoreError, TidendeError, TransientError
from tidende.intake.inbox import Inbox
from tidende.intake.quarantine import Quarantine
from tidende.intake.scanner import look
from tidende.model.seed import Candidate
from tidende.service.corrections import Corrections
from tidende.service.deliveries import Deliveries
from tidende.service.digests import Digests
from tidende.service.edition_files import describe
from tidende.service.forgetting import Forgetting
from tidende.service.recorded import Recorded
from tidende.service.seed_keys import seed_key
from tidende.store import rejections, requests, seeds
from tidende.store.ledger import Ledger
from tidende.store.requests import Request

Answer: TypeAlias = Mapping[str, Any]
Retry: TypeAlias = Callable[[Sequence[Candidate]], None]
"""Sends candidates to the workers."""


@dataclass(slots=True)
class _Retrial:
    """A request that waits for seeds to be decided again."""

    waiting: dict[int, list[str]]  # a seed's number to its keys in quarantine
    results: list[Answer] = field(default_factory=list)


class Requests:
    """Finds open requests, acts on them, and writes the answers beside them."""

    def __init__(  # noqa: PLR0913  # one for each thing that can be asked for
        self,
        *,
        ledger: Ledger,
        corrections: Corrections,
        digests: Digests,
        quarantine: Quarantine,
        deliveries: Deliveries,
        inboxes: Sequence[Inbox],
        forgetting: Forgetting,
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._corrections = corrections
        self._digests = digests
        self._quarantine = quarantine
        self._deliveries = deliveries
        self._inboxes = {inbox.name: inbox for inbox in inboxes}
        self._forgetting = forgetting
        self._now = now
        self._lock = Lock()
        self._retrials: dict[int, _Retrial] = {}
        self._begun: set[int] = set()
        self._answers: dict[int, Answer] = {}

    def poll(self, retry: Retry) -> None:
        """Act on every open request; seeds to be tried again go to `retry`.

        Raises TransientError when something can't be done now; the next poll tries it again.
        """
        self._write_answers()
        with self._ledger.read() as connection:
            found = requests.still_open(connection)
        trouble: TransientError | None = None
        for request in found:
            if request.id in self._begun:
                continue  # seeds are being tried again for it, or it was just answered
            self._begun.add(request.id)
            try:
                answer = self._act(request, retry)
            except StoreError:
                raise
            except TransientError as error:
                self._begun.discard(request.id)
                trouble = error
                continue
            except (TidendeError, ValueError) as error:
                answer = {"error": str(error)}
            if answer is not None:
                self._answers[request.id] = answer
        self._write_answers()
        if trouble is not None:
            raise trouble

    def heard(self, recorded: Recorded) -> None:
        """Note that a seed was decided: somebody may have asked for it."""
        refusal = recorded.refusals[0][1] if recorded.refusals else None
        self._note(
            recorded.processed.candidate,
            recorded.decision,
            reason=refusal.reason if refusal else None,
            message=refusal.message if refusal else None,
        )

    def lost(self, candidate: Candidate) -> None:
        """Note that a seed was gone before it could be decided."""
        self._note(candidate, "gone", reason=None, message="its file is gone")

    def _note(
        self, candidate: Candidate, decision: str, *, reason: str | None, message: str | None
    ) -> None:
        if candidate.again is None:
            return
        said = {"decision": decision, "reason": reason, "message": message}
        with self._lock:
            for number, retrial in list(self._retrials.items()):
                keys = retrial.waiting.pop(candidate.again, [])
                retrial.results += [{"key": key, "path": candidate.path, **said} for key in keys]
                if not retrial.waiting:
                    self._answers[number] = {"seeds": retrial.results}
                    del self._retrials[number]
        with suppress(TransientError):  # the next poll writes it
            self._write_answers()

    def _act(self, request: Request, retry: Retry) -> Answer | None:
        """Return the answer, or None when it will come later."""
        if request.kind == "digest.run":
            return self._make_editions(request)
        if request.kind == "queue.revive":
            return {"events": self._deliveries.revive(request.argument["files"])}
        if request.kind == "article.forget":
            return self._forget(request)
        if request.kind.startswith("story."):
            return self._correct(request)
        candidates = self._candidates(request.argument["keys"])
        if not candidates:
            return {"seeds": []}
        waiting: dict[int, list[str]] = {}
        for key, candidate in candidates.items():
            waiting.setdefault(candidate.again or 0, []).append(key)
        with self._lock:
            self._retrials[request.id] = _Retrial(waiting)
        retry(list({candidate.again: candidate for candidate in candidates.values()}.values()))
        return None

    def _make_editions(self, request: Request) -> Answer:
        """Make editions: of any window, one again, up to a moment, or what is due or new."""
        name = request.argument["name"]
        said = {
            key: datetime.fromisoformat(request.argument[key])
            for key in ("at", "again", "since", "until")
            if request.argument.get(key)
        }
        if "again" in said:
            made = [self._digests.make_again(name, said["again"])]
        elif "since" in said:
            row = self._digests.make_past(name, said["since"], said.get("until", self._now()))
            made = [row] if row else []
        else:
            made = self._digests.make(name, said.get("at"))
        told = [asdict(describe(row, self._digests.directory)) for row in made]
        return {"edition": told[-1] if told else None, "editions": told}

    def _forget(self, request: Request) -> Answer:
        name, copies = request.argument["name"], request.argument["copies"]
        return asdict(self._forgetting.forget(name, copies=copies))

    def _correct(self, request: Request) -> Answer:
        said = request.argument
        if request.kind == "story.merge":
            changed = self._corrections.merge(said["stories"])
        elif request.kind == "story.split":
            changed = self._corrections.split(said["story"], said["articles"])
        else:
            changed = self._corrections.move(said["article"], said["story"])
        return {"stories": [asdict(each) for each in changed]}

    def _candidates(self, keys: Sequence[str]) -> dict[str, Candidate]:
        """Return the refused seeds with these keys, or all when none is named, as candidates."""
        with self._ledger.read() as connection:
            chosen = [
                row for row in rejections.still_open(connection) if row.key in keys or not keys
            ]
            rows = seeds.by_ids(connection, (row.seed for row in chosen))
        found = {}
        for rejection in chosen:
            row = rows[rejection.seed]
            name = row.name
            copy = self._quarantine.find(seed_key(row), name)
            file = copy or self._in_inbox(row.inbox, row.path)
            stamp = look(str(file)) if file else None
            if stamp is not None:
                found[rejection.key] = Candidate(
                    inbox=row.inbox,
                    path=row.path,
                    file=str(file),
                    source=row.source,
                    stamp=stamp,
                    attempt=row.attempts + 1,
                    again=row.id,
                )
        return found

    def _in_inbox(self, inbox: str, path: str) -> Path | None:
        return self._inboxes[inbox].file(path) if inbox in self._inboxes else None

    def _write_answers(self) -> None:
        """Write what hasn't been written; an answer must not be lost, for the asker waits."""
        for number, said in list(self._answers.items()):
            with self._ledger.write() as connection:
                requests.answer(connection, number, said, self._now())
            self._answers.pop(number, None)
