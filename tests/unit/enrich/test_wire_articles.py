"""Figures and dates of short wire articles in six languages, against answers written by hand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tidende.enrich.dates import dates
from tidende.enrich.figures import figures
from tidende.model.article import Block, Published

_TEXTS = Path(__file__).parent / "texts"
_PRECISION = {4: "year", 7: "month", 10: "day"}


def _articles() -> list[Any]:
    return [
        pytest.param(file.stem, article, id=f"{file.stem}: {article['name']}")
        for file in sorted(_TEXTS.glob("*.toml"))
        for article in tomllib.loads(file.read_text(encoding="utf-8"))["article"]
    ]


def _blocks(text: str) -> tuple[Block, ...]:
    place, found = 0, []
    for line in text.split("\n"):
        if line:
            found.append(Block(role="paragraph", start=place, end=place + len(line)))
        place += len(line) + 1
    return tuple(found)


def _published(article: dict[str, Any]) -> Published | None:
    value = article.get("published")
    if value is None:
        return None
    return Published(value=value, precision=_PRECISION[len(value)], origin="header")  # type: ignore[arg-type]


@pytest.mark.parametrize(("tag", "article"), _articles())
def test_the_dates_of_an_article(tag: str, article: dict[str, Any]) -> None:
    text = article["text"]
    found = dates(text, _blocks(text), tag, _published(article))

    said = [[it.surface, it.value or ""] for it in found]
    expected = article["dates"]
    assert [value for _, value in said] == [value for _, value in expected]
    for (surface, _), (wanted, _) in zip(said, expected, strict=True):
        assert wanted in surface


@pytest.mark.parametrize(("tag", "article"), _articles())
def test_the_figures_of_an_article(tag: str, article: dict[str, Any]) -> None:
    text, blocks = article["text"], _blocks(article["text"])
    found = figures(text, blocks, tag, dates(text, blocks, tag, _published(article)))

    said = {(it.surface, it.value, it.unit or "") for it in found}
    missed = [entry for entry in article["figures"] if not _is_in(entry, said)]
    assert missed == []
    assert len(said) <= len(article["figures"]) + article.get("wrong", 0)


def _is_in(entry: list[Any], said: set[tuple[str, float, str]]) -> bool:
    surface, value, unit = entry
    return any(surface in it[0] and value == it[1] and unit in it[2] for it in said)
