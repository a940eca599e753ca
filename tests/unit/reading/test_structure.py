"""Structure, given what a format already knows."""

import pytest

from tidende.model.article import Block, Caption, Published
from tidende.reading.front import is_headline
from tidende.reading.metadata import Metadata
from tidende.reading.structure import structure

TEXT = "Nato enige\n\nAv Kari Nordmann\n\nMinistrene er enige om Irak. De møttes i Brussel."


def test_metadata_is_believed() -> None:
    known = Metadata(
        headline="Nato enige",
        byline="Per Lie",
        published=Published(value="2020-02", precision="month", origin="metadata"),
        captions=(Caption(text="Møtet", credit="NTB"),),
    )

    found = structure(TEXT, known).extraction

    assert (found.headline, found.byline) == ("Nato enige", "Per Lie")
    assert found.published == known.published
    assert found.captions == known.captions
    assert [block.role for block in found.blocks] == ["headline", "byline", "paragraph"]


def test_a_known_headline_that_is_not_in_the_text_makes_no_other_one() -> None:
    found = structure(TEXT, Metadata(headline="Ministermøte i Brussel")).extraction

    assert found.headline == "Ministermøte i Brussel"
    assert "headline" not in [block.role for block in found.blocks]


def test_marked_blocks_keep_their_roles() -> None:
    text = "Kort linje Enda en OSLO (NTB): Det regner. Bilde. Foto: NTB"
    marks = (
        Block(role="headline", start=0, end=10),
        Block(role="subheading", start=11, end=18),
        Block(role="paragraph", start=19, end=42),
        Block(role="caption", start=43, end=59),
    )

    found = structure(text, Metadata(blocks=marks)).extraction

    assert [block.role for block in found.blocks] == [
        "headline",
        "subheading",
        "dateline",
        "paragraph",
        "caption",
    ]
    assert found.subheadings == ("Enda en",)
    assert found.captions == (Caption(text="Bilde.", credit="NTB"),)
    assert found.agencies == ("NTB",)


def test_a_claimed_language_counts_only_where_the_text_says_nothing() -> None:
    assert structure("12 34", Metadata(language="sv")).extraction.language is not None
    said = structure(TEXT, Metadata(language="sv")).extraction.language
    assert said is not None
    assert said.tag == "nb"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Nato enige om å styrke innsatsen", True),
        ("– Dette er galskap", True),
        ("Hva nå?", True),
        ("«Hytta» utsatt", True),
        ('"Vi er færdige"', True),
        ("Nyheten kom på en pressekonferanse.", False),
        ('Hun sa: "Vi er ferdige."', False),
        ("Dette er saken:", False),
        ("***", False),
        ("x" * 200, False),
    ],
)
def test_a_first_sentence_is_no_headline(words: str, wanted: bool) -> None:  # noqa: FBT001
    assert is_headline(words) is wanted
