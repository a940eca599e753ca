"""The pure stages in a row, from a candidate's bytes to its prepared articles.

This is what a worker process does with each seed. Nothing here touches the ledger or the queue.
"""

from tidende.clock import Clock, milliseconds_since, monotonic
from tidende.dedup.fingerprint import fingerprint
from tidende.dedup.sketch import sketch
from tidende.dedup.stories.clues import pack
from tidende.dedup.stories.evidence import gather, keys
from tidende.emit.envelope import prepare
from tidende.enrich.enrich import enrich
from tidende.errors import SeedError, TransientError
from tidende.intake.read import GoneError, read
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Candidate, RawSeed, Rejected
from tidende.reading.parse import parse
from tidende.service.outcome import FingerprintedArticle, Outcome, Processed, PutBack, refused


def process(candidate: Candidate, *, limits: Limits, extracts: bool = True, now: Clock) -> Outcome:
    """Return what the stages make of a candidate, with or without extraction.

    Without it, reports of its event can't be found either; copies still are.
    """
    start = monotonic()
    try:
        raw = read(candidate, limit=limits.seed_bytes, now=now)
    except SeedError as error:
        refusal = Rejected(stage="read", reason=error.reason, message=str(error))
        return refused(candidate, refusal, now=now)
    except TransientError as error:
        return PutBack(candidate=candidate, gone=isinstance(error, GoneError), message=str(error))
    read_ms = milliseconds_since(start)
    start = monotonic()
    articles, rejections = _understand(raw, limits, extracts=extracts)
    return Processed(
        candidate=candidate,
        sha256=raw.sha256,
        received=raw.received.timestamp(),
        articles=articles,
        rejections=rejections,
        took_ms={"read_ms": read_ms, "parse_ms": milliseconds_since(start)},
    )


def _understand(
    raw: RawSeed, limits: Limits, *, extracts: bool
) -> tuple[tuple[FingerprintedArticle, ...], tuple[Rejected, ...]]:
    articles: list[FingerprintedArticle] = []
    rejections: list[Rejected] = []
    for outcome in parse(raw, limits):
        if isinstance(outcome, Rejected):
            rejections.append(outcome)
            continue
        article = enrich(outcome) if extracts else outcome
        try:
            made = _fingerprinted(raw, article, extracts=extracts)
        except (TypeError, ValueError) as error:  # what can't be written as JSON or UTF-8
            message = f"it can't be sent on: {error}"
            rejections.append(
                Rejected(
                    stage="prepare", reason="unsendable", message=message, ordinal=outcome.ordinal
                )
            )
        else:
            articles.append(made)
    return tuple(articles), tuple(rejections)


def _fingerprinted(raw: RawSeed, article: Article, *, extracts: bool) -> FingerprintedArticle:
    clues = gather(article) if extracts else None
    return FingerprintedArticle(
        prepared=prepare(raw, article),
        fingerprint=fingerprint(article),
        sketch=sketch(article),
        keys=keys(clues) if clues else (),
        clues=pack(clues) if clues else b"",
    )
