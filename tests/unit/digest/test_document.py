"""The JSON form, and the schema that is shipped for it."""

from collections.abc import Callable
from typing import Any

import jsonschema
import orjson
import pytest

from tidende.digest.document import SCHEMA
from tidende.digest.render import render
from tidende.digest.schema import FILE, generate
from tidende.model.edition import Edition

MakeEvent = Callable[..., dict[str, Any]]
MakeEdition = Callable[..., Edition]


def test_the_shipped_schema_is_the_models() -> None:
    """Made anew with `python -m tidende.digest.schema`; a change of form is a new version."""
    assert FILE.read_bytes() == generate()


@pytest.mark.parametrize("stories", [0, 2])
def test_the_json_form_follows_its_schema(
    event: MakeEvent, edition: MakeEdition, stories: int
) -> None:
    published = {"value": "2018-02", "precision": "month", "origin": "header"}
    events = [
        event(n, f"Sak {n}. Med to setninger.", thread="t", published=published)
        for n in range(1, stories + 1)
    ]
    document = orjson.loads(render(edition(*events), ["json"])["json"])
    validator = jsonschema.Draft202012Validator(
        orjson.loads(FILE.read_bytes()), format_checker=jsonschema.FormatChecker()
    )
    validator.validate(document)
    assert document["schema"] == SCHEMA
    assert document["urn"] == "urn:tidende:edition:daily:2026-11-22T050000Z"
    assert len(document["edition"]["stories"]) == stories
    assert document["edition"]["window"]["end"] == "2026-11-22T05:00:00+00:00"


def test_what_json_cannot_hold_is_replaced(event: MakeEvent, edition: MakeEdition) -> None:
    document = render(edition(event(1, "Stengt \ud800 nå.")), ["json"])["json"]
    assert orjson.loads(document)["edition"]["stories"][0]["headline"]["text"] == "Stengt \ufffd nå"
