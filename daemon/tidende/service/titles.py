"""What an article is called where a person reads a list: its headline, or how it begins."""

from collections.abc import Mapping
from typing import Any

OPENING = 70  # characters


def title(data: Mapping[str, Any]) -> str:
    """Return a title for the article of an event's `data`; empty where it has no prose at all."""
    said, text = data["extraction"], data["text"]
    if said["headline"]:
        return str(said["headline"])
    prose = (each for each in said["blocks"] if each["role"] in {"standfirst", "paragraph"})
    for block in prose:
        opening = " ".join(text[block["start"] : block["end"]].split())
        return opening if len(opening) <= OPENING else f"{opening[:OPENING].rstrip()}..."
    return ""
