"""Whole articles in six languages: every quote with its speaker and verb, and nothing else."""

from dataclasses import dataclass, field

import pytest

from said import Gold, answers, organisation, person, read


@dataclass(frozen=True, kw_only=True)
class Article:
    tag: str
    text: str
    people: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    gold: tuple[Gold, ...]


ARTICLES = {
    "nb: dash, surname, pronoun, and words that go on": Article(
        tag="nb",
        text=(
            "Ordfører Kari Nordmann åpnet torsdag den nye broen.\n"
            "– Dette har vi ventet på i tjue år, sier Nordmann.\n"
            "Hun klippet snoren litt over klokken tolv.\n"
            "– Vi har sovet dårlig. Nå sover vi godt, legger hun til.\n"
            "– Broen skal stå i hundre år."
        ),
        people=("Kari Nordmann",),
        gold=(
            ("Dette har vi ventet på i tjue år", "Kari Nordmann", "sier"),
            ("Vi har sovet dårlig. Nå sover vi godt", "Kari Nordmann", "legger til"),
            ("Broen skal stå i hundre år.", "Kari Nordmann", None),
        ),
    ),
    "nb: broken by the tag": Article(
        tag="nb",
        text=(
            "– Vi må snu nå, sier kaptein Ola Lie. – Isen er for tykk.\n"
            "– Været, sa Lie, – er verre enn i fjor."
        ),
        people=("Ola Lie",),
        gold=(
            ("Vi må snu nå", "Ola Lie", "sier"),
            ("Isen er for tykk.", "Ola Lie", "sier"),
            ("Været", "Ola Lie", "sa"),
            ("er verre enn i fjor.", "Ola Lie", "sa"),
        ),
    ),
    "nb: a role for a name, and two ministers": Article(
        tag="nb",
        text=(
            "Finansminister Per Ås og samferdselsminister Anne Moe møtte pressen.\n"
            "– Det blir billigere, sier samferdselsministeren.\n"
            "– Det blir dyrere, svarer finansministeren tørt."
        ),
        people=("Per Ås", "Anne Moe"),
        roles={"Per Ås": "Finansminister", "Anne Moe": "samferdselsminister"},
        gold=(
            ("Det blir billigere", "Anne Moe", "sier"),
            ("Det blir dyrere", "Per Ås", "svarer"),
        ),
    ),
    "nb: an organisation, and nobody": Article(
        tag="nb",
        text=(
            "– Selskapet beklager hendelsen, skriver Fjordkraft i en pressemelding.\n"
            "– Jeg hørte et smell, sier en nabo.\n"
            "– Veien er stengt, heter det i en melding fra Fjordkraft."
        ),
        organisations=("Fjordkraft",),
        gold=(
            ("Selskapet beklager hendelsen", "Fjordkraft", "skriver"),
            ("Jeg hørte et smell", None, "sier"),
            ("Veien er stengt", "Fjordkraft", "heter"),
        ),
    ),
    "nb: guillemets in a sentence, a title and a ship": Article(
        tag="nb",
        text=(
            "Forfatter Siri Dahl sier at dommen er «en hån mot alle som skriver».\n"
            "Hun er kjent for romanen «Stille vann» og reiser med MS «Trollfjord».\n"
            "De såkalte «ekspertene» tok feil."
        ),
        people=("Siri Dahl",),
        gold=(("en hån mot alle som skriver", "Siri Dahl", "sier"),),
    ),
    "nb: a long role phrase and a party": Article(
        tag="nb",
        text=(
            "– Budsjettet holder ikke, sier leder i kommunens utvalg for skole, Nils Berg (Sp).\n"
            "– Det er galt, mener Høyres Eva Strand.\n"
            "– Vi får se, sier tidligere helse- og omsorgsminister Jan Vik til NTB."
        ),
        people=("Nils Berg", "Eva Strand", "Jan Vik"),
        organisations=("Høyre", "NTB"),
        gold=(
            ("Budsjettet holder ikke", "Nils Berg", "sier"),
            ("Det er galt", "Eva Strand", "mener"),
            ("Vi får se", "Jan Vik", "sier"),
        ),
    ),
    "nb: the tag in the next paragraph": Article(
        tag="nb",
        text=(
            "– Vi kommer ikke til å gi oss før alle er funnet.\n"
            "Det sier redningsleder Tor Hagen til avisen."
        ),
        people=("Tor Hagen",),
        gold=(("Vi kommer ikke til å gi oss før alle er funnet.", "Tor Hagen", "sier"),),
    ),
    "nn: dash with a hyphen, and questions": Article(
        tag="nn",
        text=(
            "- Eg har aldri sett så mykje fisk, seier fiskar Leif Nes.\n"
            "Han har drive med dette i 40 år.\n"
            "- Kven skulle tru det? spør han.\n"
            "- 40 år er lenge, legg Nes til."
        ),
        people=("Leif Nes",),
        gold=(
            ("Eg har aldri sett så mykje fisk", "Leif Nes", "seier"),
            ("Kven skulle tru det?", "Leif Nes", "spør"),
            ("40 år er lenge", "Leif Nes", "legg til"),
        ),
    ),
    "nn: paragraphs that have run together": Article(
        tag="nn",
        text=(
            "Skulen opna i går. - No er alt klart, seier rektor Guro Sande. Elevane kjem måndag. "
            "- Me gler oss, fortel læraren Arne Li, som har undervist i ti år."
        ),
        people=("Guro Sande", "Arne Li"),
        gold=(
            ("No er alt klart", "Guro Sande", "seier"),
            ("Me gler oss", "Arne Li", "fortel"),
        ),
    ),
    "nn: a name that nobody has found": Article(
        tag="nn",
        text=(
            "Turid Vik leier laget.\n"
            "«Vi vann fordi vi trente», seier Vik. «Det er heile løyndomen.»\n"
            "- Ho er best, seier den erfarne trenaren Olav Hove."
        ),
        gold=(
            ("Vi vann fordi vi trente", "Turid Vik", "seier"),
            ("Det er heile løyndomen.", "Turid Vik", None),
            ("Ho er best", "Olav Hove", "seier"),
        ),
    ),
    "da: straight marks, the comma inside, and a pronoun": Article(
        tag="da",
        text=(
            "Borgmester Mette Holm tog imod gæsterne.\n"
            '"Vi er stolte i dag," siger Mette Holm.\n'
            '"Men der er lang vej," tilføjer hun, "og vi er kun lige begyndt."'
        ),
        people=("Mette Holm",),
        gold=(
            ("Vi er stolte i dag", "Mette Holm", "siger"),
            ("Men der er lang vej", "Mette Holm", "tilføjer"),
            ("og vi er kun lige begyndt.", "Mette Holm", "tilføjer"),
        ),
    ),
    "da: guillemets turned round": Article(
        tag="da",
        text=(
            "»Det er en god dag for byen,« siger direktør Jens Krog.\n"
            "Han kalder planen »et rent vanvid«, men bogen »Den lange vej« er god."
        ),
        people=("Jens Krog",),
        gold=(
            ("Det er en god dag for byen", "Jens Krog", "siger"),
            ("et rent vanvid", "Jens Krog", "kalder"),
        ),
    ),
    "da: dash wire with a role": Article(
        tag="da",
        text=(
            "Det siger Natos generalsekretær, Erik Juhl, efter mødet.\n"
            "- Vi sender flere soldater. Men ikke i år, siger Nato-chefen.\n"
            "Erik Juhl rejste derefter hjem.\n"
            "- Jeg er træt, sagde han."
        ),
        people=("Erik Juhl",),
        roles={"Erik Juhl": "Natos generalsekretær"},
        organisations=("Nato",),
        gold=(
            ("Vi sender flere soldater. Men ikke i år", "Erik Juhl", "siger"),
            ("Jeg er træt", "Erik Juhl", "sagde"),
        ),
    ),
    "da: many paragraphs": Article(
        tag="da",
        text=(
            "Advokat Lise Bang skrev til retten:\n"
            '"Min klient er uskyldig.\n'
            '"Han var ikke i landet, og det kan vises.\n'
            '"Derfor bør sagen afvises."'
        ),
        people=("Lise Bang",),
        gold=(
            ("Min klient er uskyldig.", "Lise Bang", None),
            ("Han var ikke i landet, og det kan vises.", "Lise Bang", None),
            ("Derfor bør sagen afvises.", "Lise Bang", None),
        ),
    ),
    "sv: dash, the agency as listener": Article(
        tag="sv",
        text=(
            "Elden bröt ut vid midnatt.\n"
            "– Vi såg lågorna på långt håll, säger räddningsledaren Anna Ek till TT.\n"
            "Hon var först på platsen.\n"
            "– Det gick fort, tillägger hon."
        ),
        people=("Anna Ek",),
        organisations=("TT",),
        gold=(
            ("Vi såg lågorna på långt håll", "Anna Ek", "säger"),
            ("Det gick fort", "Anna Ek", "tillägger"),
        ),
    ),
    "sv: curly marks and a fragment with a source": Article(
        tag="sv",
        text=(
            "”Vi gav allt”, säger kaptenen Nils Ström.\n"
            "Läget är ”mycket allvarligt i hela regionen”, enligt Röda Korset.\n"
            "Filmen ”Havet” visas i kväll."
        ),
        people=("Nils Ström",),
        organisations=("Röda Korset",),
        gold=(
            ("Vi gav allt", "Nils Ström", "säger"),
            ("mycket allvarligt i hela regionen", "Röda Korset", None),
        ),
    ),
    "sv: before the words": Article(
        tag="sv",
        text=(
            "Eva Lund förklarar: ”Skolan får mer pengar.”\n"
            "I går sade Lund att beslutet är ”det bästa på många år”."
        ),
        people=("Eva Lund",),
        gold=(
            ("Skolan får mer pengar.", "Eva Lund", "förklarar"),
            ("det bästa på många år", "Eva Lund", "sade"),
        ),
    ),
    "en: Smith said, said Smith, she added": Article(
        tag="en",
        text=(
            '"The harbour is closed," Jane Smith said on Monday.\n'
            '"We are safe," said Smith. "Nobody was hurt."\n'
            '"It will open again," she added, "when the wind drops."'
        ),
        people=("Jane Smith",),
        gold=(
            ("The harbour is closed", "Jane Smith", "said"),
            ("We are safe", "Jane Smith", "said"),
            ("Nobody was hurt.", "Jane Smith", None),
            ("It will open again", "Jane Smith", "added"),
            ("when the wind drops.", "Jane Smith", "added"),
        ),
    ),
    "en: fragments, sources and what is none": Article(
        tag="en",
        text=(
            "Tom Reed called the plan “a gift to the rich” on Friday.\n"
            "The bridge is “not safe for lorries”, according to Tom Reed.\n"
            "The film “Blue Water” opened in a so-called “art house”."
        ),
        people=("Tom Reed",),
        gold=(
            ("a gift to the rich", "Tom Reed", "called"),
            ("not safe for lorries", "Tom Reed", None),
        ),
    ),
    "en: single marks and apostrophes": Article(
        tag="en",
        text=(
            "‘We didn’t know the players’ names,’ coach Ann Hill told reporters.\nHill's team won."
        ),
        people=("Ann Hill",),
        gold=(("We didn’t know the players’ names", "Ann Hill", "told"),),
    ),
    "en: many paragraphs, the mark opened in each": Article(
        tag="en",
        text=(
            "“The river rose all night,” said mayor Lucy Gray.\n"
            "“We moved the old people first.\n"
            "“Then we moved the rest.”"
        ),
        people=("Lucy Gray",),
        gold=(
            ("The river rose all night", "Lucy Gray", "said"),
            ("We moved the old people first.", "Lucy Gray", None),
            ("Then we moved the rest.", "Lucy Gray", None),
        ),
    ),
    "de: low and high marks, sagte and so": Article(
        tag="de",
        text=(
            "„Das Werk bleibt offen“, sagte Vorstandschef Peter Kern am Montag.\n"
            "„Wir haben lange verhandelt“, so Kern. „Jetzt ist Ruhe.“\n"
            "Nach dem Streit war Kern müde.\n"
            "„Ich fahre heim“, fügte er hinzu."
        ),
        people=("Peter Kern",),
        gold=(
            ("Das Werk bleibt offen", "Peter Kern", "sagte"),
            ("Wir haben lange verhandelt", "Peter Kern", None),
            ("Jetzt ist Ruhe.", "Peter Kern", None),
            ("Ich fahre heim", "Peter Kern", "fügte hinzu"),
        ),
    ),
    "de: before the words, a fragment, a title": Article(
        tag="de",
        text=(
            "Ministerin Heike Brandt erklärte: „Der Vertrag gilt.“\n"
            "Sie nannte den Vorwurf „frei erfunden und dumm“.\n"
            "Das Schiff „Nordstern“ legte ab."
        ),
        people=("Heike Brandt",),
        gold=(
            ("Der Vertrag gilt.", "Heike Brandt", "erklärte"),
            ("frei erfunden und dumm", "Heike Brandt", "nannte"),
        ),
    ),
    "de: books' marks and an organisation": Article(
        tag="de",
        text=(
            "»Die Lage ist ernst«, teilte das Rote Kreuz mit.\n"
            "Laut Greenpeace ist der Plan »ein Schritt zurück«."
        ),
        organisations=("Rote Kreuz", "Greenpeace"),
        gold=(
            ("Die Lage ist ernst", "Rote Kreuz", "teilte mit"),
            ("ein Schritt zurück", "Greenpeace", None),
        ),
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_an_articles_quotes_are_all_found_and_nothing_else(name: str) -> None:
    article = ARTICLES[name]
    people = [
        person(article.text, full, *([article.roles[full]] if full in article.roles else []))
        for full in article.people
    ]
    houses = [organisation(article.text, house) for house in article.organisations]

    found = read(article.text, article.tag, people, houses)

    assert answers(found) == list(article.gold)
    assert all(article.text[quote.start : quote.end] == quote.text for quote in found)
