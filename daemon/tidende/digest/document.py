"""An edition as JSON, for programs: all that the other forms show, and more precisely."""

from dataclasses import asdict, dataclass
from typing import Any

import orjson

from tidende.digest.escape import clean
from tidende.model.edition import Edition

SCHEMA_VERSION = 1
SCHEMA = f"urn:tidende:schema:edition:{SCHEMA_VERSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDocument:
    """The JSON form: `schema` names the JSON Schema that it follows, `urn` the edition."""

    schema: str
    urn: str
    edition: Edition


def write_json(edition: Edition) -> str:
    """Return an edition's JSON, indented; times are RFC 3339."""
    document = EditionDocument(schema=SCHEMA, urn=edition.urn, edition=edition)
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(_cleaned(asdict(document)), option=option).decode()


def _cleaned(value: Any) -> Any:
    """Return a value without what no text may hold; orjson refuses lone surrogates."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case _:
            return value
