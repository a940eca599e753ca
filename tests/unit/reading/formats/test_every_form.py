"""The same article in every form says the same."""

import pytest

from documents import AUTHOR, FIRST, HEADLINE, SECOND, SUBHEADING, articles, body, every_form

_FORMS = every_form()
_WITHOUT_BYLINE = ("mail", "json", "jsonl", "cloudevent")
_WITHOUT_SUBHEADING = ("json", "jsonl", "cloudevent")
_WITHOUT_DATE = ("text", "cp1252", "utf-16", "mojibake", "gz", "bz2", "xz", "zst", "zip", "tar")


@pytest.mark.parametrize("form", _FORMS)
def test_each_form_gives_the_same_headline_and_body(form: str) -> None:
    name, content = _FORMS[form]

    for found in articles(content, name):
        assert found.extraction.headline == HEADLINE
        assert body(found)[-2:] == [FIRST, SECOND]


@pytest.mark.parametrize("form", _FORMS)
def test_each_form_says_what_it_has_fields_for(form: str) -> None:
    name, content = _FORMS[form]
    found = articles(content, name)[0].extraction

    assert found.byline == (None if form in _WITHOUT_BYLINE else AUTHOR)
    assert found.subheadings == (() if form in _WITHOUT_SUBHEADING else (SUBHEADING,))
    assert found.language is not None
    assert found.language.tag == "nb"
    if form not in _WITHOUT_DATE:
        assert found.published is not None
        assert found.published.value == "2021-03-12T10:15+01:00"
        assert found.published.origin == "metadata"
    else:
        assert found.published is None


def test_ordinals_count_the_articles_of_a_seed() -> None:
    name, content = _FORMS["tar"]

    assert [found.ordinal for found in articles(content, name)] == [0, 1]


def test_the_content_decides_before_the_name() -> None:
    _, content = _FORMS["ninjs"]

    assert articles(content, "a.txt")[0].format == "ninjs"
