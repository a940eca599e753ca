"""Clues are kept as bytes and come back whole."""

from dataclasses import replace

import pytest

from documents import article
from tidende.dedup.stories.clues import NOTHING, VERSION, Clues, Holder, pack, unpack
from tidende.dedup.stories.evidence import gather, keys
from tidende.enrich.enrich import enrich

TEXT = """Broen over Storelva stenges

Ordfører Åse Bjørnsen i Elvestad sier at broen stenges mandag. 300 biler kjører over den hver dag.
"""


@pytest.fixture
def clues() -> Clues:
    return gather(enrich(article(TEXT.encode(), "bro.txt")))


def test_packed_clues_come_back_whole(clues: Clues) -> None:
    holder = Holder(country="US", office="defence-minister", person="Colby")
    full = replace(clues, holders=(holder,), people=("Åse Bjørnsen", "Ole Lie"), results=("2-1",))
    for each in (clues, full, NOTHING):
        assert unpack(pack(each)) == each


def test_clues_of_another_version_are_refused(clues: Clues) -> None:
    other = bytes((VERSION + 1,)) + pack(clues)[1:]

    with pytest.raises(ValueError, match="version"):
        unpack(other)


def test_an_article_is_found_by_few_keys(clues: Clues) -> None:
    assert 0 < len(keys(clues)) <= 12
