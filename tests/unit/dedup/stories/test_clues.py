"""Clues are kept as bytes and come back whole."""

import pytest

from documents import article
from tidende.dedup.stories.clues import VERSION, Clues, pack, unpack
from tidende.dedup.stories.evidence import gather, keys
from tidende.enrich.enrich import enrich

TEXT = """Broen over Storelva stenges

Ordfører Åse Bjørnsen i Elvestad sier at broen stenges mandag. 300 biler kjører over den hver dag.
"""


@pytest.fixture
def clues() -> Clues:
    return gather(enrich(article(TEXT.encode(), "bro.txt")))


def test_packed_clues_come_back_whole(clues: Clues) -> None:
    assert unpack(pack(clues)) == clues


def test_clues_of_another_version_are_refused(clues: Clues) -> None:
    other = bytes((VERSION + 1,)) + pack(clues)[1:]

    with pytest.raises(ValueError, match="version"):
        unpack(other)


def test_an_article_is_found_by_few_keys(clues: Clues) -> None:
    assert 0 < len(keys(clues)) <= 12
