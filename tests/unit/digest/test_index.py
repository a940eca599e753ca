"""The page that lists a digest's editions."""

import re
from datetime import UTC, datetime

import html5lib
import pytest

from tidende.digest.index import Listed, render_index
from tidende.digest.languages import known_languages


def _listed(day: int, version: int = 1, stories: int = 3, **files: str) -> Listed:
    end = datetime(2026, 11, day, 5, tzinfo=UTC)
    return Listed(end=end, version=version, stories=stories, articles=1500, files=files)


EDITIONS = [
    _listed(22, version=2, html="22.v2.html", md="22.v2.md"),
    _listed(22, html="22.html", md="22.md"),
    _listed(21, stories=0, md="21.md"),
    _listed(20),
]


def _page(language: str = "nb", title: str = "Morgen") -> str:
    return render_index(EDITIONS, title=title, language=language, timezone="Europe/Oslo")


@pytest.mark.parametrize("language", known_languages())
def test_it_is_a_valid_page_in_each_language(language: str) -> None:
    tree = html5lib.HTMLParser(strict=True).parse(_page(language))
    assert tree.find("{*}body") is not None
    assert f'<html lang="{language}">' in _page(language)


def test_a_title_leads_to_the_page_or_the_best_there_is() -> None:
    page = _page()
    assert '<a href="22.v2.html"><time datetime="2026-11-22T05:00:00+00:00">22. november' in page
    assert "kl. 06:00 (v2)</time></a>" in page
    assert '<a href="21.md"><time' in page
    assert '<div class="title"><time datetime="2026-11-20' in page


def test_it_says_what_each_edition_holds_and_which_is_corrected() -> None:
    page = _page()
    assert len(re.findall(r"3 saker · 1\s500 artikler", page)) == 3
    assert page.count("Ingen nye saker") == 1
    assert page.count("Rettet utgave, versjon 2") == 1


def test_a_link_is_told_apart_by_its_name() -> None:
    """A reader who hears only links hears which edition each belongs to."""
    assert 'aria-label="md, 21. november 2026 kl. 06:00"' in _page()


def test_a_feed_reader_finds_the_feed() -> None:
    page = render_index(EDITIONS, title="Morgen", language="nb", timezone="UTC", feed="latest.atom")
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<link rel="alternate" type="application/atom+xml" title="Morgen" href="latest.' in page
    assert "<link" not in _page()


def test_nothing_in_a_title_is_markup() -> None:
    assert "<b>" not in _page(title="<b>Morgen</b>")
    assert "<h1>Nyhetsoversikt</h1>" in _page(title=" ")


def test_it_needs_nothing_from_elsewhere() -> None:
    page = _page()
    assert "default-src 'none'" in page
    for sign in ("http:", "https:", "<script", "@import", "url("):
        assert sign not in page
