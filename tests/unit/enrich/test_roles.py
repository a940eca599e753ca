"""Roles: the nouns beside a person's name, told from verbs, relatives and peoples."""

import pytest

from tidende import lexicon
from tidende.enrich import vocabulary
from tidende.enrich.names import names
from tidende.enrich.role_nouns import NEVER, PERHAPS, SURE, is_known_role, standing
from tidende.model.article import Block


def roles(text: str, tag: str) -> tuple[str, ...]:
    """Return the roles of the first person that a text of one paragraph names."""
    block = Block(role="paragraph", start=0, end=len(text))
    return names(text, (block,), tag).people[0].roles


@pytest.mark.parametrize(
    ("text", "tag", "role"),
    [
        ("– Det er sant, sier forsvarer Kari Nordmann til avisen.", "nb", "forsvarer"),
        ("– Det er tørt i år, sier gårdbruker Ola Nordmann.", "nb", "gårdbruker"),
        ("Bibliotekar Kari Nordmann er glad for de nye bøkene.", "nb", "Bibliotekar"),
        ("Tidlegare kom viltforvaltar Kari Nordmann heim.", "nn", "viltforvaltar"),
        ("– Vi ventar, seier geolog Kari Nordmann.", "nn", "geolog"),
        ("Det oplyser livredderen Mette Holm i aften.", "da", "livredderen"),
        ("- Det er dyrt, siger havnechef Mette Holm.", "da", "havnechef"),
        ("Han möter komikern Anna Lindberg i kväll.", "sv", "komikern"),
        ("”Det är dyrt”, säger lantbrukare Anna Lindberg.", "sv", "lantbrukare"),
        ("The boat belongs to local fisherman John Miller.", "en", "fisherman"),
        ("“It rained,” said teacher John Miller on Monday.", "en", "teacher"),
        ("Das sagte der Biologe Peter Schmidt am Montag.", "de", "der Biologe"),
        ("Sie traf den Ministerpräsidenten Peter Schmidt.", "de", "Ministerpräsidenten"),
    ],
)
def test_a_noun_with_an_agents_ending_is_a_role_before_a_full_name(
    text: str, tag: str, role: str
) -> None:
    assert role in roles(text, tag)


@pytest.mark.parametrize(
    ("text", "tag", "role"),
    [
        ("Kari Nordmann blir ny finansminister.", "nb", "ny finansminister"),
        ("Kari Nordmann (Ap) går av som olje- og energiminister.", "nb", "olje- og energiminister"),
        ("Kari Nordmann slutter i Nav og blir leder i banken.", "nb", "leder i banken"),
        ("Ny sundhedsminister er Mette Holm.", "da", "Ny sundhedsminister"),
        ("Anna Lindberg avgår som partiledare.", "sv", "partiledare"),
        ("Det hevdar høgkommissær for flyktningar Olav Haugen no.", "nn", "for flyktningar"),
        ("Det siger direktør i Miljøstyrelsen Mette Holm.", "da", "direktør i Miljøstyrelsen"),
        ("Den irakiske presidenten Kari Nordmann kom.", "nb", "Den irakiske presidenten"),
        ("Anklager Mette Holm er tilfreds.", "da", "Anklager"),
        ("Lederen av rådet er glad.\n– Bra, sier Kari Nordmann.", "nb", "Lederen av rådet"),
    ],
)
def test_a_role_is_read_that_stands_apart_from_the_name(text: str, tag: str, role: str) -> None:
    assert any(role in each for each in roles(text, tag))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Mette Holm og Bo Lund blev udvist.", "da"),
        ("Leder av partiet etter Ola Moe Kari Nordmann kom.", "nb"),
        ("Leder Ola Moe er glad.\n– Bra, sier Kari Nordmann.", "nb"),
        ("Kari Nordmann er et sjeldent funn.", "nb"),
        ("Kari Nordmann sier at Ola Moe blir leder.", "nb"),
    ],
)
def test_a_verb_or_paragraph_gives_no_role_to_another(text: str, tag: str) -> None:
    said = names(text, (Block(role="paragraph", start=0, end=len(text)),), tag)

    assert all(
        not each.roles for each in said.people if each.name in {"Kari Nordmann", "Mette Holm"}
    )


