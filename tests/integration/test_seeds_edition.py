"""The real seeds as an edition: what a reader meets, from files to pages."""

from pathlib import Path
from typing import Any

import html5lib
import orjson
import pytest

from desk import Desk
from tidende.settings import DigestSettings

FIRST, SECOND = {"000", "002"}, {"001", "003", "004"}
SPEAKERS = ({"Jens Stoltenberg"}, {"Jens Stoltenberg", "Trine Bramsen", "Frank Bakke-Jensen"})


@pytest.mark.parametrize("language", ["nb", "da"])
def test_the_seeds_are_two_stories_of_one_thread(
    shared: Path, tmp_path: Path, language: str
) -> None:
    """Each article is under the right one, quotations have their speakers, the pages are valid."""
    names: dict[str, str] = {}
    with Desk(tmp_path) as desk:
        for seed in sorted((shared / "seeds").glob("*.txt")):
            desk.drop(seed.name, seed.read_bytes())
        desk.take_all()
        for event in desk.events():
            if "provenance" not in event["data"]:
                continue
            names[event["subject"]] = event["data"]["provenance"]["name"][:3]
        digests = desk.digests_of(daily=DigestSettings(schedule="0 6 * * *", language=language))
        (row,) = digests.make("daily")
        pages = {path.suffix: path.read_text(encoding="utf-8") for path in digests.files(row)}
    edition = orjson.loads(pages[".json"])["edition"]
    told: list[dict[str, Any]] = sorted(edition["stories"], key=lambda one: len(one["articles"]))
    members = [{names[article["subject"]] for article in one["articles"]} for one in told]
    assert members == [FIRST, SECOND]
    [thread] = edition["threads"]
    assert [one["story"] for one in thread["stories"]] == [one["id"] for one in told]
    for story, expected in zip(told, SPEAKERS, strict=True):
        assert expected <= {quote["speaker"] for quote in story["quotes"]}
    assert "Tidligere:" in pages[".md"]
    assert "Senere:" in pages[".md"]
    html5lib.HTMLParser(strict=True).parse(pages[".html"])
