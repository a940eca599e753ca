"""The ninjs item: what is known of an article, and nothing that isn't."""

from dataclasses import replace
from typing import Any

import pytest

from desk import FERRY, understood
from tidende.emit.ninjs import body, item
from tidende.model.article import Article, Block, Caption, Extraction, Published


def _article(text: str = "", **said: Any) -> Article:
    return replace(understood("x"), text=text, extraction=Extraction(**said))


def test_what_is_not_known_is_left_out() -> None:
    """An empty member would claim that there is nothing."""
    assert item(_article(), sha256="ff") == {
        "type": "text",
        "representationType": "full",
        "pubStatus": "usable",
        "altIds": [{"role": "sha256", "value": "ff"}],
    }


def test_an_article_is_told_in_ninjs_terms() -> None:
    """Headline, body and agency stand where a news system looks for them."""
    told = item(understood(FERRY), sha256="ff")
    assert [text["value"] for text in told["headlines"]] == [FERRY.splitlines()[0]]
    assert "skipper Ragna Holmvik" in told["bodies"][0]["value"]
    assert told["infoSources"] == [{"name": "NTB", "role": "agency"}]
    assert told["language"] == "nb"


def test_the_body_is_the_running_text() -> None:
    """Standfirst and paragraphs, an empty line between; captions and the like have their places."""
    text = "Ingress\nBildetekst\nAvsnitt\nAvsnitt to"
    places = {"standfirst": (0, 7), "caption": (8, 18), "paragraph": (19, 26)}
    blocks = [
        Block(role=role, start=start, end=end)  # type: ignore[arg-type]
        for role, (start, end) in places.items()
    ]
    blocks.append(Block(role="paragraph", start=27, end=37))
    assert body(_article(text, blocks=tuple(blocks))) == "Ingress\n\nAvsnitt\n\nAvsnitt to"


@pytest.mark.parametrize(
    ("value", "created"),
    [
        ("2018-02-14T10:30+01:00", "2018-02-14T10:30:00+01:00"),
        ("2018-02-14T10:30Z", "2018-02-14T10:30:00Z"),
        ("2018-02-14T10:30:15+01:00", "2018-02-14T10:30:15+01:00"),
        ("2018-02-14T10:30", None),
        ("2018-02-14", None),
        ("2018-02", None),
        ("2018", None),
        ("2018-02-14T10:30+99:00", None),
        ("2018-02-30T10:30+01:00", None),
    ],
)
def test_a_version_is_dated_only_by_a_full_time(value: str, created: str | None) -> None:
    """A date without its time or zone stays out: it isn't guessed."""
    published = Published(value=value, precision="minute", origin="text")
    told = item(_article(published=published), sha256="ff")
    assert told.get("versionCreated") == created


def test_each_caption_is_a_picture_with_a_name_of_its_own() -> None:
    """A caption's text and credit are told, each only where there is one."""
    captions = (Caption(text="Kaia", credit="Ola Foss"), Caption(text=None, credit="NTB"))
    first, second = item(_article(captions=captions), sha256="ff")["associations"]
    assert first["descriptions"] == [{"role": "caption", "value": "Kaia"}]
    assert (first["by"], second["by"]) == ("Ola Foss", "NTB")
    assert "descriptions" not in second
    assert first["uri"] != second["uri"]
    assert first["name"] != second["name"]
