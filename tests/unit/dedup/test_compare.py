"""Which facts two matched sentences have that the other article hasn't."""

import pytest

from tellings import telling_of
from tidende.dedup.compare import compare

_HEADLINE = "Brann i byen"
_BURNED = "Brannen i sentrum av Mosvik ødela til sammen {} natt til tirsdag."
_MOVED = "Politiet måtte hente 57 personer ut av sengene, og 12 av dem er barn."


def _facts(was: str, is_now: str) -> tuple[set[str], set[str]]:
    """Return what the article gained and lost whose first sentence was told otherwise."""
    known, new = (
        telling_of(f"{_HEADLINE}\n\n{_BURNED.format(burned)}\n\n{_MOVED}\n")
        for burned in (was, is_now)
    )
    pairs = compare(new, known).pairs
    return (
        {fact for pair in pairs for fact in pair.gained},
        {fact for pair in pairs for fact in pair.lost},
    )


@pytest.mark.parametrize(
    ("was", "is_now", "gained", "lost"),
    [
        ("14 hus", "23 hus", {"23"}, {"14"}),
        ("12 hus", "57 hus", {"57"}, {"12"}),
        ("14 hus", "57 hus", {"57"}, {"14"}),
        ("12 hus", "23 hus", {"23"}, {"12"}),
        ("to hus", "2 hus", set(), set()),
        ("12 hus", "57 hytter", set(), set()),
        ("12 hus", "57 store hus", set(), set()),
        ("mange hus", "57 hus", set(), set()),
        ("14 hus", "23 store hus", {"23"}, {"14"}),
    ],
)
def test_a_fact_in_another_s_place_has_changed_wherever_else_it_stands(
    was: str, is_now: str, gained: set[str], lost: set[str]
) -> None:
    """Where all the rest is the same; else only what the other article states nowhere is new."""
    assert _facts(was, is_now) == (gained, lost)
    assert _facts(is_now, was) == (lost, gained)


def test_a_pair_is_as_alike_as_its_two_sentences() -> None:
    """Wherever these stand: eleven of twelve words are the same."""
    first, last = (
        telling_of(f"{_HEADLINE}\n\n{_MOVED}\n\n{_BURNED.format(burned)}\n")
        for burned in ("14 hus", "23 hus")
    )
    for new, known in ((first, last), (last, first)):
        (pair,) = compare(new, known).pairs
        assert pair.likeness == pytest.approx(11 / 12)
