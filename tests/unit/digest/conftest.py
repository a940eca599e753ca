"""Events as the ledger keeps them, in the tests' own words, and an edition made of them."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from tidende.digest.compose import compose
from tidende.digest.summarise import summarise
from tidende.model.edition import Edition, Window

Event: TypeAlias = dict[str, Any]
MakeEvent: TypeAlias = Callable[..., Event]
MakeEdition: TypeAlias = Callable[..., Edition]

END = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def event() -> MakeEvent:
    """Return a function that makes an article's event; each line of `body` is a paragraph."""

    def make(number: int, body: str = "", **given: Any) -> Event:
        kind = given.get("kind", "new")
        headline = given.get("headline")
        text = f"{headline}\n{body}" if headline else body
        return {
            "type": f"tidende.article.{kind}.v1",
            "subject": f"urn:tidende:article:{number}",
            "sequence": f"{number:020d}",
            "time": given.get("time", f"2026-11-21T10:{number:02d}:00.000Z"),
            "data": {
                "text": text,
                "extraction": _extraction(text, given),
                "provenance": {"name": f"{number}.txt", "source": given.get("source", "wire")},
                "dedup": {
                    "verdict": {"revised": "revision"}.get(kind, kind),
                    "of": given.get("of"),
                    "changes": list(given.get("changes", ())),
                },
                "story": {
                    "id": given.get("story", f"s{number}"),
                    "thread": given.get("thread"),
                    "members": [],
                    "told": given.get("told", 0),
                },
            },
        }

    return make


def _extraction(text: str, given: dict[str, Any]) -> dict[str, Any]:
    language = given.get("language", "nb")
    return {
        "language": {"tag": language, "confidence": 0.9} if language else None,
        "published": given.get("published"),
        "headline": given.get("headline"),
        "agencies": list(given.get("agencies", ())),
        "blocks": _blocks(text, given.get("headline")),
        "quotes": list(given.get("quotes", ())),
        "places": list(given.get("places", ())),
        "people": list(given.get("people", ())),
        "figures": _figures(text, given.get("figures", ())),
    }


def _figures(text: str, units: Iterable[str]) -> list[dict[str, Any]]:
    """Return figures by their surfaces, such as "12 biler", where they stand in the text."""
    figures = []
    for surface in units:
        number, _, unit = surface.partition(" ")
        start = text.index(surface)
        place = {"start": start, "end": start + len(surface)}
        figures.append({"surface": surface, "value": number, "unit": unit or None, **place})
    return figures


def _blocks(text: str, headline: str | None) -> list[dict[str, Any]]:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            role = "headline" if line == headline and not start else "paragraph"
            blocks.append({"role": role, "start": start, "end": start + len(line)})
        start += len(line) + 1
    return blocks


@pytest.fixture
def edition() -> MakeEdition:
    """Return a function that makes the edition of some events."""

    def make(*events: Event, language: str = "nb", **given: Any) -> Edition:
        window = Window(after=0, through=99, end=END, since=given.pop("since", None))
        settings = {"digest": "daily", "title": "Morgen", "timezone": "Europe/Oslo", **given}
        stories = summarise(events, language, settings.get("size"))
        return compose(stories, window, language=language, **settings)

    return make
