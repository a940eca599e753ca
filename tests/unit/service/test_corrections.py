"""What people say of stories: it is done, told, and holds against what comes later."""

import pytest
from sqlalchemy import delete

from agencies import FIRE, FIRE_DA, FIRE_SV, LATER_RATE, LATER_RATE_RETOLD, RATE, RATE_SV
from desk import BRIDGE, FERRY, Desk, Event
from tidende.errors import TidendeError
from tidende.service.corrections import Corrections
from tidende.store import signatures, stories
from tidende.store.tables import articles

MARKET = """Ny markedshall åpnet i Granvik

Markedshallen i Granvik åpnet dørene lørdag med plass til tretti boder.

– Dette har vi ventet på, sier markedssjef Ola Foss.

Hallen er bygd av tre og har kostet 48 millioner kroner. (NTB)
"""


@pytest.fixture
def corrections(desk: Desk) -> Corrections:
    """Return the desk's corrections."""
    return Corrections(ledger=desk.ledger, committer=desk.committer, now=desk.clock.now)


def _take(desk: Desk, **texts: str) -> dict[str, str]:
    """Take in texts; return their subjects by name."""
    for name, text in texts.items():
        desk.drop(f"{name}.txt", text)
    desk.take(*(f"{name}.txt" for name in texts))
    return _subjects(desk)


def _articles(desk: Desk) -> list[Event]:
    return [each for each in desk.events() if each["type"].startswith("tidende.article.")]


def _subjects(desk: Desk) -> dict[str, str]:
    return {
        each["data"]["provenance"]["name"].removesuffix(".txt"): each["subject"]
        for each in _articles(desk)
    }


def _stories(desk: Desk) -> dict[str, str]:
    """Return each article's first story by name."""
    return {
        each["data"]["provenance"]["name"].removesuffix(".txt"): each["data"]["story"]["id"]
        for each in _articles(desk)
    }


def _groups(desk: Desk) -> set[frozenset[str]]:
    """Return the articles' names as consumers group them, by all events in order."""
    names = {subject: name for name, subject in _subjects(desk).items()}
    stories: dict[str, list[str]] = {}
    for event in desk.events():
        if "story" in event["data"]:
            stories[event["data"]["story"]["id"]] = event["data"]["story"]["members"]
    return {
        frozenset(names[subject] for subject in members) for members in stories.values() if members
    }


def _leave_window(desk: Desk, through: int) -> None:
    """Let go of what articles up to a sequence are compared by, as retention does."""
    with desk.ledger.write() as connection:
        signatures.forget(connection, range(1, through + 1))
        stories.forget_links(connection, range(1, through + 1))
    desk.catalogue.forget_before(through + 1)


def test_merged_stories_are_one(desk: Desk, corrections: Corrections) -> None:
    """The older one's id stays; the other has no articles any more, and both are told."""
    _take(desk, ferry=FERRY, bridge=BRIDGE)
    stories = _stories(desk)
    changed = corrections.merge([stories["bridge"], stories["ferry"]])
    assert {each.story.id: len(each.story.members) for each in changed} == {
        stories["ferry"]: 2,
        stories["bridge"]: 0,
    }
    assert _groups(desk) == {frozenset({"ferry", "bridge"})}
    updates = [each for each in desk.events() if each["type"] == "tidende.story.updated.v1"]
    assert {each["subject"] for each in updates} == set(stories.values())
    assert all(each["data"]["article"] is None for each in updates)


def test_copies_go_with_what_they_repeat(desk: Desk, corrections: Corrections) -> None:
    """Also when the copy is the one that is named, and those that come later."""
    _take(desk, ferry=FERRY, bridge=BRIDGE, market=MARKET)
    subjects = _take(desk, copy=BRIDGE.replace("- Det", "– Det"))
    corrections.move(subjects["copy"], _stories(desk)["ferry"])
    assert _groups(desk) == {frozenset({"ferry", "bridge", "copy"}), frozenset({"market"})}
    _take(desk, again=BRIDGE)
    assert _groups(desk) == {
        frozenset({"ferry", "bridge", "copy", "again"}),
        frozenset({"market"}),
    }


