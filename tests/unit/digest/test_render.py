"""The pages: inert, valid, and in the digest's own language."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tidende.digest.render import FORMS, render
from tidende.errors import ConfigError
from tidende.model.edition import Edition

MakeEvent = Callable[..., dict[str, Any]]
MakeEdition = Callable[..., Edition]

HOSTILE = (
    "<script>alert(1)</script> </style></title> ]]> &amp; [x](javascript:alert(1)) "
    '" onload="x\' `x` | # * \x00\x0b\ud800\ufffe\u202e'
)
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def hostile(event: MakeEvent, edition: MakeEdition) -> Edition:
    quotes = [{"text": f"q {HOSTILE}", "speaker": HOSTILE, "verb": None, "start": 0, "end": 0}]
    places = [{"name": HOSTILE, "country": None, "mentions": [[0, 1]], "references": []}]
    told = event(
        1,
        f"Ingress {HOSTILE}",
        headline=HOSTILE,
        agencies=(HOSTILE,),
        language='nb" onclick="x',
        quotes=quotes,
        places=places,
        story="s",
    )
    also = event(2, "Annet.", headline=f"2 {HOSTILE}", story="s")
    return edition(told, also, title=HOSTILE)


def _parse(page: str) -> Any:
    return html5lib.HTMLParser(strict=True).parse(page)


def _elements(page: str) -> set[str]:
    return {str(element.tag).removeprefix(XHTML) for element in _parse(page).iter()}


def test_hostile_text_is_inert_in_html(hostile: Edition) -> None:
    page = render(hostile)["html"]
    assert "script" not in _elements(page)
    names = {name for element in _parse(page).iter() for name in element.attrib}
    assert not [name for name in names if str(name).startswith("on")]


def test_hostile_text_is_inert_in_atom(hostile: Edition) -> None:
    feed = feedparser.parse(render(hostile)["atom"], sanitize_html=False)
    assert not feed.bozo
    content = feed.entries[0].content[0].value
    assert "<script" not in content
    assert "&lt;script&gt;" in content
    fragment = html5lib.HTMLParser(strict=True).parseFragment(content)
    assert not [element for element in fragment.iter() if "onload" in element.attrib]


def test_hostile_text_is_inert_in_markdown(hostile: Edition) -> None:
    page = MarkdownIt("commonmark").enable("table").render(render(hostile)["md"])
    elements = set(re.findall(r"<(\w+)", page))
    assert elements <= {"h1", "h2", "p", "ul", "li", "blockquote", "strong", "hr"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_gives_valid_pages(event: MakeEvent, edition: MakeEdition, text: str) -> None:
    pages = render(edition(event(1, text.replace("\n", " "), headline=text.replace("\n", " "))))
    _parse(pages["html"])
    assert not feedparser.parse(pages["atom"]).bozo


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en", "de"])
@pytest.mark.parametrize("stories", [0, 1, 3])
def test_each_language_gives_valid_pages(
    event: MakeEvent, edition: MakeEdition, language: str, stories: int
) -> None:
    events = [event(n, f"Sak nummer {n}.") for n in range(1, stories + 1)]
    since = datetime(2026, 11, 21, 5, tzinfo=UTC)
    pages = render(edition(*events, language=language, since=since, version=2, title=""))
    root = _parse(pages["html"])
    assert root.attrib["lang"] == language
    feed = feedparser.parse(pages["atom"])
    assert not feed.bozo
    assert len(feed.entries) == stories


def test_headings_and_dates_are_in_the_digests_language_whatever_the_articles(
    event: MakeEvent, edition: MakeEdition
) -> None:
    published = {"value": "2018-02", "precision": "month", "origin": "header"}
    events = [
        event(1, "Broen er stengt.", headline="Stengt", published=published, story="s"),
        event(2, "Ingen kommer over.", headline="Ingen over", story="s"),
    ]
    pages = render(edition(*events, language="de"))
    for form in ("md", "html"):
        assert "Sonntag, 22. November 2026" in pages[form]
        assert "Februar 2018" in pages[form]
        assert "Bis 22. November 2026 um 06:00 Uhr." in pages[form]
    assert "Hinter der Meldung" in pages["html"]
    assert '<h2 id="headline-1" lang="nb">' in pages["html"]


@pytest.mark.parametrize(
    ("precision", "value", "shown"),
    [
        ("year", "2018", "2018"),
        ("month", "2018-02", "februar 2018"),
        ("day", "2018-02-14", "14. februar 2018"),
        ("minute", "2018-02-14T10:30+00:00", "14. februar 2018 kl. 11:30"),
        ("minute", "2018-02-14T10:30", "14. februar 2018 kl. 10:30"),
        ("month", "0000-01", "0000-01"),
    ],
)
def test_a_date_is_shown_as_precisely_as_it_is_known(
    event: MakeEvent, edition: MakeEdition, precision: str, value: str, shown: str
) -> None:
    published = {"value": value, "precision": precision, "origin": "header"}
    page = render(edition(event(1, "Stengt.", published=published)), ["md"])["md"]
    assert f"- wire, {shown}\n" in page


def test_a_quiet_edition_says_so(edition: MakeEdition) -> None:
    for page in render(edition(), ["md", "html"]).values():
        assert "Ingen nye saker siden forrige utgave." in page


def test_an_edition_says_what_it_leaves_out_and_that_it_is_corrected(
    event: MakeEvent, edition: MakeEdition
) -> None:
    made = edition(*(event(n, f"Sak {n}.") for n in range(1, 4)), size=2, version=3)
    for page in render(made, ["md", "html"]).values():
        assert "1 sak til fikk ikke plass." in page
        assert "Rettet utgave, versjon 3" in page


def test_rendering_again_changes_nothing(event: MakeEvent, edition: MakeEdition) -> None:
    made = edition(event(1, "Broen er stengt."), event(2, "Ferja går."))
    assert render(made) == render(made)


def test_feed_and_entry_ids_outlive_the_edition(event: MakeEvent, edition: MakeEdition) -> None:
    first = feedparser.parse(render(edition(event(1, "Stengt.", story="a1")))["atom"])
    later = feedparser.parse(render(edition(event(2, "Åpnet.", story="a1"), version=2))["atom"])
    assert first.feed.id == later.feed.id == "urn:tidende:digest:daily"
    assert first.entries[0].id == later.entries[0].id == "urn:tidende:story:a1"
    assert first.feed.updated == "2026-11-22T05:00:00+00:00"
    assert first.entries[0].updated == "2026-11-21T10:01:00+00:00"
    assert first.feed.author == "Tidende"


def test_the_page_needs_nothing_from_elsewhere(event: MakeEvent, edition: MakeEdition) -> None:
    page = render(edition(event(1, "Broen er stengt.")))["html"]
    assert not re.search(r"src=|href=|url\(|@import", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_a_users_template_goes_before_ours_and_is_escaped_too(
    event: MakeEvent, edition: MakeEdition, tmp_path: Path
) -> None:
    template = tmp_path / "edition.md.j2"
    template.write_text("MINE {{ edition.stories[0].headline.text }}", encoding="utf-8")
    pages = render(edition(event(1, "*Stengt* nå.")), templates=tmp_path)
    assert pages["md"] == r"MINE \*Stengt\* nå"
    assert pages["html"].startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("source", ["{% if %}", "{{ edition.nothing }}"])
def test_a_broken_template_is_a_configuration_error_that_names_it(
    edition: MakeEdition, tmp_path: Path, source: str
) -> None:
    (tmp_path / "edition.md.j2").write_text(source, encoding="utf-8")
    with pytest.raises(ConfigError, match="a digest template can't be used"):
        render(edition(), ["md"], tmp_path)


def test_an_unknown_form_is_a_configuration_error(edition: MakeEdition) -> None:
    with pytest.raises(ConfigError, match="'pdf'; known: md, txt, html, json, atom"):
        render(edition(), ["pdf"])


def test_every_form_is_rendered_by_default(edition: MakeEdition) -> None:
    assert set(render(edition())) == set(FORMS)
