"""What the daemon and its workers send one another: plain tuples, without what the other one has.

Pickling dataclasses would cost three times as much, and the daemon does its part for all workers.
"""

from collections.abc import Mapping
from typing import TypeAlias

from tidende.emit.envelope import Prepared
from tidende.model.seed import Candidate, Rejected, Stamp
from tidende.service.outcome import FingerprintedArticle, Outcome, Processed, PutBack

TALLY_BYTES = 8
"""Of the number, little-endian, in the file in which a worker counts the chunks it has begun."""

Question: TypeAlias = tuple[str, str, str, str, int, int | None, bool, tuple[int, int, int, int]]
"""A candidate."""
_Prepared: TypeAlias = tuple[int, bytes, bytes, bytes, bytes]
_Article: TypeAlias = tuple[_Prepared, bytes, tuple[int, ...], tuple[int, ...], bytes]
_Processed: TypeAlias = tuple[
    str | None, float, list[_Article], tuple[Rejected, ...], Mapping[str, float]
]
_PutBack: TypeAlias = tuple[bool, str]
Answer: TypeAlias = _Processed | _PutBack
"""What became of a candidate, which the daemon still has."""


def question(candidate: Candidate) -> Question:
    """Return a candidate as it is sent."""
    stamp = candidate.stamp
    return (
        candidate.inbox,
        candidate.path,
        candidate.file,
        candidate.source,
        candidate.attempt,
        candidate.again,
        candidate.regular,
        (stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.inode),
    )


def asked(sent: Question) -> Candidate:
    """Return the candidate that was sent."""
    inbox, path, file, source, attempt, again, regular, stamp = sent
    size, mtime_ns, ctime_ns, inode = stamp
    return Candidate(
        inbox=inbox,
        path=path,
        file=file,
        source=source,
        stamp=Stamp(size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, inode=inode),
        attempt=attempt,
        again=again,
        regular=regular,
    )


def answer(outcome: Outcome) -> Answer:
    """Return an outcome as it is sent."""
    if isinstance(outcome, PutBack):
        return outcome.gone, outcome.message
    articles = [_article(each) for each in outcome.articles]
    return outcome.sha256, outcome.received, articles, outcome.rejections, outcome.took_ms


def answered(candidate: Candidate, sent: Answer) -> Outcome:
    """Return the outcome that was sent of a candidate."""
    if len(sent) == 2:  # noqa: PLR2004
        gone, message = sent
        return PutBack(candidate=candidate, gone=gone, message=message)
    sha256, received, articles, rejections, took_ms = sent
    return Processed(
        candidate=candidate,
        sha256=sha256,
        received=received,
        articles=tuple(map(_fingerprinted, articles)),
        rejections=rejections,
        took_ms=took_ms,
    )


def _article(made: FingerprintedArticle) -> _Article:
    said = made.prepared
    prepared = said.ordinal, said.item, said.text, said.extraction, said.provenance
    return prepared, made.fingerprint, made.sketch, made.keys, made.clues


def _fingerprinted(sent: _Article) -> FingerprintedArticle:
    (ordinal, item, text, extraction, provenance), fingerprint, sketch, keys, clues = sent
    return FingerprintedArticle(
        prepared=Prepared(
            ordinal=ordinal, item=item, text=text, extraction=extraction, provenance=provenance
        ),
        fingerprint=fingerprint,
        sketch=sketch,
        keys=keys,
        clues=clues,
    )