def test_a_split_story_stays_split(desk: Desk, corrections: Corrections) -> None:
    """Until somebody merges it again: the last word holds."""
    subjects = _take(desk, ferry=FERRY, bridge=BRIDGE, market=MARKET)
    stories = _stories(desk)
    corrections.merge([stories["ferry"], stories["bridge"], stories["market"]])
    split = corrections.split(stories["ferry"], [subjects["bridge"], subjects["market"]])
    assert _groups(desk) == {frozenset({"ferry"}), frozenset({"bridge", "market"})}
    (other,) = {each.story.id for each in split} - {stories["ferry"]}
    corrections.merge([stories["ferry"], other])
    assert _groups(desk) == {frozenset({"ferry", "bridge", "market"})}


def test_an_article_moves_to_another_story(desk: Desk, corrections: Corrections) -> None:
    """And doesn't come back by itself."""
    subjects = _take(desk, ferry=FERRY, bridge=BRIDGE, market=MARKET)
    stories = _stories(desk)
    corrections.merge([stories["ferry"], stories["bridge"]])
    corrections.move(subjects["bridge"], stories["market"])
    assert _groups(desk) == {frozenset({"ferry"}), frozenset({"bridge", "market"})}


def test_what_is_said_twice_changes_nothing(desk: Desk, corrections: Corrections) -> None:
    """And nothing is told of it."""
    _take(desk, ferry=FERRY, bridge=BRIDGE)
    stories = _stories(desk)
    corrections.merge(list(stories.values()))
    told = len(desk.events())
    with pytest.raises(TidendeError, match="no such story"):
        corrections.merge(list(stories.values()))
    assert len(desk.events()) == told


def test_what_is_not_there_is_named(desk: Desk, corrections: Corrections) -> None:
    """As it was given."""
    subjects = _take(desk, ferry=FERRY, bridge=BRIDGE)
    stories = _stories(desk)
    with pytest.raises(TidendeError, match="urn:x: there is no such story"):
        corrections.merge([stories["ferry"], "urn:x"])
    with pytest.raises(TidendeError, match="urn:y: no article"):
        corrections.move("urn:y", stories["ferry"])
    with pytest.raises(TidendeError, match=r"is in .* not in"):
        corrections.split(stories["ferry"], [subjects["bridge"]])
    with pytest.raises(TidendeError, match="nothing would be left"):
        corrections.split(stories["ferry"], [subjects["ferry"]])
    with pytest.raises(TidendeError, match="already"):
        corrections.move(subjects["ferry"], stories["ferry"])


def test_an_event_of_a_story_carries_its_version(desk: Desk, corrections: Corrections) -> None:
    """So that each update has an id of its own."""
    subjects = _take(desk, ferry=FERRY, bridge=BRIDGE)
    stories = _stories(desk)
    corrections.merge(list(stories.values()))
    corrections.split(stories["ferry"], [subjects["bridge"]])
    updates = [each for each in desk.events() if each["subject"] == stories["ferry"]]
    assert [each["data"]["version"] for each in updates] == [1, 2]
    assert len({each["id"] for each in updates}) == 2


def test_stories_of_several_articles_are_merged_whole(desk: Desk, corrections: Corrections) -> None:
    """What joined either of them would join the merged one too."""
    _take(desk, fire=FIRE, brand=FIRE_DA, rate=RATE, ranta=RATE_SV)
    stories = _stories(desk)
    assert _groups(desk) == {frozenset({"fire", "brand"}), frozenset({"rate", "ranta"})}
    corrections.merge([stories["fire"], stories["rate"]])
    assert _groups(desk) == {frozenset({"fire", "brand", "rate", "ranta"})}
    _take(desk, storbrand=FIRE_SV)
    assert _groups(desk) == {frozenset({"fire", "brand", "rate", "ranta", "storbrand"})}


