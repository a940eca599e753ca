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

from tidende.digest.languages import known_languages
from tidende.digest.render import FORMS, render
from tidende.errors import ConfigError
from tidende.model.edition import Edition, ThreadStory

MakeEvent = Callable[..., dict[str, Any]]
MakeEdition = Callable[..., Edition]

HOSTILE = (
    "<script>alert(1)</script> </style></title> ]]> &amp; [x](javascript:alert(1)) "
    '" onload="x\' `x` | # * \x00\x0b\ud800\ufffe\u202e'
)
RECEIVED = datetime(2020, 1, 1, tzinfo=UTC)
_NESTED = ("heading", "paragraph", "bullet_list", "list_item", "blockquote")
_INLINE = {"text", "softbreak", "strong_open", "strong_close"}
_BLOCKS = {
    *(f"{name}_{end}" for name in _NESTED for end in ("open", "close")),
    *("inline", "hr"),
}
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def hostile(event: MakeEvent, edition: MakeEdition) -> Edition:
    quotes = [{"text": f"q {HOSTILE}", "speaker": HOSTILE, "verb": None, "start": 0, "end": 0}]
    people = [{"name": HOSTILE, "roles": [HOSTILE], "mentions": [], "references": []}]
    places = [{"name": HOSTILE, "country": None, "mentions": [[0, 1]], "references": []}]
    kinds = ("figure", "headline", "person", "quote", "paragraph", HOSTILE)
    changes = [{"kind": kind, "before": HOSTILE, "after": f"x {HOSTILE}"} for kind in kinds]
    earlier = ThreadStory(
        story=HOSTILE, headline=HOSTILE, language=HOSTILE, published=None, received=RECEIVED
    )
    told = event(
        1,
        f"Ingress {HOSTILE} og 7 *biler* <b> til. Ut {HOSTILE}",
        kind="revised",
        people=people,
        changes=changes,
        thread="t",
        told=1,
        figures=("7 *biler*",),
        headline=HOSTILE,
        agencies=(HOSTILE,),
        language='nb" onclick="x',
        quotes=quotes,
        places=places,
        story="s",
    )
    also = event(2, "Annet.", headline=f"2 {HOSTILE}", story="s")
    copy = event(3, "Annet.", headline=f"3 {HOSTILE}", kind="duplicate", story="other")
    return edition(told, also, copy, title=HOSTILE, threads={"t": [earlier]})


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


def test_hostile_text_is_inert_in_plain_text(hostile: Edition) -> None:
    page = render(hostile)["txt"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]", page)


def test_plain_text_has_seventy_two_columns(event: MakeEvent, edition: MakeEdition) -> None:
    """A word that is longer stands on a line of its own."""
    long = "x" * 90
    body = f"Kommunen stenger broen over den lange elva i dag. {'Det tar tid. ' * 20} {long} slutt."
    page = render(edition(event(1, body, headline="En overskrift " * 12)))["txt"]
    assert [line.strip() for line in page.splitlines() if len(line) > 72] in ([], [long])


def test_what_changed_is_told_in_the_digests_words(event: MakeEvent, edition: MakeEdition) -> None:
    body = "Brannen tok 5 liv, opplyser politiet.\n5 omkomne er funnet."
    changes = [
        {"kind": "figure", "before": "3 omkomne", "after": "5 omkomne"},
        {"kind": "person", "before": None, "after": "Ola By"},
    ]
    told = event(
        2, body, headline="Brann", kind="revised", changes=changes, figures=("5 omkomne",), told=1
    )
    expected = {
        "nb": ("Oppdatert", "omkomne: 3 → 5", "nevner nå Ola By"),
        "da": ("Opdateret", "omkomne: 3 → 5", "nævner nu Ola By"),
        "en": ("Updated", "omkomne: 3 → 5", "now mentions Ola By"),
    }
    for language, words in expected.items():
        pages = render(edition(told, language=language))
        for form in ("md", "txt", "html"):
            assert all(each in pages[form] for each in words)
        assert "omkomne: 3 → 5" in pages["atom"]


def test_stories_of_a_thread_refer_to_each_other(event: MakeEvent, edition: MakeEdition) -> None:
    then = {"value": "2018-02", "precision": "month", "origin": "header"}
    events = [
        event(1, "Nato planlegger et oppdrag.", thread="t", published=then),
        event(2, "Nato trapper opp oppdraget.", thread="t"),
    ]
    pages = render(edition(*events))
    assert "Tidligere:\n\n- februar 2018: Nato planlegger et oppdrag (2)\n" in pages["md"]
    assert "Senere:\n\n- 21\\. november 2026: Nato trapper opp oppdraget (1)\n" in pages["md"]
    assert '<a href="#story-2">Nato planlegger et oppdrag</a>' in pages["html"]
    timeline = next(each for each in _parse(pages["html"]).iter() if str(each.tag).endswith("svg"))
    assert timeline.attrib["aria-label"] == (
        "februar 2018: Nato planlegger et oppdrag; 21. november 2026: Nato trapper opp oppdraget"
    )


def test_stories_of_which_only_copies_came_take_one_line(
    event: MakeEvent, edition: MakeEdition
) -> None:
    copies = [event(n, f"Sak nummer {n}.", kind="duplicate", told=1) for n in range(1, 8)]
    pages = render(edition(*copies), ["md", "txt", "html"])
    for page in pages.values():
        assert "Ingen nye saker siden forrige utgave." in page
        assert "Uendret, bare kopier kom:" in page
        assert "og 2 saker til" in page


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_gives_valid_pages(event: MakeEvent, edition: MakeEdition, text: str) -> None:
    pages = render(edition(event(1, text.replace("\n", " "), headline=text.replace("\n", " "))))
    _parse(pages["html"])
    assert not feedparser.parse(pages["atom"]).bozo


MARKUP = st.text(
    alphabet="<>&[]()*_`#-+=|~!\\:/.\"'{}$^@% \t\u2028ab19wx",
    min_size=1,
    max_size=60,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(headline=MARKUP, body=MARKUP, other=MARKUP)
def test_no_text_becomes_markup(
    event: MakeEvent, edition: MakeEdition, headline: str, body: str, other: str
) -> None:
    """Whatever it is made of, the pages hold no element, link or attribute of an article's."""
    quotes = [{"text": other, "speaker": headline, "verb": None, "start": 0, "end": 0}]
    changes = [{"kind": "paragraph", "before": None, "after": other}]
    told = event(
        1,
        body,
        headline=headline,
        quotes=quotes,
        changes=changes,
        kind="revised",
        agencies=(other,),
        figures=(body,),
    )
    pages = render(edition(told, event(2, f"{other}. Og mer.")), ["md", "html", "atom"])
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(pages["md"])
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= _INLINE
    assert {token.type for token in tokens} <= _BLOCKS
    attributes = {str(name) for each in _parse(pages["html"]).iter() for name in each.attrib}
    assert not [name for name in attributes if name.startswith("on") or name == "src"]
    feed = feedparser.parse(pages["atom"], sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    contents = [html5lib.parseFragment(entry.content[0].value) for entry in feed.entries]
    names = {str(each.tag).removeprefix(XHTML) for content in contents for each in content.iter()}
    assert names.isdisjoint({"script", "a", "img", "style", "iframe"})


@pytest.mark.parametrize("language", known_languages())
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
