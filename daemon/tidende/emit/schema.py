"""The JSON Schemas of the events' data, made from the model: `python -m tidende.emit.schema`.

They are shipped beside this module, one file for each `dataschema` urn, and versioned with it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from tidende.emit.identity import SCHEMA_VERSION
from tidende.model.payload import ArticleData, DigestData, QuarantineData, StoryData

FOLDER = Path(__file__).with_name("schemas")
_KINDS: Mapping[str, type] = {
    "article": ArticleData,
    "quarantine": QuarantineData,
    "story": StoryData,
    "digest": DigestData,
}


def schema_urn(kind: str) -> str:
    """Return the `dataschema` of a kind of event."""
    return f"urn:tidende:schema:{kind}:{SCHEMA_VERSION}"


def generate() -> dict[str, bytes]:
    """Return the schemas' files by name."""
    return {
        f"{kind}-{SCHEMA_VERSION}.json": orjson.dumps(
            _schema(kind, model),
            option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
        )
        for kind, model in _KINDS.items()
    }


def _schema(kind: str, model: type) -> dict[str, Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415  # 200 ms that the daemon needn't spend

    body = TypeAdapter(model).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_urn(kind),
        **body,
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in generate().items():
        (FOLDER / name).write_bytes(content)
