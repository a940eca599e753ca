"""Reports of some events, of our own, with the clues that stand in them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from documents import article
from tidende.dedup.stories.clues import Clues
from tidende.dedup.stories.evidence import gather
from tidende.enrich.enrich import enrich


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article with the event that it tells, and the matter which that belongs to."""

    name: str
    story: str
    thread: str
    clues: Clues


def clues_in(text: str) -> Clues:
    """Return the clues of a text, read as the daemon does."""
    return gather(enrich(article(text.encode(), "article.txt")))


def read_reports(path: Path) -> list[Report]:
    """Return the reports of a file."""
    return [
        Report(
            name=row["name"],
            story=row["story"],
            thread=row["thread"],
            clues=clues_in(row["text"]),
        )
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["report"]
    ]
