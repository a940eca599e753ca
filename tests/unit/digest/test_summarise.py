"""What a digest tells of the articles that came in, and in which order."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tidende.digest.figures import choose_figures
from tidende.digest.quotes import QUOTE_CHARACTERS
from tidende.digest.summarise import summarise
from tidende.digest.telling import HEADLINE_CHARACTERS, tell

MakeEvent = Callable[..., dict[str, Any]]

BODY = "Kommunen stenger broen over elva. Arbeidet varer i to uker.\nBussene går en omvei."


def _month(value: str) -> dict[str, str]:
    return {"value": value, "precision": "month", "origin": "header"}


def _said(text: str, speaker: str | None) -> dict[str, Any]:
    return {"text": text, "speaker": speaker, "verb": "sier", "start": 0, "end": 0}


def test_a_story_has_its_articles_headline_and_lede(event: MakeEvent) -> None:
    [story] = summarise([event(1, BODY, headline="Broen stenges")], "nb")
    assert story.headline.text == "Broen stenges"
    assert [one.text for one in story.summary] == [
        "Kommunen stenger broen over elva.",
        "Arbeidet varer i to uker.",
        "Bussene går en omvei.",
    ]
    assert story.headline.language == "nb"
    assert story.summary[0].article == "urn:tidende:article:1"


def test_without_a_headline_the_first_sentence_is_the_title_and_is_not_repeated(
    event: MakeEvent,
) -> None:
    [story] = summarise([event(1, BODY)], "nb")
    assert story.headline.text == "Kommunen stenger broen over elva"
    assert [one.text for one in story.summary] == [
        "Arbeidet varer i to uker.",
        "Bussene går en omvei.",
    ]


def test_a_title_made_of_a_long_sentence_is_cut_and_the_sentence_told_whole(
    event: MakeEvent,
) -> None:
    long = "Kommunen " + "stenger broen " * 20 + "i dag."
    [story] = summarise([event(1, long)], "nb")
    assert len(story.headline.text) <= HEADLINE_CHARACTERS + 1
    assert story.headline.text.endswith(" stenger…")
    assert story.summary[0].text == long


@pytest.mark.parametrize("body", ["", "x" * 500])
def test_an_article_without_sentences_still_has_a_title(event: MakeEvent, body: str) -> None:
    [story] = summarise([event(1, body)], "nb")
    assert story.headline.text


def test_speech_is_told_after_prose(event: MakeEvent) -> None:
    body = (
        "– Vi venter. Det tar tid før vi kan åpne, sier ordføreren.\n"
        "Broen over elva ble stengt torsdag. Ingen kommer over på to uker. "
        "Bussene går omveien over Li i mellomtiden."
    )
    [story] = summarise([event(1, body, headline="Trafikken stanset")], "nb")
    assert [one.text for one in story.summary] == [
        "Broen over elva ble stengt torsdag.",
        "Ingen kommer over på to uker.",
        "Bussene går omveien over Li i mellomtiden.",
    ]


def test_a_long_second_sentence_is_left_out(event: MakeEvent) -> None:
    body = f"Broen er stengt. {'Omveien er lang ' * 30}."
    [story] = summarise([event(1, body, headline="Stengt")], "nb")
    assert len(story.summary) == 1


def test_copies_are_counted_and_not_told(event: MakeEvent) -> None:
    events = [
        event(1, BODY, headline="Broen stenges", story="s", agencies=("NTB",)),
        event(2, BODY, headline="Broen stenges", story="s", kind="duplicate", source="avis"),
    ]
    [story] = summarise(events, "nb")
    assert (story.copies, len(story.articles), story.sources) == (1, 1, ("NTB",))


def test_a_story_of_which_only_copies_came_is_unchanged_and_last(event: MakeEvent) -> None:
    events = [
        event(2, BODY, kind="duplicate", story="s1", told=1),
        event(3, "Ferja går igjen.", story="s2"),
    ]
    new, unchanged = summarise(events, "nb")
    assert (new.standing, unchanged.standing) == ("new", "unchanged")
    assert (unchanged.copies, unchanged.articles, unchanged.summary) == (1, (), ())


def test_a_story_that_an_earlier_edition_could_tell_is_updated(event: MakeEvent) -> None:
    [story] = summarise([event(5, BODY, told=2)], "nb")
    assert story.standing == "updated"


def test_copies_are_counted_with_the_article_that_they_repeat(event: MakeEvent) -> None:
    events = [
        event(1, BODY, story="s"),
        event(2, BODY, story="s", kind="duplicate", of="urn:tidende:article:1"),
        event(3, BODY, story="s", kind="duplicate", of="urn:tidende:article:0"),
    ]
    [story] = summarise(events, "nb")
    assert ([one.copies for one in story.articles], story.copies_elsewhere) == ([1], 1)


def test_events_that_are_no_articles_are_passed_over() -> None:
    assert summarise([{"type": "tidende.seed.quarantined.v1", "data": {}}], "nb") == ()


def test_a_revision_tells_the_story_instead_of_what_it_corrects(event: MakeEvent) -> None:
    events = [
        event(1, "To biler kolliderte.", headline="To biler kolliderte", story="s"),
        event(
            2,
            "Tre biler.",
            headline="Tre biler",
            story="s",
            kind="revised",
            of="urn:tidende:article:1",
        ),
    ]
    [story] = summarise(events, "nb")
    assert story.headline.text == "Tre biler"
    assert [article.revises for article in story.articles] == [True, False]


def test_an_article_in_the_digests_language_tells_the_story(event: MakeEvent) -> None:
    events = [
        event(1, BODY, headline="Broen stenges", story="s"),
        event(2, "The bridge is closed.", headline="Bridge closed", story="s", language="en"),
    ]
    assert summarise(events, "nb")[0].headline.text == "Broen stenges"
    assert summarise(events, "en")[0].headline.text == "Bridge closed"
    assert summarise(events, "de")[0].languages == ("en", "nb")


def test_more_independent_sources_come_first_then_the_newest(event: MakeEvent) -> None:
    events = [
        event(1, "Gammelt nytt.", story="old", published=_month("2018-02")),
        event(2, "Nyere nytt.", story="newer", published=_month("2020-02")),
        event(3, "Uten dato.", story="undated"),
        event(4, "Hos to.", story="two", agencies=("NTB",), published=_month("2018-01")),
        event(5, "Hos begge.", story="two", agencies=("Ritzau",), published=_month("2018-01")),
    ]
    ranked = [story.id for story in summarise(events, "nb")]
    assert ranked == ["two", "undated", "newer", "old"]
    assert [story.id for story in summarise(reversed(events), "nb")] == ranked


def test_this_month_is_no_later_than_its_receipt(event: MakeEvent) -> None:
    events = [
        event(1, "Denne måneden.", published=_month("2026-11")),
        event(2, "Litt senere.", time="2026-11-21T12:00:00.000Z"),
    ]
    assert [story.id for story in summarise(events, "nb")] == ["s2", "s1"]


@pytest.mark.parametrize("value", ["0000-01", "9999-12"])
def test_an_impossible_date_stops_nothing(event: MakeEvent, value: str) -> None:
    [story] = summarise([event(1, BODY, published=_month(value))], "nb")
    assert story.updated == datetime(2026, 11, 21, 10, 1, tzinfo=UTC)


def test_quotes_have_their_speaker_and_repeat_nothing(event: MakeEvent) -> None:
    quotes = [
        _said("Arbeidet varer i to uker", "Kari Li"),
        _said("Ingen sa dette", None),
        _said("Vi kommer\ntilbake", "Ola By"),
        _said("Vi kommer tilbake", "Per Å"),
    ]
    [story] = summarise([event(1, BODY, headline="Broen", quotes=quotes)], "nb")
    assert [(one.text, one.speaker) for one in story.quotes] == [("Vi kommer tilbake", "Ola By")]


def test_the_most_mentioned_places_come_first(event: MakeEvent) -> None:
    places = [
        {"name": "Moss", "country": "NO", "mentions": [[0, 4]], "references": []},
        {"name": "Bodø", "country": "NO", "mentions": [[5, 9], [10, 14]], "references": []},
    ]
    [story] = summarise([event(1, BODY, places=places)], "nb")
    assert [(one.name, one.country) for one in story.places] == [("Bodø", "NO"), ("Moss", "NO")]


def test_a_place_isnt_listed_under_another_languages_name_for_it(event: MakeEvent) -> None:
    def place(name: str, country: str) -> dict[str, Any]:
        return {"name": name, "country": country, "mentions": [[0, 4]], "references": []}

    events = [
        event(1, BODY, story="s", places=[place("Brussel", "BE")]),
        event(
            2,
            "Broen er lukket.",
            story="s",
            language="da",
            places=[place("Bruxelles", "BE"), place("Aarhus", "DK")],
        ),
    ]
    [story] = summarise(events, "nb")
    assert [one.name for one in story.places] == ["Brussel", "Aarhus"]


def test_a_second_speaker_comes_before_a_second_quotation(event: MakeEvent) -> None:
    quotes = [
        _said("Vi åpner ikke broen før jul i år", "Kari Li"),
        _said("Det er vi nødt til å godta nå", "Kari Li"),
        _said("Dette er en svart dag for bygda", "Ola By"),
    ]
    people = [{"name": "Ola By", "roles": ["ordfører"], "mentions": [], "references": []}]
    [story] = summarise([event(1, BODY, quotes=quotes, people=people)], "nb")
    assert [(one.speaker, one.role) for one in story.quotes] == [
        ("Kari Li", None),
        ("Ola By", "ordfører"),
        ("Kari Li", None),
    ]


def test_figures_stand_in_their_words_and_arent_told_twice(event: MakeEvent) -> None:
    body = (
        "Broen er stengt for 900 biler om dagen.\n"
        "Reparasjonen koster 12 millioner kroner og må betales av fylket alene.\n"
        "Ordføreren har bedt departementet om hjelp og svar innen 14 dager."
    )
    figures = ("900 biler", "12 millioner kroner", "14 dager")
    [story] = summarise([event(1, body, headline="Broen er stengt", figures=figures)], "nb")
    told = " ".join(passage.text for passage in story.summary)
    shown = [(one.before, one.surface, one.after) for one in story.figures]
    assert "900 biler" in told
    assert all(surface not in told for _, surface, _ in shown)


def test_a_figure_has_as_much_of_its_sentence_as_it_needs(event: MakeEvent) -> None:
    body = (
        "Kommunen har gjort et vedtak om skolene i de ytre bygdene langs fjorden.\n"
        "Til sammen 240 elever må bytte skole når høsten kommer og bussene er på plass.\n"
        "Kommunen sparer etter planen i alt i løpet av de neste ti årene 31 millioner kroner.\n"
        "Rådmannen har i et notat til politikerne skrevet at 14 lærere blir overtallige i bygdene."
    )
    figures = ("240 elever", "31 millioner kroner", "14 lærere")
    told = event(1, body, headline="Skolene", figures=figures)
    found = summarise([told], "nb", 0)[0]
    assert found.figures == ()
    chosen = {one.surface: one for one in choose_figures(tell(told).figures, ())}
    assert chosen["240 elever"].before == "Til sammen"
    assert chosen["240 elever"].after.startswith("må bytte skole når høsten kommer")
    assert chosen["31 millioner kroner"].before.endswith("i løpet av de neste ti årene")
    assert chosen["31 millioner kroner"].after == "."
    assert chosen["14 lærere"].before == "…"
    assert chosen["14 lærere"].after == "blir overtallige i bygdene."


def test_beyond_the_size_a_story_has_its_headline_and_articles_only(event: MakeEvent) -> None:
    events = [event(n, f"Sak {n} er ny. Den er lang nok til to.") for n in (1, 2)]
    first, second = summarise(events, "nb", 1)
    assert first.summary
    assert (second.summary, second.quotes, len(second.articles)) == ((), (), 1)
    assert second.headline.text


def test_an_article_too_short_for_a_language_is_told_too(event: MakeEvent) -> None:
    [story] = summarise([event(1, "Stengt.", language=None, source=None)], "nb")
    assert (story.headline.language, story.languages, story.sources) == (None, (), ())


def test_a_number_that_was_told_is_no_figure_in_another_language_either(event: MakeEvent) -> None:
    events = [
        event(1, "84 people were on the ferry.", headline="Ferry", language="en", story="s"),
        event(2, "Det var 84 mennesker om bord.", story="s", figures=("84 mennesker",)),
    ]
    [story] = summarise(events, "en")
    assert story.figures == ()


def test_a_speaker_spelled_without_its_letters_is_the_same(event: MakeEvent) -> None:
    one = _said("The system did what it should do", "Ragnhild Moklebust")
    same = _said("Anlegget gjorde det det skulle gjøre", "Ragnhild Møklebust")
    other = _said("Vi fikk beskjed hver halvtime hele natten", "Arnfinn Å")
    events = [
        event(1, "The ferry drifted.", language="en", story="s", quotes=[one], headline="Ferry"),
        event(2, "Ferja drev.", story="s", quotes=[same, other], headline="Ferje"),
    ]
    [story] = summarise(events, "en")
    assert [quote.speaker for quote in story.quotes[:2]] == ["Ragnhild Moklebust", "Arnfinn Å"]


def test_a_text_without_a_beginning_leads_no_story_that_readers_know_from_a_neighbour(
    event: MakeEvent,
) -> None:
    """It still gives its quotations and places first: they are in the digest's language."""
    events = [
        event(
            1,
            "Det kom fram på et møte torsdag.",
            story="s",
            quotes=[_said("Vi åpner broen igjen til våren", "Ola By")],
        ),
        event(
            2,
            "Kommunen lukker broen over åen.",
            story="s",
            language="da",
            quotes=[_said("Vi åbner broen igen til foråret", "Bo Ny")],
        ),
    ]
    [story] = summarise(events, "nb")
    assert story.headline.text == "Kommunen lukker broen over åen"
    assert [quote.speaker for quote in story.quotes] == ["Ola By", "Bo Ny"]


