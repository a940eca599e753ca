"""The pure stages in a row: a file to articles, a refusal, or back to the gate."""

from dataclasses import replace

import orjson
import pytest

from desk import BINARY, FERRY, LIMIT, START, Desk, sighted
from tidende.model.limits import Limits
from tidende.model.seed import Candidate
from tidende.service.outcome import Outcome, Processed, PutBack
from tidende.service.processing import process


def _process(candidate: Candidate) -> Outcome:
    return process(candidate, limits=Limits(seed_bytes=LIMIT), now=lambda: START)


def test_a_text_becomes_an_article(desk: Desk) -> None:
    """With its hash, the moment of receipt, and how long each stage took."""
    outcome = _process(sighted(desk.drop("a.txt", FERRY)))
    assert isinstance(outcome, Processed)
    assert len(outcome.articles) == 1
    assert outcome.rejections == ()
    assert outcome.received == START.timestamp()
    assert set(outcome.took_ms) == {"read_ms", "parse_ms"}


def test_extraction_can_be_left_out(desk: Desk) -> None:
    """The article keeps its structure, its language and what copies of it are found by."""
    candidate = sighted(desk.drop("a.txt", FERRY))
    whole, bare = (
        process(candidate, limits=Limits(), extracts=extracts, now=lambda: START)
        for extracts in (True, False)
    )
    assert isinstance(whole, Processed)
    assert isinstance(bare, Processed)
    (known,), (said,) = whole.articles, bare.articles
    assert (said.fingerprint, said.sketch) == (known.fingerprint, known.sketch)
    assert known.keys
    assert known.clues
    assert (said.keys, said.clues) == ((), b"")
    here, there = orjson.loads(said.prepared.extraction), orjson.loads(known.prepared.extraction)
    assert here["blocks"] == there["blocks"]
    assert here["language"] == there["language"]
    assert there["places"]
    assert not here["places"]


@pytest.mark.parametrize(
    ("content", "stage", "reason"),
    [
        (BINARY, "decode", "not-text"),
        (b" \n", "parse", "no-text"),
        (b"x" * (LIMIT + 1), "read", "too-large"),
    ],
)
def test_a_seed_that_cannot_be_used_is_refused_with_its_reason(
    desk: Desk, content: bytes, stage: str, reason: str
) -> None:
    """A refusal is an outcome, not an error."""
    outcome = _process(sighted(desk.drop("a.txt", content)))
    assert isinstance(outcome, Processed)
    assert outcome.articles == ()
    assert [(one.stage, one.reason) for one in outcome.rejections] == [(stage, reason)]


def test_a_seed_that_was_never_read_has_no_hash(desk: Desk) -> None:
    """Nothing is claimed of content that nobody saw."""
    outcome = _process(sighted(desk.drop("a.txt", b"x" * (LIMIT + 1))))
    assert isinstance(outcome, Processed)
    assert outcome.sha256 is None


def test_a_file_that_is_gone_is_put_back_as_gone(desk: Desk) -> None:
    """It won't be looked for again."""
    file = desk.drop("a.txt", FERRY)
    candidate = sighted(file)
    file.unlink()
    outcome = _process(candidate)
    assert isinstance(outcome, PutBack)
    assert outcome.gone


def test_a_file_that_changed_is_put_back_to_settle(desk: Desk) -> None:
    """It will be tried again."""
    candidate = sighted(desk.drop("a.txt", FERRY))
    changed = replace(candidate, stamp=replace(candidate.stamp, size=1))
    outcome = _process(changed)
    assert isinstance(outcome, PutBack)
    assert not outcome.gone
