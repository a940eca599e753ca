"""An edition: as many stories as there is room for, and what it counts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tidende.errors import ConfigError
from tidende.model.edition import Edition

MakeEvent = Callable[..., dict[str, Any]]
MakeEdition = Callable[..., Edition]


def test_size_limits_what_is_told_and_not_what_is_counted(
    event: MakeEvent, edition: MakeEdition
) -> None:
    made = edition(*(event(n, f"Sak {n}.", source=f"avis{n}") for n in range(1, 6)), size=2)
    assert len(made.stories) == 2
    assert (made.counts.stories, made.counts.omitted) == (5, 3)
    assert (made.counts.articles, made.counts.sources) == (5, 5)


def test_an_empty_title_is_the_languages_own(edition: MakeEdition) -> None:
    assert edition(title=" ", language="da").title == "Nyhedsoverblik"


def test_a_language_without_phrases_is_a_configuration_error(edition: MakeEdition) -> None:
    with pytest.raises(ConfigError, match=r"'tlh'.*known: da, de, en, nb, nn, sv"):
        edition(title="", language="tlh")


def test_the_stem_names_the_windows_end_in_utc_and_a_later_version(edition: MakeEdition) -> None:
    assert edition().stem == "2026-11-22T050000Z"
    assert edition(version=2).stem == "2026-11-22T050000Z.v2"
    assert edition(version=2).urn == "urn:tidende:edition:daily:2026-11-22T050000Z.v2"
    assert edition().window.end == datetime(2026, 11, 22, 5, tzinfo=UTC)
