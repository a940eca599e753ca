"""Names that never change: the urn of an article or story, and an event's id.

All are hashes of what the thing is, so that a crash and a second run give the same names.
"""

import hashlib
from dataclasses import dataclass

import orjson

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleKey:
    """What makes an article this one: where its seed lay, what was in it, and which time.

    `inbox` is the inbox's configured name, `path` the escaped path in it, `sha256` the seed's,
    `occurrence` how often the path came back to this content after other content. `ordinal` is
    None for the whole seed.
    """

    inbox: str | None
    path: str
    sha256: str
    occurrence: int
    ordinal: int | None


def article_subject(key: ArticleKey) -> str:
    """Return the article's urn."""
    return f"urn:tidende:article:{_hash('article', *_parts(key))}"


def story_id(first_subject: str, again: int = 0) -> str:
    """Return the urn of the story that begins with an article; `again` once it began others."""
    parts = (first_subject, again) if again else (first_subject,)
    return f"urn:tidende:story:{_hash('story', *parts)}"


def thread_id(first_story: str) -> str:
    """Return the urn of the thread that begins with a story."""
    return f"urn:tidende:thread:{_hash('thread', first_story)}"


def event_id(event_type: str, *parts: str | float | None) -> str:
    """Return the id of the event of a type that `parts` identify: 32 hexadecimal digits."""
    return _hash(event_type, SCHEMA_VERSION, *parts)


def article_event_id(event_type: str, key: ArticleKey) -> str:
    """Return the id of an article's event."""
    return event_id(event_type, *_parts(key))


def quarantine_event_id(event_type: str, key: ArticleKey, attempt: int) -> str:
    """Return the id of the event that a seed, or an article of it, was refused."""
    return event_id(event_type, *_parts(key), attempt)


def quarantine_key(key: ArticleKey) -> str:
    """Return the name under which a refused seed stands in quarantine: 16 hexadecimal digits."""
    return _hash("quarantine", *_parts(key))[:16]


def _parts(key: ArticleKey) -> tuple[str | int | None, ...]:
    return (key.inbox, key.path, key.sha256, key.ordinal, key.occurrence)


def _hash(*parts: str | float | None) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]
