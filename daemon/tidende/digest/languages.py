"""The languages that digests are written in: each is a file of phrases, `phrases/<tag>.toml`."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from tidende.errors import ConfigError

_SUFFIX = ".toml"
_PHRASES = resources.files(__package__) / "phrases"


@cache
def known_languages() -> tuple[str, ...]:
    """Return the tags of the languages that digests are written in, sorted."""
    return tuple(sorted(entry.name.removesuffix(_SUFFIX) for entry in _PHRASES.iterdir()))


def check_language(language: str) -> None:
    """Raise ConfigError for a language that no digest can be written in."""
    known = known_languages()
    if language not in known:
        raise ConfigError(f"no digest can be written in {language!r}; known: {', '.join(known)}")


@cache
def read_phrases(language: str) -> dict[str, Any]:
    """Return the fixed words of a language; raises ConfigError where there are none."""
    check_language(language)
    return tomllib.loads((_PHRASES / f"{language}{_SUFFIX}").read_text(encoding="utf-8"))
