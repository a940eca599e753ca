"""Marks: many events about a path become one hint."""

import select
from pathlib import Path

import pytest

from tidende.intake.inbox import Inbox
from tidende.intake.marks import Mark, Marks, Scanned, combine

INBOX = Inbox(name="wire", path=Path("/in"))
OTHER = Inbox(name="post", path=Path("/post"))


def _marks(said: str, path: str = "a") -> list[Mark]:
    return [Mark(inbox=INBOX, path=path, hint=hint) for hint in said.split()]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("created", "created"),
        ("created created", "created"),
        ("created opened", "written"),  # somebody writes
        ("created opened written written", "written"),
        ("written", "written"),
        ("moved", "moved"),
        ("moved opened", "moved"),  # a reader came
        ("moved opened opened", "moved"),
        ("moved opened written", "written"),  # a writer came
        ("created opened written moved", "moved"),  # renamed over
        ("moved created", "written"),
        ("written created", "written"),
        ("scanned", "scanned"),
    ],
)
def test_what_happened_to_a_path_amounts_to_one_hint(said: str, hint: str) -> None:
    """Only what surely is complete counts as moved or created."""
    assert combine(_marks(said)) == {(INBOX, "a"): hint}


def test_reading_a_file_is_no_news() -> None:
    """We open every seed ourselves."""
    assert combine(_marks("opened opened")) == {}


def test_paths_are_told_apart() -> None:
    """By name and by inbox."""
    marks = [
        *_marks("created", "a"),
        *_marks("moved", "b"),
        Mark(inbox=OTHER, path="a", hint="written"),
        Mark(inbox=INBOX, path=None, hint="scanned"),
    ]
    assert combine(marks) == {
        (INBOX, "a"): "created",
        (INBOX, "b"): "moved",
        (OTHER, "a"): "written",
        (INBOX, None): "scanned",
    }


def test_the_queue_is_readable_while_it_holds_something() -> None:
    """The loop can wait for it among other things."""
    marks = Marks()
    assert select.select([marks], [], [], 0)[0] == []
    marks.put(Scanned(candidates=()))
    marks.put(*_marks("created"))
    assert select.select([marks], [], [], 0)[0] == [marks]
    assert list(marks.drain()) == [Scanned(candidates=()), *_marks("created")]
    assert select.select([marks], [], [], 0)[0] == []
    assert list(marks.drain()) == []
    marks.close()


def test_waking_the_loop_brings_no_news() -> None:
    """A signal handler only wakes."""
    marks = Marks()
    marks.wake()
    marks.wake()
    assert select.select([marks], [], [], 0)[0] == [marks]
    assert list(marks.drain()) == []
    marks.close()