def test_a_quotation_in_marks_tells_no_story(event: MakeEvent) -> None:
    body = (
        "A ferry with 84 people on board lost power on Monday.\n"
        '"Nobody panicked. We were just very cold."\n'
        "The company has cancelled all sailings through Sunday."
    )
    [story] = summarise([event(1, body, headline="Ferry adrift", language="en")], "en")
    assert not any("panicked" in passage.text for passage in story.summary[:2])


def test_a_long_quotation_is_cut_after_a_sentence_and_a_longer_sentence_not_shown(
    event: MakeEvent,
) -> None:
    quotes = [
        _said(
            "Vi er glade for svaret vi har fått. " + "Det var på tide at noen gjorde det. " * 9, "A"
        ),
        _said("Vi " + "venter og " * 40 + "venter", "B"),
    ]
    [story] = summarise([event(1, BODY, headline="Broen", quotes=quotes)], "nb")
    [quote] = story.quotes
    assert quote.text.startswith("Vi er glade for svaret vi har fått. Det var på tide")
    assert quote.text.endswith("gjorde det.")
    assert len(quote.text) <= QUOTE_CHARACTERS


def test_a_country_is_one_place_whatever_it_is_called(event: MakeEvent) -> None:
    def named(name: str) -> dict[str, Any]:
        return {"name": name, "country": "NO", "mentions": [{}], "references": []}

    [story] = summarise(
        [
            event(1, "Ferja ligger fast.", story="s", headline="Ferja ligger fast"),
            event(2, "Færgen fra Norge.", story="s", language="da", places=[named("Norge")]),
            event(3, "Norway's ferry.", story="s", language="en", places=[named("Norway")]),
        ],
        "nb",
    )
    assert [(place.name, place.mentions) for place in story.places] == [("Norge", 2)]


def test_a_place_is_one_where_not_every_article_says_its_country(event: MakeEvent) -> None:
    def named(country: str | None) -> dict[str, Any]:
        return {"name": "Sundby", "country": country, "mentions": [{}], "references": []}

    def places(*countries: str | None) -> list[tuple[str | None, int]]:
        told = [
            event(number, "Ferja ligger fast.", story="s", places=[named(country)])
            for number, country in enumerate(countries, 1)
        ]
        [story] = summarise(told, "nb")
        return sorted(((one.country, one.mentions) for one in story.places), key=str)

    assert places("DK", None) == [("DK", 2)]
    assert places("DK", "NO", None) == [("DK", 1), ("NO", 1), (None, 1)]
