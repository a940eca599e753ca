"""HTML: the article of a page, and none of what stands around it."""

import pytest

from documents import FIRST, HEADLINE, SECOND, article, body, marked_page, page, refusal
from tidende.model.article import Caption


def test_a_page_gives_its_article_and_nothing_around_it() -> None:
    found = article(marked_page(), "a.html")

    assert body(found) == [FIRST, SECOND]
    for leaked in ("informasjonskapsler", "Mest lest", "redaktør", "Ny vei", "Del på"):
        assert leaked not in found.text


def test_a_figure_gives_caption_and_credit() -> None:
    found = article(marked_page(), "a.html")

    assert found.extraction.captions == (
        Caption(text="Her kommer den første broen.", credit="Mona Li / NTB"),
    )


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(
            f'<div class="meta"></div><div id="story"><h1>{HEADLINE}</h1>'
            f'<div class="entry-content"><p>{FIRST}</p><p>{SECOND}</p></div></div>',
            id="old system with divisions",
        ),
        pytest.param(f"<h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p>", id="bare paragraphs"),
        pytest.param(
            f"<h1>{HEADLINE}</h1><div>{FIRST}<br><br>{SECOND}</div>", id="breaks for paragraphs"
        ),
        pytest.param(
            f"<table><tr><td><a href='/'>Hjem</a><br><a href='/s'>Sport</a></td><td>"
            f"<h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>",
            id="a table for layout",
        ),
    ],
)
def test_pages_of_any_age_give_the_same_body(inside: str) -> None:
    found = article(page(inside), "a.html")

    assert found.extraction.headline == HEADLINE
    assert body(found) == [FIRST, SECOND]


def test_the_site_name_is_no_part_of_the_headline() -> None:
    content = page(f"<article><p>{FIRST}</p><p>{SECOND}</p></article>")

    assert article(content, "a.html").extraction.headline == HEADLINE


def test_a_standfirst_is_told_by_its_class() -> None:
    lead = "Sju år etter det første vedtaket skal byggingen i gang."
    inside = f'<article><h1>{HEADLINE}</h1><p class="ingress">{lead}</p><p>{FIRST}</p></article>'

    assert article(page(inside), "a.html").extraction.standfirst == lead


@pytest.mark.parametrize("name", ["manchet", "underrubrik", "article__vorspann"])
def test_a_class_may_name_the_standfirst_in_any_language(name: str) -> None:
    lead = "Tre broer skal stå ferdig over elva før neste sommer, lover kommunen."
    inside = f'<article><h1>{HEADLINE}</h1><p class="{name}">{lead}</p><p>{FIRST}</p></article>'

    assert article(page(inside), "a.html").extraction.standfirst == lead


def test_a_date_is_never_guessed() -> None:
    """A page that names no date of publication has none, whatever year its footer shows."""
    content = page(f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p></article><p>© 2019</p>")

    assert article(content, "a.html").extraction.published is None


def test_when_a_page_was_changed_is_not_when_it_was_published() -> None:
    inside = (
        f"<article><h1>{HEADLINE}</h1>"
        '<time class="updated" datetime="2021-05-01T10:00+02:00">i dag</time>'
        f'<time datetime="2021-03-12">12. mars</time><p>{FIRST}</p></article>'
    )
    published = article(page(inside), "a.html").extraction.published

    assert published is not None
    assert published.value == "2021-03-12"


def test_a_page_of_links_is_no_article() -> None:
    links = "".join(f'<li><a href="/{n}">En sak om noe annet</a></li>' for n in range(30))

    assert refusal(page(f"<ul>{links}</ul>"), "a.html").reason == "no-article"


def test_the_declared_encoding_is_believed() -> None:
    content = page(f"<article><h1>{HEADLINE}</h1><p>Пётр приехал в город {SECOND}</p></article>")
    text = content.decode().replace("utf-8", "koi8-r").replace("ø", "o").replace("Å", "A")
    found = article(text.replace("å", "a").encode("koi8-r", "ignore"), "a.html")

    assert "Пётр приехал" in found.text
    assert (found.encoding, found.evidence) == ("koi8-r", "declared")


def test_a_linked_line_is_a_notice_and_no_body() -> None:
    inside = (
        f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p>"
        f'<p><a href="/3">Slik ble broen tegnet</a></p><p>{SECOND}</p></article>'
    )

    assert body(article(page(inside), "a.html")) == [FIRST, SECOND]


def test_the_papers_name_in_a_heading_is_no_headline() -> None:
    inside = (
        '<div class="top"><h1><a href="/">Elvebladet</a></h1></div>'
        f"<div><h2>{HEADLINE}</h2><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    found = article(page(inside, f'<meta property="og:title" content="{HEADLINE}">'), "a.html")

    assert (found.extraction.headline, found.extraction.subheadings) == (HEADLINE, ())
    assert body(found) == [FIRST, SECOND]
