"""Every kind of event is what it claims: a CloudEvent, with a ninjs item, of our own schema."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import orjson
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT7

from desk import BINARY, BRIDGE, FERRY, Desk, Event
from tidende.emit.queue_directory import ready_files
from tidende.emit.schema import FOLDER, generate, schema_urn
from tidende.service.corrections import Corrections

Validate: TypeAlias = Callable[[Any], None]

TEXTS = {
    "plain": FERRY,
    "signed": BRIDGE,
    "captions": """ date 2026-10 Åpnet ny svømmehall i Granvik

Barna i Granvik fikk endelig svømmehallen sin lørdag, etter ni års venting.

Ordfører Marit Solbakken klippet snoren. Foto: Jonas Lie Berntsen / NTB
Av Kari Nordmann og Ola Foss

– Nå skal alle barn her lære å svømme, sier Solbakken (Sp).

Full hall

Hallen var full fra første time, og rundt 300 badegjester kom innom.
""",
    "with_zone": """Publisert 2026-11-20 10:15 +01:00

Tog står etter ras ved Kvamsdalen

Et ras sperrer banen mellom Kvamsdalen og Lund, opplyser Bane Nor fredag.

Ingen er skadet, men strekningen blir stengt i minst to døgn.
""",
    "without_zone": """Publisert 20. november 2026 kl. 10.15

Tog står etter ras ved Kvamsdalen

Et ras sperrer banen mellom Kvamsdalen og Lund, ifølge togselskapet.
""",
    "impossible_zone": """Publisert 2026-11-20 10:15 +99:99

Bussene går som de skal i Lund, ifølge ruteplanen for uken som kommer.
""",
    "embargo": """SPERRET til 1. desember 2026 kl. 06.00

Havneprisen til fisker på Nesøya

Fiskeren Tore Vik får Havneprisen for sitt arbeid med å rydde plast fra fjæra.
""",
    "killed": """KILL: Havneprisen til fisker på Nesøya

Saken trekkes tilbake. Prisen er ikke delt ut ennå, beklager redaksjonen.
""",
    "dateline": """LONDON (Reuters) - The harbour ferry will run again from Monday, its owner said.

"We are happy to be back," said captain Mary Hollis.
""",
    "short": "Ja.",
    "odd": "\u2028\u200bEt \U0001f6a2 med \x1b[1mtegn\x1b[0m og \ufffd.\r\n\tNy linje\x0c.",
}


def _is_told(event: Event) -> bool:
    return str(event["type"]).startswith("tidende.article.new.")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    """Return the bytes of events of every kind that the daemon makes."""
    with Desk(tmp_path_factory.mktemp("desk")) as desk:
        for name, text in TEXTS.items():
            desk.drop(f"post/{name}.txt", text)
        desk.drop("b/copy.txt", FERRY)
        desk.drop("b/reset.txt", FERRY.replace("– Vi", "- Vi"))
        desk.drop("b/binary.bin", BINARY)
        desk.drop("b/large.txt", "x" * (desk.limit + 1))
        desk.drop("b/empty.txt", " \n")
        desk.drop("b/caf\udce9 \\ æ.txt", BRIDGE)
        desk.drop("b/revised.txt", FERRY.replace("Rundt 40 biler", "Rundt 60 biler"))
        desk.take_all()
        stories = [event["data"]["story"]["id"] for event in desk.events() if _is_told(event)]
        corrections = Corrections(ledger=desk.ledger, committer=desk.committer, now=desk.clock.now)
        corrections.merge(stories[:2])
        desk.digests.make_due()
        yield [file.read_bytes() for file in ready_files(desk.data.queue)]


@pytest.fixture(scope="module")
def events(told: list[bytes]) -> list[Event]:
    """Return the events, decoded."""
    return [orjson.loads(body) for body in told]


@pytest.fixture(scope="module")
def articles(events: list[Event]) -> dict[str, Event]:
    """Return the articles' events by the seed's name."""
    return {
        event["data"]["provenance"]["name"]: event
        for event in events
        if event["type"].startswith("tidende.article.")
    }


@pytest.fixture(scope="module")
def ninjs(shared: Path) -> Validate:
    """Return a validator of IPTC ninjs 3.1, which looks nothing up on the network."""
    schemas = shared / "schemas"
    geojson = orjson.loads((schemas / "geojson.schema.json").read_bytes())
    registry: Registry[Any] = Registry().with_resource(
        "https://geojson.org/schema/GeoJSON.json", DRAFT7.create_resource(geojson)
    )
    schema = orjson.loads((schemas / "ninjs-schema_3.1.json").read_bytes())
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(schema, registry=registry, format_checker=checker)
    validate: Validate = validator.validate
    return validate


@pytest.fixture(scope="module")
def cloudevent(shared: Path) -> Validate:
    """Return a validator of CloudEvents' official JSON Schema."""
    file = shared / "schemas" / "cloudevents-1.0-json-format.schema.json"
    schema = orjson.loads(file.read_bytes())
    validator = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    validate: Validate = validator.validate
    return validate


