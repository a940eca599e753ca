"""The consumer's side: claim, renew, acknowledge, hand back."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from shelf import Shelf
from tidende.errors import ConfigError, StoreError, TidendeError
from tidende.queue import ClaimedEvent, LeaseLostError, Queue
from tidende.queue.consumer import BATCH


def _reason(shelf: Shelf) -> dict[str, str]:
    [file] = (shelf.path / "returned").glob("*.reason.json")
    found: dict[str, str] = orjson.loads(file.read_bytes())
    return found


def test_events_come_in_order_of_sequence(shelf: Shelf) -> None:
    """Also across shards, and more of them than one listing is used for."""
    shelf.publish(BATCH + 2)
    with Queue(shelf.path, "a") as queue:
        seen = []
        for event in queue.take():
            with event:
                seen.append(event.data["number"])
    assert seen == list(range(1, BATCH + 3))


def test_an_event_is_claimed_only_when_it_is_handed_out(shelf: Shelf) -> None:
    first, second = shelf.publish(2)
    with Queue(shelf.path, "a") as queue:
        event = next(queue.take())
        assert event.path == shelf.path / "claimed" / "a" / first.file_name
        assert (shelf.part(first), shelf.part(second)) == ("claimed", "ready")
        event.ack()


def test_take_gives_no_more_than_is_asked_for(shelf: Shelf) -> None:
    shelf.publish(3)
    with Queue(shelf.path, "a") as queue:
        assert [event.sequence for event in queue.take(2)] == [1, 2]
        assert list(queue.take(0)) == []


def test_two_consumers_never_hold_the_same_event(shelf: Shelf) -> None:
    shelf.publish(20)
    with Queue(shelf.path, "a") as one, Queue(shelf.path, "b") as other:
        pairs = list(zip(one.take(), other.take(), strict=True))
        taken = [event.sequence for pair in pairs for event in pair]
        assert sorted(taken) == list(range(1, 21))


def test_an_acknowledged_event_is_done(shelf: Shelf) -> None:
    [event] = shelf.publish()
    with Queue(shelf.path, "a") as queue:
        next(queue.take()).ack()
    assert (shelf.path / "done" / event.shard / event.file_name).read_bytes() == event.body


def test_a_block_that_ends_acknowledges(shelf: Shelf) -> None:
    [event] = shelf.publish()
    with Queue(shelf.path, "a") as queue, next(queue.take()) as taken:
        assert (taken.id, taken.type, taken.subject) == (event.id, event.type, None)
    assert shelf.part(event) == "done"


def test_a_block_that_raises_hands_back_with_the_text_and_goes_on(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    """The exception isn't lost: it is logged."""
    first, second = shelf.publish(2)
    with Queue(shelf.path, "a") as queue:
        for event in queue.take():
            with event:
                if event.sequence == 1:
                    raise ValueError("no such\nindex")
    assert (shelf.part(first), shelf.part(second)) == ("returned", "done")
    assert _reason(shelf) == {"consumer": "a", "message": "ValueError: no such\nindex"}
    [record] = caplog.records
    assert record.name == "tidende.queue"
    assert record.exc_info is not None


def test_an_interrupt_hands_back_and_goes_on_up(shelf: Shelf) -> None:
    [event] = shelf.publish()
    with (
        pytest.raises(KeyboardInterrupt),
        Queue(shelf.path, "a") as queue,
        next(queue.take()),
    ):
        raise KeyboardInterrupt
    assert shelf.part(event) == "returned"


def test_what_was_settled_in_the_block_is_left_as_it_is(shelf: Shelf) -> None:
    [event] = shelf.publish()
    with Queue(shelf.path, "a") as queue, next(queue.take()) as taken:
        taken.nack("later")
    assert shelf.part(event) == "returned"
    assert _reason(shelf)["message"] == "later"


def test_what_cannot_be_encoded_is_still_a_reason(shelf: Shelf) -> None:
    shelf.publish()
    with Queue(shelf.path, "a") as queue:
        next(queue.take()).nack("half a \ud800 character")
    assert _reason(shelf)["message"] == "half a ? character"


def test_leaving_hands_back_what_was_not_settled(shelf: Shelf) -> None:
    events = shelf.publish(3)
    with Queue(shelf.path, "a") as queue:
        taken = list(queue.take())
        taken[0].ack()
    assert [shelf.part(event) for event in events] == ["done", "returned", "returned"]


def test_renewing_changes_the_ctime_and_nothing_else(shelf: Shelf) -> None:
    [event] = shelf.publish()
    with Queue(shelf.path, "a") as queue:
        taken = next(queue.take())
        os.utime(taken.path, ns=(1, 1))
        before = taken.path.stat()
        taken.renew()
        assert taken.path.stat().st_mtime_ns > before.st_mtime_ns
        assert taken.body == event.body
        taken.ack()


