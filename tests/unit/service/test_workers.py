"""The worker pool: real processes, answers in order, and what happens when one dies."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeAlias

import pytest
from structlog.testing import capture_logs

from desk import BINARY, LIMIT, START, sighted
from tidende.errors import StoreError
from tidende.model.limits import Limits
from tidende.model.seed import Candidate
from tidende.service.outcome import Outcome, Processed, PutBack
from tidende.service.strikes import Strikes
from tidende.service.workers import CHUNK, STRIKES, WorkerPool

StartPool: TypeAlias = Callable[..., WorkerPool]

# A sitecustomize module: it gives the worker a fault that certain seeds bring out, which is how a
# crash in a C library would look.
FAULT = """
import os
from tidende.reading import parse
from tidende.service import processing

def faulty(raw, limits):
    if raw.content.startswith(b"deadly"):
        os._exit(3)
    if raw.content.startswith(b"endless"):
        with open(raw.content.split()[1], "rb") as pipe:
            pipe.read()
    return parse.parse(raw, limits)

processing.parse = faulty
"""


@pytest.fixture
def start() -> Iterator[StartPool]:
    """Return a function that starts a pool, which is stopped in the end."""
    pools: list[WorkerPool] = []

    def begin(
        count: int = 2, *, seconds: float = 600.0, strikes: Strikes | None = None
    ) -> WorkerPool:
        limits = Limits(seed_bytes=LIMIT, seconds=seconds)
        kept = strikes or Strikes()
        pools.append(WorkerPool(count=count, limits=limits, strikes=kept, now=lambda: START))
        return pools[-1]

    yield begin
    for pool in pools:
        pool.stop()


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the workers that start from here on a fault."""
    folder = tmp_path / "fault"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULT)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)


def _seeds(folder: Path, *contents: bytes) -> list[Candidate]:
    files = []
    for number, content in enumerate(contents):
        file = folder / f"{number:04d}.txt"
        file.write_bytes(content)
        files.append(sighted(file))
    return files


def _texts(count: int) -> list[bytes]:
    return [f"Sak nummer {number} fra havna.".encode() for number in range(count)]


def _take_all(pool: WorkerPool) -> list[Outcome]:
    outcomes: list[Outcome] = []
    while len(pool):
        outcomes += pool.take()
        if len(pool):
            wait(pool.connections(), timeout=0.1)
    return outcomes


def test_answers_come_in_the_order_of_the_questions(start: StartPool, tmp_path: Path) -> None:
    """However the seeds are shared out, and more than one chunk a worker."""
    seeds = _seeds(tmp_path, *_texts(3 * CHUNK + 5))
    pool = start(2)
    pool.put(seeds[:40])
    pool.put(seeds[40:])
    outcomes = _take_all(pool)
    assert [outcome.candidate for outcome in outcomes] == seeds
    assert all(isinstance(outcome, Processed) and outcome.articles for outcome in outcomes)


def test_a_worker_tells_what_it_could_not_read(start: StartPool, tmp_path: Path) -> None:
    """A refused seed and one that is gone are answers like any other."""
    refused, gone, good = _seeds(tmp_path, BINARY, b"gone", b"En sak til.")
    Path(gone.file).unlink()
    pool = start(1)
    pool.put([refused, gone, good])
    first, second, third = _take_all(pool)
    assert isinstance(first, Processed)
    assert [refusal.reason for refusal in first.rejections] == ["not-text"]
    assert isinstance(second, PutBack)
    assert second.gone
    assert isinstance(third, Processed)
    assert third.articles


def test_nothing_is_taken_where_nothing_was_put(start: StartPool) -> None:
    """An idle pool is empty."""
    pool = start(1)
    assert list(pool.take()) == []
    assert len(pool) == 0


@pytest.mark.parametrize("killed", [1, 2])
def test_a_killed_worker_is_replaced_and_its_seeds_are_tried_again(
    start: StartPool, tmp_path: Path, killed: int
) -> None:
    """Every seed comes out once and in order, whoever read it."""
    seeds = _seeds(tmp_path, *_texts(4 * CHUNK))
    pool = start(2)
    before = [worker.process.pid for worker in pool._workers]
    for pid in before[:killed]:
        os.kill(pid, signal.SIGSTOP)  # so that it surely has seeds in hand when it ends
    pool.put(seeds)
    for pid in before[:killed]:
        os.kill(pid, signal.SIGKILL)
    with capture_logs() as logs:
        outcomes = _take_all(pool)
    assert [outcome.candidate for outcome in outcomes] == seeds
    assert all(isinstance(outcome, Processed) and outcome.articles for outcome in outcomes)
    after = [worker.process.pid for worker in pool._workers]
    assert [new == old for new, old in zip(after, before, strict=True)].count(False) == killed
    assert {line["pid"] for line in logs if line["event"] == "worker_died"} == set(before[:killed])


