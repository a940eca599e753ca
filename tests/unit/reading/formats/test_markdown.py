"""Markdown: front matter says what is known, marks become roles, words stay."""

import pytest

from documents import FIRST, HEADLINE, SECOND, article, body, markdown, refusal
from tidende.model.article import Caption


def test_marks_are_taken_off_and_words_stay() -> None:
    assert body(article(markdown(), "a.md")) == [FIRST, SECOND]


def test_toml_front_matter_is_read() -> None:
    fields = f'title = "{HEADLINE}"\ndate = 2021-03-12\nauthors = ["Per Østby", "Siri Lien"]'
    content = f"+++\n{fields}\n+++\n\n{FIRST}\n"
    found = article(content.encode(), "a.txt").extraction

    assert (found.headline, found.byline) == (HEADLINE, "Per Østby, Siri Lien")
    assert found.published is not None
    assert found.published.value == "2021-03-12"


@pytest.mark.parametrize(
    "stated",
    ["author: Per Østby", "author: 'Per Østby'", "authors: [Per Østby]", "authors:\n  - Per Østby",
     "authors:\n- name: Per Østby", "author: Per Østby  # fast ansatt"],
)  # fmt: skip
def test_yaml_says_one_thing_in_many_ways(stated: str) -> None:
    content = f"---\ntitle: Broer\n{stated}\n---\n{FIRST}\n"

    assert article(content.encode(), "a.md").extraction.byline == "Per Østby"


def test_front_matter_s_fields_have_any_name_that_they_have_in_json() -> None:
    """Upper and lower case, and marks between words, make no difference."""
    content = f"---\nHeading: {HEADLINE}\npublished-at: 2021-03-12\n---\n{FIRST}\n"
    found = article(content.encode(), "a.txt").extraction

    assert found.headline == HEADLINE
    assert found.published is not None
    assert found.published.value == "2021-03-12"


def test_yaml_tags_and_anchors_are_words() -> None:
    content = f"---\ntitle: !!python/object/apply:os.system [ls]\ndate: &a x\n---\n{FIRST}\n"

    assert article(content.encode(), "a.md").extraction.published is None


def test_headings_are_headline_and_subheadings() -> None:
    content = f"# {HEADLINE}\n\n{FIRST}\n\nVil ha ferge\n---\n\n{SECOND}\n"
    found = article(content.encode(), "a.md").extraction

    assert (found.headline, found.subheadings) == (HEADLINE, ("Vil ha ferge",))


def test_a_picture_alone_is_a_caption() -> None:
    content = f"# {HEADLINE}\n\n![Broen. Foto: Mona Li](bro.jpg)\n\n{FIRST}\n"

    assert article(content.encode(), "a.md").extraction.captions == (
        Caption(text="Broen.", credit="Mona Li"),
    )


def test_a_speech_dash_is_kept() -> None:
    content = f"# {HEADLINE}\n\n- Vi vil ha ferge, sier naboen til avisen.\n"

    assert body(article(content.encode(), "a.md")) == ["- Vi vil ha ferge, sier naboen til avisen."]


def test_a_rule_above_a_text_is_no_front_matter() -> None:
    content = f"---\n{FIRST}\n---\n{SECOND}\n"

    assert article(content.encode(), "a.txt").format == "text"


def test_front_matter_alone_is_no_article() -> None:
    assert refusal(b"---\ntitle: Broer\n---\n", "a.md").reason == "no-text"
