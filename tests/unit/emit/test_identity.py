"""Names: the same for the same thing in every run, different for different things."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.emit.identity import (
    ArticleKey,
    article_event_id,
    article_subject,
    event_id,
    quarantine_event_id,
    quarantine_key,
    story_id,
    thread_id,
)

KEY = ArticleKey(inbox="wire", path="a/b.txt", sha256="00ff", occurrence=0, ordinal=0)

keys = st.builds(
    ArticleKey,
    inbox=st.none() | st.sampled_from(["a", "b"]),
    path=st.text(alphabet="ab/,", max_size=4),
    sha256=st.text(alphabet="ab,", max_size=4),
    occurrence=st.integers(0, 12),
    ordinal=st.none() | st.integers(0, 12),
)


def test_names_are_the_same_in_every_version() -> None:
    """Names are kept by consumers: a change here would make every known article a new one."""
    assert article_subject(KEY) == "urn:tidende:article:4366fbbbab81f763ef0ca06d408b8bc3"
    assert article_event_id("tidende.article.new.v1", KEY) == "56c9a7795bea16a7c64a9e1eff2cc1f7"
    assert story_id("urn:tidende:article:1") == "urn:tidende:story:b9e2cfed0c4bde930ff375d9e03b29eb"
    assert (
        story_id("urn:tidende:article:1", 2) == "urn:tidende:story:57437cef001789048adcf2afa4e5f5ea"
    )
    assert thread_id("urn:tidende:story:1") == "urn:tidende:thread:d933c206969134c797a50a9a14455d26"
    assert quarantine_key(KEY) == "80505e1bc743a606"


@pytest.mark.parametrize("part", [field.name for field in fields(ArticleKey)])
def test_each_part_of_a_key_matters(part: str) -> None:
    """Another inbox, path, content, occurrence or place in the seed is another article."""
    other: dict[str, Any] = {part: 7 if part in {"occurrence", "ordinal"} else "other"}
    changed = replace(KEY, **other)
    assert article_subject(changed) != article_subject(KEY)
    assert quarantine_key(changed) != quarantine_key(KEY)


@given(keys, keys)
def test_two_keys_have_one_name_only_if_they_are_equal(one: ArticleKey, other: ArticleKey) -> None:
    """No two articles share a name, however their paths are made."""
    assert (article_subject(one) == article_subject(other)) == (one == other)


def test_the_events_of_one_article_differ_by_type() -> None:
    """An id belongs to one event of one type."""
    kinds = ["tidende.article.new.v1", "tidende.article.duplicate.v1"]
    assert len({article_event_id(kind, KEY) for kind in kinds}) == 2


def test_each_attempt_at_a_seed_has_an_event_of_its_own() -> None:
    """A seed that is refused again says so again."""
    kind = "tidende.seed.quarantined.v1"
    assert len({quarantine_event_id(kind, KEY, attempt) for attempt in range(5)}) == 5


def test_an_id_does_not_confuse_where_one_part_ends() -> None:
    """Parts are kept apart: a, bc is not ab, c."""
    assert event_id("t", "a", "bc") != event_id("t", "ab", "c")
