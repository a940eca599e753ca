"""XML: NITF, NewsML-G2 and feeds, read without entities, network or DTD."""

import pytest

from documents import (
    AUTHOR,
    FIRST,
    HEADLINE,
    SECOND,
    article,
    articles,
    atom,
    body,
    news_item,
    newsml,
    nitf,
    read,
    refusal,
    rss,
)
from tidende.model.article import Article, Caption
from tidende.model.seed import Rejected


def test_nitf_gives_agency_and_picture() -> None:
    found = article(nitf(), "a.xml").extraction

    assert (found.byline, found.agencies) == (AUTHOR, ("NTB",))
    assert found.captions == (Caption(text="Her kommer den første broen.", credit="Mona Li / NTB"),)


def test_a_newsml_message_may_hold_many_items() -> None:
    content = newsml(news_item(), news_item("Broen er stengt", "canceled"))

    found = articles(content, "a.xml")

    assert [each.extraction.headline for each in found] == [HEADLINE, "Broen er stengt"]
    assert [each.status for each in found] == ["usable", "canceled"]


def test_newsml_may_carry_nitf() -> None:
    inner = nitf().decode().partition('dtd">')[2]
    item = news_item()
    start, end = item.index("<html"), item.index("</html>") + len("</html>")
    content = newsml(item[:start] + inner + item[end:])

    assert body(article(content, "a.xml")) == [FIRST, SECOND]


def test_an_item_without_text_is_refused_alone() -> None:
    picture = "<newsItem><contentSet><remoteContent href='a.jpg'/></contentSet></newsItem>"

    found = read(newsml(picture, news_item()), "a.xml")

    assert isinstance(found[0], Rejected)
    assert found[0].reason == "no-article"
    assert isinstance(found[1], Article)


def test_an_embargo_is_taken_over() -> None:
    item = news_item().replace(
        "<pubStatus", "<embargoed>2021-03-13T06:00:00+01:00</embargoed><pubStatus"
    )

    assert article(newsml(item), "a.xml").embargoed_until == "2021-03-13T06:00:00+01:00"


def test_a_feeds_summary_is_the_standfirst_where_there_is_more() -> None:
    assert article(rss(), "a.rss").extraction.standfirst == "Det kommer nye broer."


def test_a_feeds_description_is_the_text_where_there_is_nothing_else() -> None:
    item = f"<item><title>A</title><description>{SECOND}</description></item>"
    content = f"<rss><channel>{item}</channel></rss>"

    assert body(article(content.encode(), "a.xml")) == [SECOND]


def test_rss_1_and_named_entities_are_read() -> None:
    content = (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><item><title>Br&oslash;d & vin</title>'
        f"<description>{SECOND}</description></item></rdf:RDF>"
    )

    assert article(content.encode(), "a.rdf").extraction.headline == "Brød & vin"


def test_entities_of_a_dtd_that_is_not_loaded_are_read() -> None:
    content = nitf().decode().replace("ø", "&oslash;")

    assert body(article(content.encode(), "a.xml")) == [FIRST, SECOND]


def test_the_update_of_an_entry_is_not_its_publication() -> None:
    published = article(atom(), "a.atom").extraction.published

    assert published is not None
    assert published.value.startswith("2021-03-12")


def test_latin_1_is_read_as_declared() -> None:
    content = nitf().decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")

    assert body(article(content, "a.xml")) == [FIRST, SECOND]


_EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f'<?xml version="1.0"?><!DOCTYPE x [{_LAUGHS}]><rss>&l9;</rss>', "entities"),
        (
            f"{_EXTERNAL}<rss><channel><item><description>&f;</description></item></channel></rss>",
            "entities",
        ),
        ('<?xml version="1.0"?><nitf><body><p>Midt i', "broken-xml"),
        ("<?xml version='1.0'?><inventory><part/></inventory>", "no-article"),
        ("<?xml version='1.0'?>" + "<!DOCTYPE " * 100_000, "broken-xml"),
    ],
)
def test_what_is_hostile_or_broken_is_refused(content: str, reason: str) -> None:
    assert refusal(content.encode(), "a.xml").reason == reason


def test_a_deep_tree_ends_within_bounds() -> None:
    found = read(b"<?xml version='1.0'?><rss>" + b"<item>" * 200_000, "a.xml")

    assert isinstance(found[0], Rejected)
