"""What ledgers and consumers keep is made by the same recipe in every version of the program.

If one of these fails, docs/decisions/0010-recipes-of-what-is-kept.md says what a change asks for.
Fingerprints, sketches and names are held to theirs beside their other tests.
"""

from tidende.dedup.stories.clues import VERSION, Clues, Family, Holder, pack
from tidende.dedup.stories.evidence import keys
from tidende.dedup.stories.periods import Period
from tidende.dedup.stories.terms import term

CLUES = Clues(
    language="nb",
    published=Period(first=1, last=2),
    weekdays=0b101,
    words=Family.of({11: 255, 12: 200, 13: 1}),
    lead=Family.of({11: 9}),
    names=Family.of({0xFFFFFFFF: 90}),
    numbers=Family.of({300: 40}),
    places=Family(),
    grams=Family.of({7: 1}),
    holders=(Holder(country="US", office="defence-minister", person="Mattis"),),
    people=("Åse Bjørnsen",),
    results=("2-1",),
)


def test_clues_are_packed_as_their_version_says() -> None:
    """Another order, width or family takes another version, or old clues are read as others."""
    head = "01 6e62 05 01000000 02000000 0300 0100 0100 0100 0000 0100"
    words = "0b000000 0c000000 0d000000 ff c8 01"
    others = "0b000000 09 ffffffff 5a 2c010000 28 07000000 01"
    told = "US\tdefence-minister\tMattis\n=2-1\nÅse Bjørnsen"
    assert VERSION == 1
    assert pack(CLUES) == bytes.fromhex(head + words + others) + told.encode()


def test_a_term_is_the_same_number_in_every_version() -> None:
    """A word that counted otherwise would meet no article from before."""
    assert term("storelva", 15) == 0x2B8F09C9F
    assert term("storelva", 0) == 0


def test_an_article_is_found_by_the_same_keys_in_every_version() -> None:
    """Names and numbers before words, and no word that says too little."""
    assert keys(CLUES) == (0xFFFFFFFF, 300, 11, 12)