def test_every_kind_of_event_is_here(events: list[Event]) -> None:
    """What isn't made isn't tested: a new kind of event belongs here too."""
    assert {event["type"] for event in events} == {
        "tidende.article.new.v1",
        "tidende.article.revised.v1",
        "tidende.article.duplicate.v1",
        "tidende.seed.quarantined.v1",
        "tidende.story.updated.v1",
        "tidende.digest.published.v1",
    }
    assert {event["dataschema"] for event in events} == {
        schema_urn(kind) for kind in ("article", "quarantine", "story", "digest")
    }


def test_formats_are_really_checked() -> None:
    """Without the libraries behind them, format checks pass everything."""
    assert {"date-time", "uri", "uri-reference"} <= set(FormatChecker.checkers)


def test_the_cloudevents_sdk_takes_every_event(told: list[bytes]) -> None:
    """It checks names and types as it reads."""
    for body in told:
        event = JSONFormat().read(CloudEvent, body)
        assert event.get_specversion() == "1.0"
        assert event.get_time() is not None
        assert isinstance(event.get_data(), dict)


def test_every_event_is_valid_by_the_official_schema(
    events: list[Event], cloudevent: Validate
) -> None:
    """As the working group publishes it."""
    for event in events:
        cloudevent(event)


def test_attribute_names_are_small_letters_and_digits(events: list[Event]) -> None:
    """At most twenty, as the specification recommends."""
    for event in events:
        for name in event:
            assert re.fullmatch(r"[a-z0-9]{1,20}", name)


def test_attributes_are_strings_without_control_characters(events: list[Event]) -> None:
    """Extensions too are scalars; only the data has a structure."""
    for event in events:
        for name, value in event.items():
            if name != "data":
                assert isinstance(value, str)
                assert value
                assert not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", value)


def test_the_version_is_exactly_that_of_the_specification(events: list[Event]) -> None:
    """The official schema would take any."""
    assert {event["specversion"] for event in events} == {"1.0"}


def test_data_is_given_in_one_way(events: list[Event]) -> None:
    """As JSON, and never as base64 beside it."""
    for event in events:
        assert "data_base64" not in event
        assert event["datacontenttype"] == "application/json"
        assert isinstance(event["data"], dict)


def test_sequences_have_twenty_digits_and_grow(events: list[Event]) -> None:
    """They sort as strings."""
    sequences = [event["sequence"] for event in events]
    assert all(re.fullmatch(r"\d{20}", sequence) for sequence in sequences)
    assert sequences == sorted(set(sequences))


def test_the_data_schema_is_an_absolute_address(events: list[Event]) -> None:
    """One that names the version."""
    for event in events:
        assert urlsplit(event["dataschema"]).scheme == "urn"
        assert re.fullmatch(r"urn:tidende:schema:[a-z]+:\d+", event["dataschema"])


def test_times_are_rfc_3339_in_utc(events: list[Event]) -> None:
    """With milliseconds."""
    for event in events:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["time"])
        assert datetime.fromisoformat(event["time"]).utcoffset() is not None


def test_source_and_id_name_one_event(events: list[Event]) -> None:
    """Together they are unique."""
    assert len({(event["source"], event["id"]) for event in events}) == len(events)


def test_every_article_has_a_subject_of_its_own(events: list[Event]) -> None:
    """Copies too; a refused seed has none, an edition has its own. A story comes again."""
    once = [event for event in events if event["type"] != "tidende.story.updated.v1"]
    subjects = [event.get("subject") for event in once]
    named = [subject for subject in subjects if subject]
    assert len(set(named)) == len(named)
    for event in events:
        quarantined = event["type"] == "tidende.seed.quarantined.v1"
        assert quarantined != ("subject" in event)
        assert quarantined or event["subject"].startswith("urn:tidende:")


