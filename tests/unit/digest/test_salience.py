"""Which sentences tell a story."""

from collections.abc import Callable
from typing import Any

from tidende.digest.salience import CHARACTERS, SENTENCES
from tidende.digest.summarise import summarise

MakeEvent = Callable[..., dict[str, Any]]

LEAD = "Kommunen stenger broen over Lilleelva i to uker fra mandag."
MORE = "Fylket betaler reparasjonen, som koster fire millioner kroner."


def _told(*events: dict[str, Any], language: str = "nb") -> list[str]:
    [story] = summarise(events, language)
    return [passage.text for passage in story.summary]


def test_another_article_adds_what_is_new_and_repeats_nothing(event: MakeEvent) -> None:
    events = [
        event(1, f"{LEAD}\nOrdføreren er lei seg.", headline="Bro stenges", story="s"),
        event(
            2,
            f"Kommunen stenger broen over Lilleelva fra mandag i to uker.\n{MORE}",
            headline="Dyrt",
            story="s",
            time="2026-11-21T09:00:00.000Z",
        ),
    ]
    told = _told(*events)
    assert told[0] == LEAD
    assert MORE in told
    assert sum("stenger broen" in sentence for sentence in told) == 1


def test_each_sentence_says_whose_it_is(event: MakeEvent) -> None:
    [story] = summarise([event(1, LEAD, headline="Bro", agencies=("NTB",))], "nb")
    assert [(one.article, one.sources) for one in story.summary] == [
        ("urn:tidende:article:1", ("NTB",))
    ]


def test_a_sentence_that_leans_on_another_isnt_torn_from_it(event: MakeEvent) -> None:
    body = (
        f"{LEAD}\nHan vil ikke svare på spørsmål om hvem som har skylden.\n"
        "Politiet omdirigerer trafikken gjennom Nordby sentrum."
    )
    told = _told(event(1, body, headline="Broen stenges"))
    assert "Politiet omdirigerer trafikken gjennom Nordby sentrum." in told


def test_the_digests_own_language_is_preferred(event: MakeEvent) -> None:
    events = [
        event(1, LEAD, headline="Bro stenges", story="s"),
        event(2, "The bridge closes on Monday for two weeks.", language="en", story="s"),
    ]
    assert _told(*events)[0] == LEAD


def test_a_summary_keeps_to_its_room(event: MakeEvent) -> None:
    body = "\n".join(f"Setning nummer {n} handler om {'noe langt ' * 15}nytt{n}." for n in range(9))
    told = _told(event(1, body, headline="Mye å si"))
    assert len(told) <= SENTENCES
    assert sum(map(len, told[1:])) <= CHARACTERS
