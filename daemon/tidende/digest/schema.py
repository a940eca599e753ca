"""The JSON Schema of an edition's JSON, made from the model: `python -m tidende.digest.schema`.

It is shipped beside this module and versioned with the form.
"""

from pathlib import Path

import orjson

from tidende.digest.document import SCHEMA, SCHEMA_VERSION, EditionDocument

FILE = Path(__file__).with_name("schemas") / f"edition-{SCHEMA_VERSION}.json"


def generate() -> bytes:
    """Return the schema's file."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # 200 ms that no digest needs

    body = TypeAdapter(EditionDocument).json_schema(mode="serialization")
    # Every field is always there, those with a default too.
    for definition in (body, *body.get("$defs", {}).values()):
        if "properties" in definition:
            definition["required"] = sorted(definition["properties"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA}
    return orjson.dumps(
        {**head, **body},
        option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
    )


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(generate())
