"""An edition: as many stories as there is room for, and what it counts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tidende.errors import ConfigError
from tidende.model.edition import Edition, ThreadStory

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
    with pytest.raises(ConfigError, match=r"'tlh'.*known: da, de, en, nb"):
        edition(title="", language="tlh")


def test_the_stem_names_the_windows_end_in_utc_and_a_later_version(edition: MakeEdition) -> None:
    assert edition().stem == "2026-11-22T050000Z"
    assert edition(version=2).stem == "2026-11-22T050000Z.v2"
    assert edition(version=2).urn == "urn:tidende:edition:daily:2026-11-22T050000Z.v2"
    assert edition().window.end == datetime(2026, 11, 22, 5, tzinfo=UTC)


def test_a_threads_stories_are_in_the_order_they_happened(
    event: MakeEvent, edition: MakeEdition
) -> None:
    events = [
        event(1, "Nato styrker seg.", story="b", thread="t", published=_month("2020-02")),
        event(2, "Nato planlegger.", story="a", thread="t", published=_month("2018-02")),
        event(3, "Noe annet.", story="c"),
    ]
    known = ThreadStory(
        story="z",
        headline="Før alt",
        language="nb",
        published=None,
        received=datetime(2016, 1, 1, tzinfo=UTC),
    )
    made = edition(*events, threads={"t": [known]})
    [thread] = made.threads
    assert [(one.story, one.shown) for one in thread.stories] == [
        ("z", False),
        ("a", True),
        ("b", True),
    ]
    first = next(story for story in made.stories if story.id == "a")
    assert [one.story for one in thread.earlier("a")] == ["z"]
    assert [one.story for one in thread.later("a")] == ["b"]
    assert made.thread_of(first) == thread


def test_a_thread_of_one_story_is_none(event: MakeEvent, edition: MakeEdition) -> None:
    made = edition(event(1, "Alene.", thread="t"))
    assert made.threads == ()
    assert made.thread_of(made.stories[0]) is None


def test_unchanged_stories_are_counted_apart(event: MakeEvent, edition: MakeEdition) -> None:
    copies = [event(n, f"Sak {n}.", kind="duplicate", told=1) for n in range(1, 8)]
    made = edition(event(9, "Ny sak."), *copies)
    assert (made.counts.stories, made.counts.unchanged, made.counts.omitted) == (1, 7, 0)
    assert (len(made.stories), len(made.unchanged)) == (1, 5)


def _month(value: str) -> dict[str, str]:
    return {"value": value, "precision": "month", "origin": "header"}
