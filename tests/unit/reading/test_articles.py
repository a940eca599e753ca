"""Whole articles in six languages, in the forms that wires and scrapers deliver."""

import re
import tomllib
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tidende.reading.structure import Structured, structure

_TEXTS = Path(__file__).parent / "texts"


def _articles() -> list[Any]:
    return [
        pytest.param(article, id=f"{file.stem}: {article['name']}")
        for file in sorted(_TEXTS.glob("*.toml"))
        for article in tomllib.loads(file.read_text(encoding="utf-8"))["article"]
    ]


def _roles(structured: Structured) -> str:
    runs = [
        (role, len(list(run)))
        for role, run in groupby(block.role for block in structured.extraction.blocks)
    ]
    return " ".join(
        role + "+" * (count > 1) if role == "paragraph" else " ".join([role] * count)
        for role, count in runs
    )


def _said(structured: Structured) -> dict[str, Any]:
    found = structured.extraction
    return {
        "published": found.published
        and [found.published.value, found.published.precision, found.published.origin],
        "headline": found.headline,
        "byline": found.byline,
        "agencies": list(found.agencies),
        "dateline": found.dateline and found.dateline.place,
        "captions": [[caption.text or "", caption.credit or ""] for caption in found.captions],
        "subheadings": list(found.subheadings),
        "roles": _roles(structured),
        "status": structured.status,
        "embargoed_until": structured.embargoed_until,
    }


_ABSENT: dict[str, Any] = {
    "published": None,
    "headline": None,
    "byline": None,
    "agencies": [],
    "dateline": None,
    "captions": [],
    "subheadings": [],
    "status": "usable",
    "embargoed_until": None,
}


@pytest.mark.parametrize("article", _articles())
def test_an_article_is_read_as_a_person_reads_it(article: dict[str, Any]) -> None:
    expected = {**_ABSENT, **article}
    for gone in ("name", "text", "language", "standfirst"):
        expected.pop(gone, None)
    if "embargoed_until" not in article and expected["status"] == "withheld":
        expected.pop("embargoed_until")

    said = _said(structure(article["text"]))

    assert {key: said[key] for key in expected} == expected


@pytest.mark.parametrize("article", _articles())
def test_the_body_survives_windows_newlines(article: dict[str, Any]) -> None:
    """A carriage return changes where blocks stand, and nothing that is said of them."""
    unix = structure(article["text"])
    windows = structure(article["text"].replace("\n", "\r\n"))

    assert _said(windows) == _said(unix)


@pytest.mark.parametrize("article", _articles())
def test_blocks_hold_every_character_but_white_space(article: dict[str, Any]) -> None:
    text = article["text"]
    blocks = structure(text).extraction.blocks

    held = "".join(text[block.start : block.end] for block in blocks)

    assert re.sub(r"\s", "", held) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("article", [case for case in _articles() if "language" in case.values[0]])
def test_the_language_is_identified(article: dict[str, Any]) -> None:
    found = structure(article["text"]).extraction.language

    assert found is not None
    assert found.tag == article["language"]