def test_a_worker_that_is_killed_while_idle_is_replaced(start: StartPool, tmp_path: Path) -> None:
    """The next seed is read by another."""
    pool = start(1)
    pool._workers[0].process.kill()
    pool._workers[0].process.wait()
    seeds = _seeds(tmp_path, b"En sak.")
    pool.put(seeds)
    with capture_logs():
        assert [outcome.candidate for outcome in _take_all(pool)] == seeds


@pytest.mark.usefixtures("faulty")
def test_a_seed_that_ends_workers_is_refused_and_the_others_are_read(
    start: StartPool, tmp_path: Path
) -> None:
    """One deadly seed in a chunk doesn't take its neighbours with it."""
    contents = _texts(2 * CHUNK)
    contents[10] = b"deadly"
    seeds = _seeds(tmp_path, *contents)
    pool = start(1)
    pool.put(seeds)
    with capture_logs() as logs:
        outcomes = _take_all(pool)
    assert [outcome.candidate for outcome in outcomes] == seeds
    refused = [one for one in outcomes if isinstance(one, Processed) and one.rejections]
    assert [outcome.candidate for outcome in refused] == [seeds[10]]
    (refusal,) = refused[0].rejections
    assert (refusal.stage, refusal.reason) == ("parse", "ended-worker")
    assert refused[0].sha256 is None
    # Once among others, when nobody can tell which it was, and then alone.
    assert [line["exit_code"] for line in logs] == [3] * STRIKES


@pytest.mark.usefixtures("faulty")
def test_a_seed_that_ends_a_worker_alone_is_refused_the_second_time(
    start: StartPool, tmp_path: Path
) -> None:
    """It gets no third chance."""
    seeds = _seeds(tmp_path, b"deadly")
    pool = start(1)
    pool.put(seeds)
    with capture_logs() as logs:
        (outcome,) = _take_all(pool)
    assert isinstance(outcome, Processed)
    assert outcome.rejections[0].reason == "ended-worker"
    assert len(logs) == STRIKES


@pytest.mark.usefixtures("faulty")
def test_a_seed_that_ended_a_worker_before_a_restart_has_one_chance_left(
    start: StartPool, tmp_path: Path
) -> None:
    """The others, which were with it, lose nothing by it."""
    deadly, good = _seeds(tmp_path, b"deadly", b"En sak.")
    known = {(one.inbox, one.path, one.stamp): STRIKES - 1 for one in (deadly, good)}
    pool = start(1, strikes=Strikes(known))
    pool.put([deadly, good])
    with capture_logs() as logs:
        refused, taken = _take_all(pool)
    assert isinstance(refused, Processed)
    assert refused.rejections[0].reason == "ended-worker"
    assert isinstance(taken, Processed)
    assert taken.articles
    assert len(logs) == 1


@pytest.mark.usefixtures("faulty")
def test_whose_answer_waits_to_be_sent_is_not_to_blame(start: StartPool, tmp_path: Path) -> None:
    """A worker dies of one chunk, while nobody has taken what it made of the one before."""
    good, deadly = _seeds(tmp_path, b"En sak. " * 12_000, b"deadly")
    strikes = Strikes()
    pool = start(1, strikes=strikes)
    wait(pool.connections())
    assert list(pool.take()) == []
    pool.put([good, deadly])
    pool._workers[0].process.wait()
    with capture_logs():
        taken, refused = _take_all(pool)
    assert isinstance(taken, Processed)
    assert taken.articles
    assert strikes.count(good) == 0
    assert isinstance(refused, Processed)
    assert refused.rejections[0].reason == "ended-worker"


