"""Judging any texts: typesetting never matters, the order of arrival only for the kind."""

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tellings import telling, telling_of, texts
from tidende.dedup.telling import tell
from tidende.dedup.verdict import judge

_NAMES = sorted(texts())
_LONG = [name for name in _NAMES if len(texts()[name].split()) > 60]

_SETTINGS: dict[str, Callable[[str], str]] = {
    "dashes": lambda text: text.replace("–", "-").replace("—", "-"),
    "guillemets": lambda text: re.sub(r'"([^"\n]+)"', r"«\1»", text),
    "windows newlines": lambda text: text.replace("\n", "\r\n"),
    "spaced blank lines": lambda text: text.replace("\n\n", "\n \n"),
    "no-break spaces": lambda text: text.replace(" kroner", "\u00a0kroner"),
    "crawl header": lambda text: f" date 2017-05 {text}",
    "trailing space": lambda text: text.replace("\n", "  \n"),
    "soft hyphens": lambda text: text.replace("politi", "poli\u00adti"),
}


@given(st.sampled_from(_LONG), st.lists(st.sampled_from(sorted(_SETTINGS)), unique=True))
@settings(max_examples=60, deadline=None)
def test_what_typesetting_changes_never_makes_another_article(name: str, ways: list[str]) -> None:
    """However a copy is set, it is a duplicate."""
    text = texts()[name]
    for way in ways:
        text = _SETTINGS[way](text)
    assert judge(telling_of(text), telling(name)).kind == "duplicate"


@given(st.sampled_from(_NAMES), st.sampled_from(_NAMES))
@settings(max_examples=150, deadline=None)
def test_unrelated_is_the_same_both_ways(one: str, other: str) -> None:
    """And the similarity is the same."""
    there, back = (judge(telling(a), telling(b)) for a, b in ((one, other), (other, one)))
    assert (there.kind == "unrelated") == (back.kind == "unrelated")
    assert there.similarity == back.similarity


@given(st.sampled_from(_NAMES), st.sampled_from(_NAMES), st.data())
@settings(max_examples=100, deadline=None)
def test_parts_of_articles_are_judged_the_same_both_ways(
    one: str, other: str, data: st.DataObject
) -> None:
    """Whatever was cut, moved or put together."""
    paragraphs = [*texts()[one].split("\n\n"), *texts()[other].split("\n\n")]
    parts = st.lists(st.sampled_from(paragraphs), min_size=2, max_size=8)
    there, back = (telling_of("\n\n".join(data.draw(parts))) for _ in range(2))
    kinds = {judge(there, back).kind == "unrelated", judge(back, there).kind == "unrelated"}
    assert len(kinds) == 1


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_two_texts_can_be_judged(one: str, other: str) -> None:
    """Nothing that a file may hold breaks the comparison."""
    new, known = tell(one, {}), tell(other, {})
    judgement = judge(new, known)
    assert 0 <= judgement.similarity <= 1
    assert judge(new, new).similarity in {0.0, 1.0}