def test_every_item_is_valid_ninjs(articles: dict[str, Event], ninjs: Validate) -> None:
    """Strictly: nothing that ninjs doesn't know, and dates that are full times."""
    for event in articles.values():
        ninjs(event["data"]["item"])
        assert event["data"]["item"]["uri"] == event["subject"]


def test_data_is_valid_by_our_own_schema(events: list[Event]) -> None:
    """The one that `dataschema` names, as it is shipped."""
    schemas = {schema["$id"]: schema for schema in map(orjson.loads, _shipped().values())}
    for event in events:
        Draft202012Validator(schemas[event["dataschema"]]).validate(event["data"])


def test_our_schemas_know_every_member(events: list[Event]) -> None:
    """Nothing is in the data that the schema doesn't describe."""
    schemas = {schema["$id"]: schema for schema in map(orjson.loads, _shipped().values())}
    for event in events:
        schema = schemas[event["dataschema"]]
        assert set(event["data"]) == set(schema["properties"])
        if "extraction" in event["data"]:
            described = schema["$defs"]["Extraction"]["properties"]
            assert set(event["data"]["extraction"]) == set(described)


def test_the_shipped_schemas_are_sound_and_up_to_date() -> None:
    """They are schemas, and those that the model gives."""
    assert _shipped() == generate()
    for content in _shipped().values():
        Draft202012Validator.check_schema(orjson.loads(content))


def _shipped() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in FOLDER.glob("*.json")}


def test_places_point_into_the_text(articles: dict[str, Event]) -> None:
    """Blocks stand in order, and between them is only white space."""
    for event in articles.values():
        text, end = event["data"]["text"], 0
        for block in event["data"]["extraction"]["blocks"]:
            assert end <= block["start"] < block["end"] <= len(text)
            assert not text[end : block["start"]].strip()
            end = block["end"]
        assert not text[end:].strip()


def test_the_text_is_the_seed_s(articles: dict[str, Event]) -> None:
    """Character for character, newlines as they came."""
    for name, text in TEXTS.items():
        assert articles[f"{name}.txt"]["data"]["text"] == text


def test_provenance_names_what_no_utf_8_can(articles: dict[str, Event]) -> None:
    """An undecodable file name is escaped, and can be undone."""
    said = articles["caf\\xe9 \\\\ æ.txt"]["data"]["provenance"]
    assert said["path"] == "b/caf\\xe9 \\\\ æ.txt"


def test_captions_become_pictures(articles: dict[str, Event]) -> None:
    """With the photographer's credit, and the article's agencies without it."""
    (picture,) = articles["captions.txt"]["data"]["item"]["associations"]
    assert picture["descriptions"][0]["value"].startswith("Ordfører Marit Solbakken")
    assert "Jonas Lie Berntsen" in picture["by"]


def test_bylines_hold_names(articles: dict[str, Event]) -> None:
    """Without "Av"."""
    assert articles["captions.txt"]["data"]["item"]["by"].startswith("Kari Nordmann")


@pytest.mark.parametrize(
    ("name", "created"),
    [
        ("with_zone.txt", "2026-11-20T10:15:00+01:00"),
        ("without_zone.txt", None),
        ("impossible_zone.txt", None),
        ("captions.txt", None),
    ],
)
def test_only_a_time_with_its_zone_dates_a_version(
    articles: dict[str, Event], name: str, created: str | None
) -> None:
    """A partial date lives in the extraction."""
    data = articles[name]["data"]
    assert data["item"].get("versionCreated") == created
    assert data["extraction"]["published"]


@pytest.mark.parametrize(
    ("name", "status", "until"),
    [
        ("plain.txt", "usable", None),
        ("embargo.txt", "withheld", "2026-12-01T06:00:00+01:00"),
        ("killed.txt", "canceled", None),
    ],
)
def test_what_must_not_be_published_says_so(
    articles: dict[str, Event], name: str, status: str, until: str | None
) -> None:
    """In ninjs terms, so that any news system obeys."""
    item = articles[name]["data"]["item"]
    assert (item["pubStatus"], item.get("embargoedUntil")) == (status, until)
