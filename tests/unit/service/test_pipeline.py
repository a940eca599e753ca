"""The pipeline's turn: what is decided stays decided, and what can't be now waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from desk import BRIDGE, FERRY, Desk
from tidende.clock import monotonic
from tidende.errors import TransientError
from tidende.intake.gate import Gate
from tidende.model.seed import Candidate
from tidende.service import backoff
from tidende.service.outcome import Outcome
from tidende.service.pipeline import Pipeline
from tidende.service.recorded import Recorded

if TYPE_CHECKING:
    from tidende.service.workers import WorkerPool


@dataclass
class Hands:
    """Does the workers' part here and now, and counts how often it was asked for what is done."""

    desk: Desk
    waiting: list[Candidate] = field(default_factory=list)
    asked: int = 0

    def put(self, candidates: Sequence[Candidate]) -> None:
        self.waiting += candidates

    def take(self) -> Iterator[Outcome]:
        self.asked += 1
        found, self.waiting = self.waiting, []
        return iter(self.desk.read(found))


@pytest.fixture
def hands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hands:
    monkeypatch.setattr(backoff, "FIRST_SECONDS", 0.0)
    return Hands(desk)


def _pipeline(desk: Desk, hands: Hands, heard: list[Recorded]) -> Pipeline:
    return Pipeline(
        gate=Gate(settle_seconds=0, monotonic=monotonic, wall=desk.clock.wall),
        workers=cast("WorkerPool", hands),
        committer=desk.committer,
        on_recorded=heard.append,
    )


def test_a_batch_that_cannot_be_recorded_is_kept_and_nothing_more_is_taken(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else all that the workers finish would gather in memory for as long as the disk is full."""
    heard: list[Recorded] = []
    way = _pipeline(desk, hands, heard)

    def refuse(_batch: object) -> None:
        raise TransientError("full")

    monkeypatch.setattr(desk.committer, "commit", refuse)
    desk.drop("a", FERRY)
    way.process(desk.scan.run())
    assert [way.collect() for _ in range(3)] == [0, 0, 0]
    assert (way.postponed, way.busy, hands.asked, heard) == ("full", True, 1, [])
    monkeypatch.undo()
    assert way.collect() == 1
    assert (way.postponed, way.busy, len(heard)) == (None, False, 1)
    assert desk.told() == ["new"]


def test_a_batch_is_let_go_of_before_anybody_is_told(desk: Desk, hands: Hands) -> None:
    """Whatever a listener does, it isn't committed a second time."""

    def listen(_recorded: Recorded) -> None:
        raise TransientError("locked")

    way = _pipeline(desk, hands, [])
    way._on_recorded = listen
    desk.drop("a", FERRY)
    desk.drop("b", BRIDGE)
    way.process(desk.scan.run())
    with pytest.raises(TransientError):
        way.collect()
    assert way.collect() == 0
    assert desk.told() == ["new", "new"]
