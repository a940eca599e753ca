"""Stories and their window become an edition: as many as the digest has room for, and counts."""

from collections.abc import Sequence

from tidende.digest.phrasebook import load_phrasebook
from tidende.model.edition import Counts, DigestStory, Edition, Window


def compose(  # noqa: PLR0913  # a digest's settings, each a plain value: settings stay at the edge
    stories: Sequence[DigestStory],
    window: Window,
    *,
    digest: str,
    title: str,
    language: str,
    timezone: str = "UTC",
    size: int | None = None,
    version: int = 1,
) -> Edition:
    """Return the edition that tells the first `size` of the ranked `stories`.

    An empty `title` becomes the language's own word for it. Raises ConfigError for a language
    that no digest can be written in.
    """
    shown = tuple(stories[:size])
    return Edition(
        digest=digest,
        title=title.strip() or load_phrasebook(language).word("title"),
        language=language,
        timezone=timezone,
        version=version,
        window=window,
        stories=shown,
        counts=Counts(
            stories=len(stories),
            articles=sum(len(story.articles) for story in stories),
            copies=sum(story.copies for story in stories),
            sources=len({source for story in stories for source in story.sources}),
            omitted=len(stories) - len(shown),
        ),
    )
