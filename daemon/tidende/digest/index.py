"""The page that lists a digest's editions: one file, readable without scripts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidende.digest.phrasebook import load_phrasebook
from tidende.digest.render import html_environment

PAGES = ("html", "txt", "md")
"""The forms that a title leads to, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An edition on the page; `files` are the names of those that are there, by their form."""

    end: datetime
    version: int
    stories: int
    articles: int
    files: Mapping[str, str]

    @property
    def page(self) -> str | None:
        """The file that its title leads to."""
        return next(
            (self.files[form] for form in (*PAGES, *self.files) if form in self.files), None
        )


def render_index(
    editions: Sequence[Listed],
    *,
    title: str,
    language: str,
    timezone: str,
    feed: str | None = None,
) -> str:
    """Return the page of a digest's editions, in the order given; `feed` is its Atom feed."""
    words = load_phrasebook(language, timezone)
    template: Any = html_environment().get_template("index.html.j2")
    page: str = template.render(
        title=title.strip() or words.word("title"),
        language=language,
        editions=editions,
        feed=feed,
        words=words,
    )
    return page
