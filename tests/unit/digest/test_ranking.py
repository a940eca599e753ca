"""Which story comes first, and what stands together."""

from collections.abc import Callable
from typing import Any

from tidende.digest.ranking import gather_threads, rank
from tidende.digest.summarise import summarise

MakeEvent = Callable[..., dict[str, Any]]


def test_within_a_day_what_moved_more_comes_first(event: MakeEvent) -> None:
    changes = [{"kind": "person", "before": None, "after": "Ola By"}]
    events = [
        event(1, "Stengt.", story="moved", kind="revised", told=1, changes=changes),
        event(2, "Åpnet.", story="newer"),
    ]
    assert [story.id for story in summarise(events, "nb")] == ["moved", "newer"]


def test_news_of_the_day_comes_before_older_news_that_moved_more(event: MakeEvent) -> None:
    events = [
        event(1, "Stengt.", story="old", time="2026-11-18T10:00:00.000Z"),
        event(2, "Fortsatt stengt.", story="old", time="2026-11-18T11:00:00.000Z"),
        event(3, "Åpnet.", story="new"),
    ]
    assert [story.id for story in summarise(events, "nb")] == ["new", "old"]


def test_stories_of_a_thread_stand_where_its_first_one_does(event: MakeEvent) -> None:
    events = [
        event(1, "Første.", story="a", thread="t"),
        event(2, "Andre.", story="b"),
        event(3, "Tredje.", story="c", thread="t"),
    ]
    ranked = summarise(events, "nb")
    assert [story.id for story in ranked] == ["c", "b", "a"]
    assert [story.id for story in gather_threads(ranked)] == ["c", "a", "b"]


def test_nothing_is_ranked_as_nothing() -> None:
    assert rank(()) == ()
