"""The sketch: what two articles must share to be compared at all."""

import subprocess
import sys

import pytest

from desk import understood
from tellings import Case, cases, texts
from tidende.dedup.sketch import KEYS, sketch, sketch_of
from tidende.service.catalogue import LEAST_SHARED

_MISSED = ("sv-more/sj-kort", "sv-more/sj-2")
_RELATED = [
    case for case in cases() if case.kind != "unrelated" and (case.known, case.new) != _MISSED
]


def _shared(known: str, new: str) -> int:
    """Return how many keys two articles have in common."""
    one, other = (set(sketch(understood(texts()[name]))) for name in (known, new))
    return len(one & other)


@pytest.mark.parametrize("case", _RELATED, ids=[f"{case.known}-{case.new}" for case in _RELATED])
def test_related_articles_become_candidates(case: Case) -> None:
    """Also where one was cut to a third, or edited throughout."""
    assert _shared(case.known, case.new) >= LEAST_SHARED


def test_an_update_that_keeps_little_of_a_short_report_is_missed() -> None:
    """To compare what shares two keys would be to compare most articles of like wording."""
    assert _shared(*_MISSED) == LEAST_SHARED - 1


def test_a_sketch_has_a_bounded_number_of_keys_of_32_bits() -> None:
    """Keys of a million articles must fit into memory."""
    for text in texts().values():
        keys = sketch(understood(text))
        assert len(set(keys)) == len(keys) <= KEYS
        assert all(0 <= key < 1 << 32 for key in keys)


def test_a_very_short_text_has_no_sketch() -> None:
    """Notes of a kind are all alike; they are known by their fingerprint only."""
    assert sketch(understood("Kort om været\n\nI dag blir det regn.\n")) == ()


def test_headline_byline_caption_and_signoff_do_not_matter() -> None:
    """Another paper's frame around the same report."""
    bare = texts()["de/zug"].replace("Riedlingen (dpa) - ", "")
    _, body = bare.split("\n\n", 1)
    framed = f"date 2024-07\nAndere Schlagzeile\n\nVon Eva Kern\n\n{body}\n(dpa)\n"
    assert set(sketch(understood(bare))) == set(sketch(understood(framed)))


def test_a_sketch_is_the_same_in_every_process() -> None:
    """The index outlives the process that filled it."""
    code = (
        "from tidende.dedup.sketch import sketch_of\n"
        "print(sketch_of([f'ord{n}' for n in range(40)]))"
    )
    run = [subprocess.check_output([sys.executable, "-c", code], text=True) for _ in range(2)]
    assert run[0] == run[1]


def test_the_recipe_stays_as_it_is() -> None:
    """Ledgers hold sketches, and those of two recipes share nothing."""
    keys = sketch_of([f"ord{number}" for number in range(14)])
    assert keys[:3] == (1960252813, 651848669, 3509062881)
