"""JSON: articles in ninjs, schema.org, CloudEvents and plain fields, alone and many."""

import json
from typing import Any

import pytest

from documents import (
    AUTHOR,
    FIRST,
    HEADLINE,
    SECOND,
    TIME,
    article,
    articles,
    body,
    ninjs,
    read,
    refusal,
)
from tidende.emit.ninjs import item
from tidende.model.article import Article, Caption
from tidende.model.seed import Rejected


def _dumps(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def test_ninjs_1_gives_byline_agency_and_caption() -> None:
    found = article(ninjs(), "a.json").extraction

    assert (found.byline, found.agencies) == (AUTHOR, ("NTB",))
    assert found.captions == (Caption(text="Her kommer den første broen.", credit="Mona Li / NTB"),)


def test_our_own_ninjs_3_is_read_back() -> None:
    first = article(ninjs(), "a.json")
    again = article(_dumps({"uri": "urn:x:1", **item(first, sha256="0" * 64)}), "a.json")

    assert again.format == "ninjs"
    assert body(again) == body(first)
    assert again.extraction.headline == first.extraction.headline
    assert again.extraction.byline == first.extraction.byline
    assert again.extraction.captions == first.extraction.captions
    assert again.extraction.agencies == first.extraction.agencies


def test_schema_org_is_read_from_a_graph() -> None:
    graph = [
        {"@type": "WebSite", "name": "Elvebladet"},
        {
            "@type": "NewsArticle",
            "headline": HEADLINE,
            "author": {"@type": "Person", "name": AUTHOR},
            "datePublished": "2021-03-12",
            "articleBody": f"{FIRST}\n{SECOND}",
        },
    ]
    found = article(_dumps({"@context": "https://schema.org", "@graph": graph}), "a.json")

    assert (found.format, found.extraction.byline, body(found)) == (
        "schema.org",
        AUTHOR,
        [FIRST, SECOND],
    )


@pytest.mark.parametrize("name", ["text", "body", "content", "articleBody", "body_text", "tekst"])
def test_plain_fields_go_by_many_names(name: str) -> None:
    assert body(article(_dumps({"title": HEADLINE, name: FIRST}), "a.json")) == [FIRST]


@pytest.mark.parametrize(
    ("stated", "value", "precision"),
    [
        (TIME, "2021-03-12T10:15+01:00", "minute"),
        ("2021-03-12T09:15:00.000Z", "2021-03-12T09:15+00:00", "minute"),
        ("20210312T101500+0100", "2021-03-12T10:15+01:00", "minute"),
        ("2021-03-12 10:15", "2021-03-12T10:15", "minute"),
        ("Fri, 12 Mar 2021 10:15:00 +0100", "2021-03-12T10:15+01:00", "minute"),
        (1615540500, "2021-03-12T09:15+00:00", "minute"),
        (1615540500000, "2021-03-12T09:15+00:00", "minute"),
        ("2021-03-12", "2021-03-12", "day"),
        ("2021-03", "2021-03", "month"),
        ("2021", "2021", "year"),
        ("12. mars 2021", "2021-03-12", "day"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(stated: object, value: str, precision: str) -> None:
    found = article(_dumps({"title": HEADLINE, "text": FIRST, "date": stated}), "a.json")

    assert found.extraction.published is not None
    assert (found.extraction.published.value, found.extraction.published.precision) == (
        value,
        precision,
    )


@pytest.mark.parametrize(
    "stated", ["i går", "2021-13-45", 7, -1, 1e300, True, [], {}, "0000-00-00"]
)
def test_what_is_no_date_stays_unknown(stated: object) -> None:
    found = article(_dumps({"title": HEADLINE, "text": FIRST, "date": stated}), "a.json")

    assert found.extraction.published is None


@pytest.mark.parametrize("key", ["items", "articles", "data", "results"])
def test_containers_are_opened(key: str) -> None:
    content = _dumps({"status": "ok", key: [{"title": "A", "text": FIRST}, {"text": SECOND}]})

    assert [body(found) for found in articles(content, "a.json")] == [[FIRST], [SECOND]]


def test_a_bad_entry_is_refused_alone_with_its_ordinal() -> None:
    content = _dumps([{"text": FIRST}, {"id": 4}, {"text": SECOND}])

    first, bad, last = read(content, "a.json")

    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Rejected)
    assert (bad.ordinal, bad.reason, last.ordinal) == (1, "no-article", 2)


def test_a_broken_line_is_refused_alone() -> None:
    lines = b"\n".join([_dumps({"text": FIRST}), b'{"text": "Av', _dumps({"text": SECOND})])

    reasons = [
        found.reason if isinstance(found, Rejected) else None for found in read(lines, "a.jsonl")
    ]

    assert reasons == [None, "broken-json", None]


def test_an_event_of_our_own_comes_back_with_its_blocks() -> None:
    first = article(ninjs(), "a.json")
    blocks = [
        {"role": block.role, "start": block.start, "end": block.end}
        for block in first.extraction.blocks
    ]
    event = {
        "specversion": "1.0",
        "type": "tidende.article.new.v1",
        "data": {"text": first.text, "extraction": {"headline": HEADLINE, "blocks": blocks}},
    }
    again = article(_dumps(event), "a.json")

    assert again.text == first.text
    assert again.extraction.blocks == first.extraction.blocks


def test_an_event_may_carry_any_other_format() -> None:
    event = {
        "specversion": "1.0",
        "type": "x",
        "datacontenttype": "text/html",
        "data": f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p></article>",
    }

    assert article(_dumps(event), "a.json").format == "html"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"a": 1}', "no-article"),
        (b'{"text": "', "broken-json"),
        (b"[" * 100_000, "broken-json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "broken-json"),
    ],
)
def test_json_without_an_article_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content, "a.json").reason == reason
