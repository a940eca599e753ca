"""What must hold of every text: nothing is lost, blocks keep their order, no input is refused."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tidende.model.article import Block
from tidende.reading.metadata import Metadata
from tidende.reading.structure import structure

PARTS = [
    " date 2018-02 ", "2019-11-05T14:32:00+01:00\n", "OSLO (NTB): ", "KØBENHAVN, tirsdag /ritzau/ ",
    "Av Kari Nordmann", "Foto: NTB", "(Foto: Per Lie / NTB scanpix)", "FOTO: ", "Arkivfoto", ". ",
    "Les også: ", "/ritzau/", "(©NTB)", "dpa", "SPERRET til 12. mars 2021 kl. 06.00", "KILL: ",
    "\n", "\n\n", "\r\n", "\t", " ", "\u2028", "\xa0", "–", "«", "»", '"', ":", "@",
    "Publisert 12.03.2021",
    "Nato enige om å styrke innsatsen", "Ministrene møttes i Brussel torsdag.", "Tunge navn",
    "Bildetekst: ", "Kilde: NTB", "fortsetter under bildet", "\u200b", "\ufeff",
    "kari@avis.example",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=12)), max_size=30).map("".join),
)


def _assert_whole(text: str, blocks: tuple[Block, ...]) -> None:
    end = 0
    for block in blocks:
        assert block.start < block.end
        assert not text[end : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        end = block.end
    assert not text[end:].strip()


@settings(max_examples=400)
@given(TEXTS)
def test_blocks_hold_all_but_white_space_in_order(text: str) -> None:
    _assert_whole(text, structure(text).extraction.blocks)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=5))
def test_marks_lose_nothing_either(text: str, steps: list[tuple[int, int]]) -> None:
    marks, at = [], 0
    for skip, length in steps:
        start = min(len(text), at + skip)
        at = min(len(text), start + length)
        marks.append(Block(role="paragraph", start=start, end=at))

    _assert_whole(text, structure(text, Metadata(blocks=tuple(marks))).extraction.blocks)


@given(TEXTS)
def test_structure_is_a_function_of_the_text(text: str) -> None:
    assert structure(text) == structure(text)


@given(TEXTS)
def test_what_is_said_of_the_text_stands_in_it(text: str) -> None:
    found = structure(text).extraction
    folded = " ".join(text.split())

    for words in (found.headline, found.standfirst, *found.subheadings):
        assert words is None or words in folded
    assert found.dateline is None or found.dateline.place in text
    for caption in found.captions:
        assert caption.text is None or caption.text in folded
        assert caption.credit is None or caption.credit in folded
