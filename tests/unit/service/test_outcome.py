"""What goes between the daemon and its workers comes out as it went in."""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from desk import BINARY, FERRY, LIMIT, START, Desk, sighted, unseen
from tidende.model.limits import Limits
from tidende.service.processing import process

_T = TypeVar("_T")


def _sent(value: _T) -> _T:
    """Return what comes out of the pipe."""
    received: _T = pickle.loads(pickle.dumps(value))  # noqa: S301
    return received


def test_a_candidate_is_the_same_on_the_other_side(desk: Desk) -> None:
    candidate = replace(
        sighted(desk.drop("folder/a.txt", FERRY)), attempt=3, again=7, regular=False
    )

    assert _sent(candidate) == candidate


@pytest.mark.parametrize("content", [FERRY, BINARY, b"x" * (LIMIT + 1)])
def test_an_outcome_is_the_same_on_the_other_side(desk: Desk, content: str | bytes) -> None:
    """Articles, a refusal of what was read, and of what was not."""
    candidate = sighted(desk.drop("a.txt", content))
    outcome = process(candidate, limits=Limits(seed_bytes=LIMIT), now=lambda: START)

    assert _sent(outcome) == outcome


def test_what_is_put_back_is_put_back_on_the_other_side(tmp_path: Path) -> None:
    candidate = unseen(tmp_path / "gone.txt")
    outcome = process(candidate, limits=Limits(), now=lambda: START)

    assert _sent(outcome) == outcome
