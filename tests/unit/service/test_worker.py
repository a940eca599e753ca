"""A worker process's way of waiting and answering."""

from multiprocessing.connection import Connection
from queue import SimpleQueue
from socket import AF_UNIX, SOCK_SEQPACKET, socketpair
from threading import Thread

import pytest

from tidende.service import worker
from tidende.service.worker import _framed, _send, _warm_up_while_idle


@pytest.mark.parametrize("size", [1, 16_384, 16_385, 100_000])
def test_an_answer_is_sent_whole(size: int) -> None:
    """In one call: the worker's next seed may keep it from making another.

    A socket of this kind parts what was sent in two.
    """
    ours, theirs = socketpair(AF_UNIX, SOCK_SEQPACKET)
    answers: SimpleQueue[bytes] = SimpleQueue()
    sending = Thread(target=_send, args=(Connection(theirs.detach()), answers), daemon=True)
    with ours:
        sending.start()
        for byte in (b"a", b"b"):
            answers.put(_framed(byte * size))
            assert ours.recv(1 << 20).endswith(byte * size)
    answers.put(b"too late")
    sending.join()


def test_what_cannot_be_loaded_ends_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The article that needs it is refused with the reason."""
    ours, theirs = (Connection(one.detach()) for one in socketpair())

    def warm_up(tag: str | None) -> None:
        raise MemoryError(tag)

    monkeypatch.setattr(worker, "warm_up", warm_up)
    with ours, theirs:
        cold: list[str | None] = ["da", "nb"]
        _warm_up_while_idle(ours, cold)
        assert cold == []


def test_a_worker_warms_up_while_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes meanwhile waits for one language at most."""
    ours, theirs = (Connection(one.detach()) for one in socketpair())
    warmed: list[str | None] = []

    def warm_up(tag: str | None) -> None:
        warmed.append(tag)
        if tag == "nn":
            theirs.send("a chunk")

    monkeypatch.setattr(worker, "warm_up", warm_up)
    with ours, theirs:
        cold = [None, "da", "nn", "nb"]
        _warm_up_while_idle(ours, cold)
        assert (warmed, cold) == (["nb", "nn"], [None, "da"])
        assert ours.recv() == "a chunk"
        _warm_up_while_idle(ours, cold)
        assert (warmed, cold) == (["nb", "nn", "da", None], [])
