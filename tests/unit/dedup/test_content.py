"""What of an article is compared: the telegram, without what each paper puts around it."""

import pytest

from desk import understood
from tidende.dedup.content import content, fold_words, words


def _content(text: str) -> list[str]:
    article = understood(text)
    blocks = [(block.role, block.start, block.end) for block in article.extraction.blocks]
    return [article.text[start:end] for _, start, end in content(blocks)]


_FIRST = "Kommunen vil bygge tre nye broer over elva før neste sommer, opplyser ordfører Åse Bjørn."
_SECOND = "Naboene er likevel ikke fornøyd og ønsker seg heller en ferge på det samme stedet."


def test_the_frame_is_left_out() -> None:
    """Headline, byline, subheading and sign-off are each paper's own."""
    text = (
        f"date 2021-03\nTre broer\n\nAv Per Lie\n\n{_FIRST}\n\nVil ha ferge\n\n{_SECOND}\n\n(NTB)\n"
    )
    assert _content(text) == [_FIRST, _SECOND]


def test_a_headline_that_was_not_known_for_one_is_left_out() -> None:
    """It ends in a full stop, and no other headline is there."""
    blocks = [("paragraph", 0, 40), ("paragraph", 42, 400), ("paragraph", 402, 700)]
    assert content(blocks) == blocks[1:]
    assert content([("header", 0, 80), ("paragraph", 81, 121), *blocks[1:]]) == blocks[1:]


@pytest.mark.parametrize(
    ("role", "length", "counts"),
    [
        ("paragraph", 101, True),
        ("standfirst", 100, False),
        ("standfirst", 101, True),
        ("subheading", 40, False),
        ("subheading", 41, True),
    ],
)
def test_a_long_standfirst_or_subheading_is_the_report_s_own(
    role: str, length: int, *, counts: bool
) -> None:
    """A short one is as good as a headline."""
    blocks = [("headline", 0, 9), ("paragraph", 10, 400), (role, 401, 401 + length)]
    assert content(blocks) == (blocks[1:] if counts else blocks[1:2])


def test_a_lead_behind_a_dateline_is_no_headline() -> None:
    """Where the dateline stands, the report begins."""
    blocks = [("dateline", 0, 10), ("paragraph", 11, 60), ("paragraph", 62, 400)]
    assert content(blocks) == blocks[1:]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4.500 husstander", "4 500 husstander"),
        ("4\u00a0500 husstander", "4500 husstander"),
        ("$1,234,567", "1 234 567"),
        ("Poli\u00adtiet – SIER", "politiet sier"),
        ("re\u0301forme", "r\u00e9forme"),
    ],
)
def test_words_are_the_same_however_they_are_set(one: str, other: str) -> None:
    """Marks between thousands, soft hyphens, capitals and Unicode forms are typesetting."""
    assert words(fold_words(one)) == words(fold_words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("1,5", "15"), ("12.30", "1230"), ("3-1", "31"), ("mai 2018 300", "mai 2018300")],
)
def test_other_numbers_are_other_words(one: str, other: str) -> None:
    """Decimals, times and results keep their parts apart."""
    assert words(fold_words(one)) != words(fold_words(other))
