"""A digest's edition: the stories that one window of the ledger gave, ready to be rendered."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from tidende.model.article import Published

Standing: TypeAlias = Literal["new", "updated", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence as it was printed, in its own language.

    `article` is the urn of the article it is from, `sources` are that article's.
    """

    text: str
    language: str | None
    article: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestQuote:
    """Someone's words; `speaker` is None where the article doesn't say whose they are.

    `role` is what the article calls the speaker, in its own language.
    """

    text: str
    speaker: str | None
    role: str | None
    language: str | None
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFigure:
    """A number as it was printed, with the words of its sentence just before and after it."""

    surface: str
    before: str
    after: str
    language: str | None
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlace:
    """A place by its name in print; `country` is ISO 3166-1 alpha-2, None where it has none."""

    name: str
    country: str | None
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestChange:
    """One fact that revisions changed: what stood before them all, and what stands now.

    `kind` is the verdict's ("figure", "headline", "person" ...); `unit` is what a figure counts,
    and then no part of `before` and `after`.
    """

    kind: str
    before: str | None
    after: str | None
    unit: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestArticle:
    """An article behind a story.

    `sources` are the agencies it credits, else whoever delivered it; `received` is the time of
    its event, `revises` whether it corrects an article that was known before, `copies` how many
    of the window's articles only repeat it.
    """

    subject: str
    headline: str
    language: str | None
    sources: tuple[str, ...]
    published: Published | None
    received: datetime
    sequence: int
    revises: bool = False
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """One story as a reader meets it.

    `standing` is to the editions before: "new", "updated" when they could tell it already, and
    "unchanged" when nothing but copies came. `summary` follows `headline` and doesn't repeat it;
    `articles` stand newest first and leave copies out, which `copies` counts; `updated` is when
    its newest article was received.
    """

    id: str
    thread: str | None
    standing: Standing
    headline: Passage
    summary: tuple[Passage, ...]
    changes: tuple[DigestChange, ...]
    quotes: tuple[DigestQuote, ...]
    figures: tuple[DigestFigure, ...]
    places: tuple[DigestPlace, ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    articles: tuple[DigestArticle, ...]
    copies: int
    updated: datetime

    @property
    def copies_elsewhere(self) -> int:
        """Copies of articles that an earlier edition covered."""
        return self.copies - sum(article.copies for article in self.articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadStory:
    """A story in the course of its thread.

    `published` and `received` are its first article's; `shown` says whether this edition tells it.
    """

    story: str
    headline: str
    language: str | None
    published: Published | None
    received: datetime
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestThread:
    """A long-running matter: its stories in the order they happened, as far as they are known."""

    id: str
    stories: tuple[ThreadStory, ...]

    def earlier(self, story: str) -> tuple[ThreadStory, ...]:
        """Return what came before a story, newest last."""
        return self.stories[: self._place(story)]

    def later(self, story: str) -> tuple[ThreadStory, ...]:
        """Return what came after a story."""
        return self.stories[self._place(story) + 1 :]

    def _place(self, story: str) -> int:
        return [one.story for one in self.stories].index(story)


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
    """How much a window held; `omitted` are the stories that its digest's size left out.

    `stories` and `articles` are those that brought something, `unchanged` the stories of which
    only copies came.
    """

    stories: int
    articles: int
    copies: int
    sources: int
    omitted: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a digest; a correction is a new `version` of the same window.

    `language` and `timezone` are the digest's own, in which its headings and dates are written.
    `stories` stand in the order they are told, those of one thread together; `unchanged` are some
    of which only copies came.
    """

    digest: str
    title: str
    language: str
    timezone: str
    version: int
    window: Window
    stories: tuple[DigestStory, ...]
    counts: Counts
    threads: tuple[DigestThread, ...] = ()
    unchanged: tuple[DigestStory, ...] = ()

    def thread_of(self, story: DigestStory) -> DigestThread | None:
        """Return the thread in which a story is, None where it is alone."""
        return next((one for one in self.threads if one.id == story.thread), None)

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