def test_a_story_stays_whole_when_an_unlike_article_is_moved_there(
    desk: Desk, corrections: Corrections
) -> None:
    """It takes nothing else along."""
    subjects = _take(desk, fire=FIRE, brand=FIRE_DA, storbrand=FIRE_SV, ferry=FERRY)
    corrections.move(subjects["ferry"], _stories(desk)["fire"])
    assert _groups(desk) == {frozenset({"fire", "brand", "storbrand", "ferry"})}


def test_stories_past_the_window_are_corrected_too(desk: Desk, corrections: Corrections) -> None:
    """They can't be compared any more; what isn't named stays as it is."""
    subjects = _take(desk, fire=FIRE, brand=FIRE_DA, rate=RATE, ranta=RATE_SV, ferry=FERRY)
    told = _stories(desk)
    _leave_window(desk, through=5)
    corrections.merge([told["fire"], told["rate"]])
    assert _groups(desk) == {frozenset({"fire", "brand", "rate", "ranta"}), frozenset({"ferry"})}
    corrections.split(told["fire"], [subjects["rate"], subjects["ranta"]])
    corrections.move(subjects["brand"], told["ferry"])
    assert _groups(desk) == {
        frozenset({"fire"}),
        frozenset({"rate", "ranta"}),
        frozenset({"brand", "ferry"}),
    }


def test_a_thread_keeps_its_stories_when_the_older_ones_leave_the_window(desk: Desk) -> None:
    """Another report of the later story changes nothing of it."""
    _take(desk, rate=RATE, ranta=RATE_SV, later=LATER_RATE)
    thread = _articles(desk)[-1]["data"]["story"]["thread"]
    assert thread
    _leave_window(desk, through=2)
    _take(desk, retold=LATER_RATE_RETOLD)
    last = _articles(desk)[-1]["data"]
    assert (last["dedup"]["verdict"], last["story"]["thread"]) == ("new", thread)
    assert _groups(desk) == {frozenset({"rate", "ranta"}), frozenset({"later", "retold"})}


def test_what_stays_of_a_merged_story_stays_together(desk: Desk, corrections: Corrections) -> None:
    """Also when the article that leaves is the one by which it was merged."""
    subjects = _take(desk, ferry=FERRY, bridge=BRIDGE, market=MARKET, fire=FIRE)
    stories = _stories(desk)
    corrections.merge([stories["ferry"], stories["bridge"], stories["market"]])
    corrections.split(stories["ferry"], [subjects["ferry"]])
    assert _groups(desk) == {
        frozenset({"ferry"}),
        frozenset({"bridge", "market"}),
        frozenset({"fire"}),
    }


def test_a_story_keeps_its_id_when_an_older_article_is_moved_there(
    desk: Desk, corrections: Corrections
) -> None:
    """It is the one that was named."""
    subjects = _take(desk, ferry=FERRY, bridge=BRIDGE)
    stories = _stories(desk)
    changed = corrections.move(subjects["ferry"], stories["bridge"])
    assert {each.story.id: len(each.story.members) for each in changed} == {
        stories["ferry"]: 0,
        stories["bridge"]: 2,
    }


def test_a_copy_whose_original_was_lost_is_corrected_on_its_own(
    desk: Desk, corrections: Corrections
) -> None:
    """A damaged ledger may lack it."""
    _take(desk, ferry=FERRY, bridge=BRIDGE)
    _take(desk, copy=BRIDGE)
    stories = _stories(desk)
    with desk.ledger.write() as connection:
        connection.execute(delete(articles).where(articles.c.sequence == 2))
    changed = corrections.merge([stories["bridge"], stories["ferry"]])
    assert sorted(len(each.story.members) for each in changed) == [0, 2]


def test_what_changed_is_told_in_one_order(desk: Desk, corrections: Corrections) -> None:
    """A second run tells it under the same sequences."""
    _take(desk, ferry=FERRY, bridge=BRIDGE, market=MARKET, fire=FIRE)
    changed = [each.story.id for each in corrections.merge(list(_stories(desk).values()))]
    assert changed == sorted(changed)
