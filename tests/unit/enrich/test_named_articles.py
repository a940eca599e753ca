"""Whole wire articles: who and where, with roles, parties and countries, and nothing else."""

from dataclasses import dataclass, field

import pytest

from tidende.enrich.names import names
from tidende.reading.structure import structure


@dataclass(frozen=True, kw_only=True)
class Article:
    tag: str
    text: str
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    places: dict[str, str | None] = field(default_factory=dict)


ARTICLES = {
    "nb: police and a hospital": Article(
        tag="nb",
        text=(
            "To til sykehus etter brann i Lillevik\n\n"
            "LILLEHAMMER (NTB): To personer er sendt til Lillevik sykehus etter en brann i en"
            " enebolig på Fjukemoen i Lillehammer natt til søndag.\n\n"
            "– Huset er totalskadd, sier operasjonsleder Kari Nordmann i Innlandet politidistrikt"
            " til NRK.\n\n"
            "Ordføreren er rystet over det som har skjedd.\n\n"
            "– Dette går inn på oss alle, sier Ola Moe (Sp).\n\n"
            "Lillehammer kommune setter kriseledelse mandag. Per Lien blir ny brannsjef fra mars.\n"
        ),
        people={
            "Kari Nordmann": ("operasjonsleder",),
            "Ola Moe": ("Ordføreren",),
            "Per Lien": ("ny brannsjef",),
        },
        parties={"Ola Moe": "Sp"},
        organisations=(
            "Lillevik sykehus",
            "Innlandet politidistrikt",
            "NRK",
            "Lillehammer kommune",
        ),
        places={"Lillevik": "NO", "Fjukemoen": "NO", "Lillehammer": "NO"},
    ),
    "nb: football": Article(
        tag="nb",
        text=(
            "Brann vant klart\n\n"
            "Brann vant 4-0 over Molde i Bergen søndag kveld.\n\n"
            "Ola Hansens FC Fjellvik tapte 2-1. Molde-trener Per Lien var skuffet.\n\n"
            "– Vi var dårligere enn Brann, sa Lien til TV 2.\n"
        ),
        people={"Ola Hansen": (), "Per Lien": ("Molde-trener",)},
        organisations=("Brann", "Molde", "FC Fjellvik", "TV 2"),
        places={"Bergen": "NO"},
    ),
    "da: a court and a company": Article(
        tag="da",
        text=(
            "Direktør får fængsel\n\n"
            "Odense Byret har onsdag idømt direktør Mette Holm fængsel i to år. Hun bor i Odense,"
            " og ankesagen går til Østre Landsret.\n\n"
            "Anklager Bo Lund er tilfreds med dommen.\n\n"
            "Medicinalselskabet Fjordpharma mistede ifølge Jyllands-Posten 2,4 mio. kr.\n\n"
            "- Det er en trist sag, siger formand for bestyrelsen Lars Dam.\n"
        ),
        people={
            "Mette Holm": ("direktør",),
            "Bo Lund": ("Anklager",),
            "Lars Dam": ("formand for bestyrelsen",),
        },
        organisations=("Odense Byret", "Østre Landsret", "Fjordpharma", "Jyllands-Posten"),
        places={"Odense": "DK"},
    ),
}


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_an_article_names_these_and_nobody_else(article: Article) -> None:
    blocks = structure(article.text).extraction.blocks
    said = names(article.text, blocks, article.tag)

    assert {each.name: each.roles for each in said.people} == article.people
    assert {each.name: each.party for each in said.people if each.party} == article.parties
    known = {each.name for each in said.organisations}
    assert known - set(article.parties.values()) == set(article.organisations)
    assert {each.name: each.country for each in said.places} == article.places