@pytest.mark.parametrize(
    ("text", "tag", "role"),
    [
        ("Kari Nordmann, bibliotekar på Ytterøya, er glad.", "nb", "bibliotekar på Ytterøya"),
        ("Kari Nordmann, som er lærer, bor her.", "nb", "lærer"),
        ("Kari Nordmann, ein historikar ved museet, er nøgd.", "nn", "historikar ved museet"),
        ("Mette Holm, der er formand for byens idrætsråd, er glad.", "da", "formand for byens"),
        ("Anna Lindberg, ordförande i nämnden som styr, är nöjd.", "sv", "ordförande i nämnden"),
        ("It was said by John Miller, a lobster fisherman, here.", "en", "lobster fisherman"),
        ("It was said by John Miller, the port's head of security.", "en", "head of security"),
        ("Peter Schmidt, Sprecher der Polizei, war dort.", "de", "Sprecher der Polizei"),
        ("Det sier lederen i partiet, Kari Nordmann, i dag.", "nb", "lederen i partiet"),
    ],
)
def test_a_role_behind_or_before_a_comma_keeps_its_complement(
    text: str, tag: str, role: str
) -> None:
    assert any(role in each for each in roles(text, tag))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("– Eg er glad, seier Kari Nordmann.", "nn"),
        ("Nå sender Kari Nordmann saken videre.", "nb"),
        ("Derfor reiser Kari Nordmann hjem.", "nb"),
        ("De ringte etter Kari Nordmann i går.", "nb"),
        ("Slik svarer eieren. Kari Nordmann er hjemme.", "nb"),
        ("Det forteller datter Kari Nordmann.", "nb"),
        ("De er tydelege. Kari Nordmann er heime.", "nn"),
        ("I dag reiser Mette Holm til byen.", "da"),
        ("Herefter Mette Holm og de andre.", "da"),
        ("Det säger tidigare Anna Lindberg.", "sv"),
        ("Han möter argentinaren Anna Lindberg.", "sv"),
        ("They came after John Miller left.", "en"),
        ("He spoke with her daughter Mary Miller.", "en"),
        ("Heute reist Peter Schmidt nach Hause.", "de"),
    ],
)
def test_a_word_that_only_looks_so_is_no_role(text: str, tag: str) -> None:
    assert roles(text, tag) == ()


def test_the_role_of_the_next_person_in_a_list_is_not_the_first_ones() -> None:
    assert roles("Der var Kari Nordmann, president Ola Hansen og flere.", "nb") == ()


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("huseier", "nb", SURE),
        ("seier", "nn", NEVER),
        ("slakter", "nb", PERHAPS),
        ("slakteren", "nb", SURE),
        ("senteret", "nn", NEVER),
        ("overlege", "nn", SURE),
        ("tydelege", "nn", NEVER),
        ("dr.", "nb", SURE),
        ("lederen.", "nb", NEVER),
    ],
)
def test_the_longer_ending_decides(word: str, tag: str, expected: int) -> None:
    assert standing(word, vocabulary.of(tag)) == expected


@pytest.mark.parametrize("tag", lexicon.tags())
def test_no_verb_of_speech_is_surely_a_role(tag: str) -> None:
    words = vocabulary.of(tag)

    assert [verb for verb in words.speech if standing(verb, words) == SURE] == []


@pytest.mark.parametrize("tag", lexicon.tags())
def test_the_most_frequent_words_are_roles_only_if_listed(tag: str) -> None:
    words = vocabulary.of(tag)

    assert [
        word
        for word in words.function
        if word.islower() and standing(word, words) == SURE and not is_known_role(word, words)
    ] == []


