"""A seed's bytes to its articles, or to the reasons why there are none.

What lies within a seed (a file in an archive, an attachment) is read as a seed of its own, down to
a depth. Ordinals count articles and refusals alike, from 0, in the order of the content.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from tidende.errors import SeedError
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import RawSeed, Rejected
from tidende.reading.formats.budget import Budget, ExceededError
from tidende.reading.formats.document import STAGE, Document, Source, printable
from tidende.reading.formats.registry import read
from tidende.reading.structure import structure

_DEFAULTS = Limits()
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(raw: RawSeed, limits: Limits = _DEFAULTS) -> tuple[Article | Rejected, ...]:
    """Return the seed's articles; a refusal takes an article's place, and nothing is raised.

    A seed beyond a bound is refused whole, as is one of which there is nothing but one refusal.
    """
    budget = Budget(limits)
    source = Source(content=raw.content, name=raw.name)
    try:
        found = list(_unfolded(source, budget, 0))
    except SeedError as error:
        return (_refused(error, raw.name, raw.name),)
    outcomes = tuple(_understood(each, ordinal) for ordinal, each in enumerate(found))
    if len(outcomes) == 1 and isinstance(outcomes[0], Rejected):
        return (replace(outcomes[0], ordinal=None),)
    return outcomes


def _unfolded(source: Source, budget: Budget, depth: int) -> Iterator[Document | Rejected]:
    """Yield what a source holds at any depth; a bound of the whole seed ends it."""
    try:
        budget.descend(depth)
        for found in read(source, budget):
            if isinstance(found, Source):
                yield from _unfolded(found, budget, depth + 1)
            else:
                budget.article()
                yield found
    except ExceededError:
        raise
    except SeedError as error:
        budget.article()
        yield _refused(error, source.name, "" if depth else source.name)
    except Exception as error:  # noqa: BLE001  # one strange seed must not end a worker
        budget.article()
        yield _unexpected(error, source.name)


def _understood(found: Document | Rejected, ordinal: int) -> Article | Rejected:
    if isinstance(found, Rejected):
        return replace(found, ordinal=ordinal)
    try:
        return understand(found, ordinal=ordinal)
    except Exception as error:  # noqa: BLE001  # as above
        return replace(_unexpected(error, found.name), ordinal=ordinal)


def understand(found: Document, *, ordinal: int) -> Article:
    """Return the article that a document is."""
    text = _sendable(found.text)
    structured = structure(text, found.metadata)
    return Article(
        ordinal=ordinal,
        text=text,
        extraction=structured.extraction,
        encoding=found.encoding,
        format=found.format,
        evidence=found.evidence,
        repairs=found.repairs,
        embargoed_until=structured.embargoed_until,
        status=structured.status,
    )


def _sendable(text: str) -> str:
    """Replace half a pair, as JSON and UTF-7 can write it: it is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _refused(error: SeedError, name: str, seed: str) -> Rejected:
    """Say which part it was, where it isn't the seed itself."""
    message = str(error) if name == seed else f"{name}: {error}"
    stage = "decode" if error.reason == "not-text" else STAGE
    return Rejected(stage=stage, reason=error.reason, message=printable(message))


def _unexpected(error: Exception, name: str) -> Rejected:
    message = f"{name}: {type(error).__name__}: {error}"[:500]
    return Rejected(stage=STAGE, reason="unexpected", message=printable(message))