@pytest.mark.usefixtures("faulty")
def test_a_worker_that_hangs_can_be_killed_like_any_other(start: StartPool, tmp_path: Path) -> None:
    """Ending a process is the one way out of a seed that never ends."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    hanging, good = _seeds(tmp_path, b"endless " + os.fsencode(pipe), b"En sak.")
    pool = start(1)
    pool.put([hanging, good])
    outcomes: list[Outcome] = []
    with capture_logs():
        for _ in range(STRIKES):
            # Opening waits until the worker is there, at its own end.
            with pipe.open("wb"):
                pool._workers[0].process.kill()
                pool._workers[0].process.wait()
                outcomes += pool.take()
        first, second = [*outcomes, *_take_all(pool)]
    assert isinstance(first, Processed)
    assert first.rejections[0].reason == "ended-worker"
    assert isinstance(second, Processed)
    assert second.articles


def test_what_no_worker_has_can_be_given_up(start: StartPool, tmp_path: Path) -> None:
    """At a stop only what is in hand is finished; the rest stays in its inbox."""
    seeds = _seeds(tmp_path, *_texts(6 * CHUNK))
    pool = start(1)
    os.kill(pool._workers[0].process.pid, signal.SIGSTOP)
    pool.put(seeds)
    given_up = pool.give_up_waiting()
    os.kill(pool._workers[0].process.pid, signal.SIGCONT)
    outcomes = _take_all(pool)
    assert given_up
    assert [outcome.candidate for outcome in outcomes] + given_up == seeds


@pytest.mark.usefixtures("faulty")
def test_giving_up_leaves_nothing_behind_that_never_comes_out(
    start: StartPool, tmp_path: Path
) -> None:
    """What a dead worker left waiting stands before what others have finished already."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    contents = _texts(8 * CHUNK)
    contents[0] = b"endless " + os.fsencode(pipe)
    seeds = _seeds(tmp_path, *contents)
    pool = start(2)
    pool.put(seeds)
    with capture_logs():
        with pipe.open("wb"):
            stuck = next(worker for worker in pool._workers if worker.chunks[0][0].number == 0)
            stuck.process.kill()
            stuck.process.wait()
            list(pool.take())
        given_up = pool.give_up_waiting()
        with suppress(OSError):
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        pipe.unlink()
        pipe.write_bytes(b"")
        for worker in pool._workers:
            worker.process.kill()
        outcomes = _take_all(pool)
    assert [outcome.candidate for outcome in outcomes] + given_up == seeds
    assert len(pool) == 0


def test_workers_end_with_the_pool(start: StartPool, tmp_path: Path) -> None:
    """Even one with seeds in hand."""
    pool = start(2)
    pool.put(_seeds(tmp_path, *_texts(CHUNK)))
    processes = [worker.process for worker in pool._workers]
    pool.stop()
    assert all(process.returncode is not None for process in processes)


def test_a_worker_ignores_the_signals_that_stop_the_daemon(
    start: StartPool, tmp_path: Path
) -> None:
    """A terminal and systemd signal the whole group; what is in hand is finished all the same."""
    seeds = _seeds(tmp_path, *_texts(4))
    pool = start(1)
    pool.put(seeds[:2])
    outcomes = _take_all(pool)  # it has begun, so its signals are set
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pool._workers[0].process.pid, number)
    pool.put(seeds[2:])
    outcomes += _take_all(pool)
    assert [outcome.candidate for outcome in outcomes] == seeds
    assert pool._workers[0].process.poll() is None


@pytest.mark.usefixtures("faulty")
def test_a_seed_that_takes_too_long_is_refused_and_the_others_are_read(
    start: StartPool, tmp_path: Path
) -> None:
    """Its worker is ended; nobody waits behind it for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    seeds = _seeds(tmp_path, *_texts(4), f"endless {pipe}".encode(), *_texts(4))
    pool = start(1, seconds=3.0)
    pool.put(seeds)
    with capture_logs():
        outcomes = _take_all(pool)
    assert [outcome.candidate for outcome in outcomes] == seeds
    refusals = {
        one.candidate.name: one.rejections[0].reason
        for one in outcomes
        if isinstance(one, Processed) and one.rejections
    }
    assert refusals == {"0004.txt": "too-slow"}


def test_workers_that_cannot_start_are_an_error_and_no_reason_to_refuse_seeds(
    start: StartPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken installation says nothing about a seed."""
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    pool = start(1)
    pool.put(_seeds(tmp_path, b"En sak."))
    with capture_logs(), pytest.raises(StoreError, match="can't start"):
        _take_all(pool)


def test_what_lies_in_the_working_directory_is_never_run(
    start: StartPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be an inbox, where anybody can drop a file with a module's name."""
    (tmp_path / "orjson.py").write_text("import pathlib; pathlib.Path('ran').touch(); raise")
    monkeypatch.chdir(tmp_path)
    pool = start(1)
    pool.put(_seeds(tmp_path, b"En sak."))
    (outcome,) = _take_all(pool)
    assert isinstance(outcome, Processed)
    assert not (tmp_path / "ran").exists()
