"""A digest's edition: the stories that one window of the ledger gave, ready to be rendered."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tidende.model.article import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence as it was printed, in its own language, and the urn of the article it is from."""

    text: str
    language: str | None
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestQuote:
    """Someone's words; `speaker` is None where the article doesn't say whose they are."""

    text: str
    speaker: str | None
    language: str | None
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestArticle:
    """An article behind a story.

    `sources` are the agencies it credits, else whoever delivered it; `received` is the time of
    its event, `revises` whether it corrects an article that was known before.
    """

    subject: str
    headline: str
    language: str | None
    sources: tuple[str, ...]
    published: Published | None
    received: datetime
    sequence: int
    revises: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """One story as a reader meets it.

    `summary` follows `headline` and doesn't repeat it; `articles` stand newest first and leave
    copies out, which `copies` counts; `updated` is when its newest article was received.
    """

    id: str
    thread: str | None
    headline: Passage
    summary: tuple[Passage, ...]
    quotes: tuple[DigestQuote, ...]
    places: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    articles: tuple[DigestArticle, ...]
    copies: int
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What an edition covers: the ledger's sequences after `after` and through `through`.

    `end` is the moment it is made for, `since` the end of the edition before, None for the first.
    """

    after: int
    through: int
    end: datetime
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a window held; `omitted` are the stories that its digest's size left out."""

    stories: int
    articles: int
    copies: int
    sources: int
    omitted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a digest; a correction is a new `version` of the same window.

    `language` and `timezone` are the digest's own, in which its headings and dates are written.
    """

    digest: str
    title: str
    language: str
    timezone: str
    version: int
    window: Window
    stories: tuple[DigestStory, ...]
    counts: Counts

    @property
    def stem(self) -> str:
        """The name of its files without the extension; names sort as the windows do."""
        return self.stem_of(self.window.end, self.version)

    @staticmethod
    def stem_of(end: datetime, version: int) -> str:
        """Return the stem of the edition of a window that ends at `end`."""
        stem = end.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        return stem if version == 1 else f"{stem}.v{version}"

    @property
    def urn(self) -> str:
        """Its subject: the same however often it is rendered."""
        return self.urn_of(self.digest, self.window.end, self.version)

    @staticmethod
    def urn_of(digest: str, end: datetime, version: int) -> str:
        """Return the urn of the edition of a window that ends at `end`."""
        return f"urn:tidende:edition:{digest}:{Edition.stem_of(end, version)}"