@pytest.mark.parametrize(
    ("text", "tag", "name"),
    [
        ("Saken skal opp i Lillevik tingrett i februar.", "nb", "Lillevik tingrett"),
        ("Saka skal opp i Lillevik tingrett i februar.", "nn", "Lillevik tingrett"),
        ("Det oplyser rederiet Skagerrak Linje i dag.", "da", "Skagerrak Linje"),
        ("Målet prövas av Lillviks tingsrätt i februari.", "sv", "Lillviks tingsrätt"),
        ("It ran late, the operator, Skagerrak Linje, said.", "en", "Skagerrak Linje"),
        ("Det opplyser Lillevik sjukehus fredag.", "nb", "Lillevik sjukehus"),
        ("Nå vil Lillevik kommune bygge ny skole.", "nb", "Lillevik kommune"),
        ("Pengene går til Norsk Fjellhjelp i år.", "nb", "Norsk Fjellhjelp"),
        ("Nå er det EUs tur. Hva gjør EU?", "nb", "EU"),
        ("Telekombolaget Fjordtel växer.", "sv", "Fjordtel"),
        ("Et bud kom fra konkurrenten Fjordtel.", "da", "Fjordtel"),
        (
            "Det mener Odense Byret. Han bor i Odense, og sagen går til Odense Byret.",
            "da",
            "Odense Byret",
        ),
        (
            "Han er født i København. Det skriver Københavns Tidende.",
            "da",
            "Københavns Tidende",
        ),
        ("Det Danske Kajakmuseum åbner i dag.", "da", "Det Danske Kajakmuseum"),
        ("Oslo Børs falt kraftig.", "nb", "Oslo Børs"),
        ("Bergen Høyre sier nei til planen.", "nb", "Bergen Høyre"),
        ("De slo Crystal Palace, men Palace var best.", "nb", "Palace"),
        ("Nå leder FC Fjellvik serien.", "nb", "FC Fjellvik"),
        ("Das Amtsgericht Ulm sprach ihn frei.", "de", "Amtsgericht Ulm"),
        ("Det sier han til TV 2.", "nb", "TV 2"),
        (
            "Mange så kampen mod Søndervig Håndbold i går. Søndervig førte, og Søndervig vandt.",
            "da",
            "Søndervig",
        ),
    ],
)
def test_the_words_themselves_tell_an_organisation(text: str, tag: str, name: str) -> None:
    said = names(text, (Block(role="paragraph", start=0, end=len(text)),), tag)

    assert name in {known for each in said.organisations for known in (each.name, *each.aliases)}
    assert name not in {each.name for each in said.people}
    assert name not in {each.name for each in said.places}


@pytest.mark.parametrize(
    ("text", "tag", "club"),
    [
        ("Brann vant 4-0 over Molde søndag.", "nb", "Molde"),
        ("Molde tapte. Molde-treneren var skuffet over Molde.", "nb", "Molde"),
        ("Horsens slog Randers med 2-1 i går.", "da", "Randers"),
        ("Kalmar besegrade Halmstad med 3-0.", "sv", "Kalmar"),
    ],
)
def test_a_town_with_a_score_is_a_club(text: str, tag: str, club: str) -> None:
    said = names(text, (Block(role="paragraph", start=0, end=len(text)),), tag)

    assert club in {each.name for each in said.organisations}
    assert club not in {each.name for each in said.places}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Danmark slog Norge med 31-22 i går.", "Norge"),
        ("Norge slo Sverige 3-1, og Norge jubler.", "Norge"),
        ("Prisen deles ut i Lillevik rådhus.", "Lillevik rådhus"),
        ("Han bor i Molde. Brann vant 4-0.", "Molde"),
        ("Skogen brenner i Lillehammer kommune.", "Lillehammer kommune"),
    ],
)
def test_a_place_stays_one(text: str, place: str) -> None:
    said = names(text, (Block(role="paragraph", start=0, end=len(text)),), "nb")

    assert place in {each.name for each in said.places}


def test_events_and_prizes_name_nobody() -> None:
    text = "Hun fikk Oscar i fjor, og VM går i år. Så leser han Koranen og om VMs historie."

    said = names(text, (Block(role="paragraph", start=0, end=len(text)),), "nb")

    assert (said.people, said.organisations, said.places) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    ["I avisen Kari Nordmann leser, stod det mye.", "Det sier han i partiet Blått Kari Nordmann."],
)
def test_no_first_name_is_overruled(text: str) -> None:
    said = names(text, (Block(role="paragraph", start=0, end=len(text)),), "nb")

    assert said.organisations == ()