@pytest.mark.parametrize(
    "attempt",
    [
        ClaimedEvent.ack,
        ClaimedEvent.renew,
        ClaimedEvent.open,
        lambda event: event.nack("x"),
        lambda event: event.body,
    ],
    ids=["ack", "renew", "open", "nack", "body"],
)
def test_after_the_lease_was_lost_everything_says_so(
    shelf: Shelf, attempt: Callable[[ClaimedEvent], object]
) -> None:
    """And nothing is made in the place of the claim."""
    [event] = shelf.publish()
    with Queue(shelf.path, "a") as queue:
        taken = next(queue.take())
        shelf.put(event, f"ready/{event.shard}")
        with pytest.raises(LeaseLostError, match=event.file_name):
            attempt(taken)
    assert shelf.part(event) == "ready"
    assert list((shelf.path / "returned").iterdir()) == []
    assert list((shelf.path / "claimed" / "a").iterdir()) == []


def test_a_block_whose_lease_was_lost_raises_at_its_end(shelf: Shelf) -> None:
    [event] = shelf.publish()
    with (
        Queue(shelf.path, "a") as queue,
        pytest.raises(LeaseLostError),
        next(queue.take()),
    ):
        shelf.put(event, f"ready/{event.shard}")


def test_a_pass_ends_though_events_come_back(shelf: Shelf) -> None:
    """What was handed back, and is ready again at once, is for the next pass."""
    shelf.publish(3)
    seen = []
    with Queue(shelf.path, "a") as queue:
        for event in queue.take():
            seen.append(event.sequence)
            event.nack("no")
            shelf.sweep()
    assert seen == [1, 2, 3]


def test_following_sees_what_comes_later_and_ends_when_it_is_stopped(shelf: Shelf) -> None:
    shelf.publish(1)
    seen = []
    with Queue(shelf.path, "a") as queue:
        for event in queue.follow(poll_seconds=0.01):
            with event:
                seen.append(event.sequence)
                if event.sequence == 1:
                    shelf.publish(1)
                else:
                    queue.stop()
        assert list(queue.take()) == []
    assert seen == [1, 2]


def test_a_stop_ends_the_wait_for_events(shelf: Shelf) -> None:
    with Queue(shelf.path, "a") as queue:
        waiting = threading.Thread(target=lambda: list(queue.follow(poll_seconds=3600)))
        waiting.start()
        queue.stop()
        waiting.join(30)
        assert not waiting.is_alive()


def test_a_folder_that_was_tidied_away_is_made_again(shelf: Shelf) -> None:
    shelf.publish(2)
    with Queue(shelf.path, "a") as queue:
        next(queue.take()).ack()
        (shelf.path / "claimed" / "a").rmdir()
        next(queue.take()).ack()


def test_foreign_files_in_ready_are_passed_over(shelf: Shelf) -> None:
    [event] = shelf.publish()
    (shelf.path / "ready" / "notes").mkdir()
    (shelf.path / "ready" / event.shard / "notes.txt").touch()
    with Queue(shelf.path, "a") as queue:
        assert [taken.sequence for taken in queue.take()] == [1]


def test_what_a_name_holds_is_found_again(shelf: Shelf) -> None:
    """By another process that settles it."""
    shelf.publish(2)
    taken = list(Queue(shelf.path, "a").take())
    assert [event.path for event in Queue(shelf.path, "a").claimed()] == [e.path for e in taken]
    assert Queue(shelf.path, "b").claimed() == []


def test_no_queue_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TidendeError, match="no queue yet"):
        Queue(tmp_path / "queue")


def test_a_queue_of_another_version_is_a_clear_error(shelf: Shelf) -> None:
    (shelf.path / "VERSION").write_text("2\n")
    with pytest.raises(StoreError, match=r"version '2', made by another .* this one knows 1"):
        Queue(shelf.path)


def test_a_name_that_cannot_be_a_folders_is_a_clear_error(shelf: Shelf) -> None:
    with pytest.raises(ConfigError, match=r"consumer = '\.\./x'"):
        Queue(shelf.path, "../x")


def test_each_process_has_a_name_of_its_own(shelf: Shelf) -> None:
    assert str(os.getpid()) in Queue(shelf.path).consumer


def test_a_missing_shard_of_done_is_no_lost_lease(shelf: Shelf) -> None:
    [event] = shelf.publish()
    taken = next(Queue(shelf.path, "a").take())
    (shelf.path / "done" / event.shard).rmdir()
    with pytest.raises(StoreError, match="is missing"):
        taken.ack()
    assert shelf.part(event) == "claimed"


def test_it_imports_nothing_heavy() -> None:
    """Consumers are programs of others."""
    heavy = "sqlalchemy pydantic pydantic_settings structlog apscheduler typer zstandard watchdog"
    code = f"import sys, tidende.queue; print(*set({heavy.split()!r}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_log_is_silent_without_trouble(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    shelf.publish(2)
    with caplog.at_level(logging.DEBUG), Queue(shelf.path, "a") as queue:
        for event in queue.take():
            with event:
                pass
    assert caplog.records == []
