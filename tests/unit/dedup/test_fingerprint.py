"""Fingerprints: equal for copies that are only set differently, different for other words."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk import BRIDGE, FERRY, understood
from tidende.dedup.fingerprint import VERSION, fingerprint, fingerprint_of, fold


def _of(text: str) -> bytes:
    return fingerprint(understood(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("to  ord\tog\nett", "to ord og ett"),
        ("\u00a0 rundt \u2009", "rundt"),
        ("1990–1995 — slutt", "1990-1995-slutt"),
        ("– Ja, sier hun", "-Ja, sier hun"),
        ("«nei» og “nei” og „nei”", '"nei"og"nei"og"nei"'),
        ("USA’s og USA´s og USA`s", "USA's og USA's og USA's"),
        ("sam\u00adarbeid\u200b", "samarbeid"),
        ("e\u0301n", "\u00e9n"),
        ("ﬁre", "fire"),
        ("vent…", "vent..."),
    ],
)
def test_what_typesetting_changes_is_folded_away(text: str, folded: str) -> None:
    """White space, dashes, quotation marks, soft hyphens and Unicode forms become one."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nei", "nei"),
        ("for", "fór"),
        ("Ås", "As"),
        ("3 omkom", "4 omkom"),
        ("Ja.", "Ja!"),
        ("1,5", "1.5"),
        ("i dag", "idag"),
    ],
)
def test_what_a_writer_chose_is_not_folded(one: str, other: str) -> None:
    """Letters, their case and accents, figures and other marks tell texts apart."""
    assert fold(one) != fold(other)


@given(st.text())
@example("a \u2033 b\u00b4 \u0384")
@example("\u2057\ufe58\u00a8")
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="ab -–«»\"'’\u00a0\n\u00ad"), st.text(alphabet=" \t\n\u00a0", min_size=1))
def test_any_white_space_between_words_is_the_same(text: str, space: str) -> None:
    """However words are set apart, they are the same words."""
    assert fold(text.replace(" ", space)) == fold(text)


@pytest.mark.parametrize(
    "copy",
    [
        FERRY.replace(" ", "\u00a0"),
        FERRY.replace("\n", "\r\n"),
        FERRY.replace("– Vi", "- Vi"),
        FERRY.replace("– Vi", "—Vi"),
        unicodedata.normalize("NFD", FERRY),
        f" date 2026-11 {FERRY}",
        FERRY.replace(" (NTB)", ""),
        FERRY.replace(" (NTB)", "\n\n(©NTB)"),
    ],
    ids=["spaces", "newlines", "hyphens", "dashes", "nfd", "header", "unsigned", "signed"],
)
def test_a_copy_that_is_set_differently_has_the_same_fingerprint(copy: str) -> None:
    """A copy is known however another newsroom's system set it."""
    assert copy != FERRY
    assert _of(copy) == _of(FERRY)


def test_a_copy_with_other_quotation_marks_has_the_same_fingerprint() -> None:
    """Quotation marks differ from house to house."""
    said = BRIDGE.replace("går det stærkt", '"går" det stærkt')
    assert _of(said) == _of(said.replace('"går"', "»går«")) == _of(said.replace('"går"', "”går”"))


@pytest.mark.parametrize(
    ("before", "after"), [("40", "50"), ("Holmvik", "Holmvig"), ("biler", "busser"), ("ga", "")]
)
def test_a_changed_word_changes_the_fingerprint(before: str, after: str) -> None:
    """Another fact is another text."""
    assert _of(FERRY.replace(before, after)) != _of(FERRY)


def test_a_fingerprint_begins_with_the_version_of_its_recipe() -> None:
    """Fingerprints of two recipes are never equal."""
    assert _of(FERRY)[:1] == VERSION
    assert len(_of(FERRY)) == 17


def test_the_recipe_is_that_of_its_version() -> None:
    """Ledgers hold fingerprints: another recipe takes another version, or no copy is known."""
    text = "Brua er «ny».\n\nDen er lang.\n\n(NTB)"
    blocks = [("paragraph", 0, 13), ("paragraph", 15, 27), ("signoff", 29, 34)]
    assert fingerprint_of(text, blocks).hex() == "01264d799036953986e324741e60843539"
