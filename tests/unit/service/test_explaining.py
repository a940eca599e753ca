"""Explanations: every decision is told with what it rests on."""

from dataclasses import replace

import pytest

from agencies import FIRE, FIRE_DA, FIRE_SV
from desk import BRIDGE, FERRY, Desk
from tidende.errors import TidendeError
from tidende.service.explaining import explain
from tidende.service.rereading import reread, signature
from tidende.store import articles, events, signatures

EDITED = FERRY.replace("Ferja innstilt", "Ferga står").replace("tidlig søndag", "søndag")


def test_a_near_copy_is_explained_by_the_comparison(desk: Desk) -> None:
    """Each measure has its threshold, and whether it was met; the article it repeats is named."""
    desk.drop("ferry.txt", FERRY)
    desk.drop("edited.txt", EDITED)
    desk.take("ferry.txt", "edited.txt")
    first, second = desk.events()
    told = explain(desk.ledger, second["subject"])
    assert told.dedup == second["data"]["dedup"]
    (compared,) = told.compared
    assert (compared.article.subject, compared.article.path) == (first["subject"], "ferry.txt")
    assert compared.judgement.kind == told.dedup["verdict"]
    assert compared.judgement.reason
    assert all(isinstance(signal.met, bool) for signal in compared.judgement.signals)
    assert (told.leader, told.members) == (
        first["subject"],
        tuple(second["data"]["story"]["members"]),
    )


def test_an_article_that_nothing_was_like_is_explained_too(desk: Desk) -> None:
    """It was compared with none; what came later isn't held against it."""
    desk.drop("ferry.txt", FERRY)
    desk.drop("edited.txt", EDITED)
    desk.take("ferry.txt", "edited.txt")
    told = explain(desk.ledger, desk.events()[0]["id"])
    assert (told.dedup["verdict"], told.compared, told.leader) == ("new", (), None)
    assert told.article.title == "Ferja innstilt mellom Storvik og Nesøya"


def test_a_forgotten_article_is_explained_as_far_as_it_is_known(desk: Desk) -> None:
    """The verdict and the story stay; the text isn't there to be compared."""
    desk.drop("ferry.txt", FERRY)
    desk.take("ferry.txt")
    (event,) = desk.events()
    with desk.ledger.write() as connection:
        articles.forget(connection, [1], 1.5)
    told = explain(desk.ledger, event["subject"])
    assert told.dedup == {"verdict": "new", "of": None}
    assert told.story == event["data"]["story"]["id"]


def test_an_unknown_article_is_named(desk: Desk) -> None:
    """As it was asked for."""
    with pytest.raises(TidendeError, match="urn:x: no article"):
        explain(desk.ledger, "urn:x")


def test_an_event_gives_its_article_back(desk: Desk) -> None:
    """What is found and compared by it is the same as when it came."""
    desk.drop("bridge.txt", BRIDGE)
    (processed,) = desk.read(desk.scan.run())
    desk.committer.commit([processed])
    (event,) = desk.events()
    (made,) = processed.articles
    again = signature(1, event["data"])
    assert (again.sketch, again.keys, again.clues) == (made.sketch, made.keys, made.clues)
    assert reread(event["data"]).extraction.headline == event["data"]["extraction"]["headline"]
    with desk.ledger.read() as connection:
        assert [each.sequence for each in events.by_sequences(connection, [1, 2])] == [1]


def test_what_another_version_found_of_an_article_is_left_out(desk: Desk) -> None:
    """Its clues can't be read by this one; the rest is explained."""
    for number, text in enumerate((FIRE, FIRE_DA, FIRE_SV)):
        desk.drop(f"{number}.txt", text)
    desk.take_all()
    with desk.ledger.write() as connection:
        (row,) = signatures.after(connection, 0, 1)
        signatures.add(connection, [replace(row, clues=bytes([0]) + row.clues[1:])])
    told = explain(desk.ledger, desk.events()[-1]["subject"])
    assert [each.article.path for each in told.weighed] == ["1.txt"]
    assert len(told.members) == 3
