"""Articles of our own in six languages, and what pairs of them are to each other."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from desk import understood
from tidende.dedup.telling import Telling, tell
from tidende.enrich.enrich import enrich

_FILES = Path(__file__).parent / "unit" / "dedup" / "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Two articles by their names ("nb/brann"); `kind` is a judgement's, or "related"."""

    known: str
    new: str
    kind: str


def telling_of(text: str) -> Telling:
    """Return the telling of a plain text, by way of the event's JSON."""
    article = enrich(understood(text))
    return tell(article.text, orjson.loads(orjson.dumps(article.extraction)))


@cache
def texts() -> dict[str, str]:
    """Return all articles by name."""
    return {
        f"{language}/{name}": text.strip() + "\n"
        for language, content in _contents().items()
        for name, text in content["articles"].items()
    }


@cache
def cases() -> list[Case]:
    """Return all pairs."""
    return [
        Case(
            known=_full(pair["known"], language),
            new=_full(pair["new"], language),
            kind=pair["kind"],
        )
        for language, content in _contents().items()
        for pair in content["pairs"]
    ]


@cache
def telling(name: str) -> Telling:
    """Return the telling of the article of this name."""
    return telling_of(texts()[name])


def _full(name: str, language: str) -> str:
    return name if "/" in name else f"{language}/{name}"


@cache
def _contents() -> dict[str, dict[str, Any]]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(_FILES.glob("*.toml"))
    }
