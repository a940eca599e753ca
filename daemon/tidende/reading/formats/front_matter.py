"""Front matter: the block of fields above a Markdown text, in TOML (`+++`) or YAML (`---`).

Of YAML only what front matter uses is read (scalars, lists, folded text); no tags, no anchors, so
nothing in it can be made to run or to grow.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LONGEST = 1 << 16
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,60}?)\s*:(?:[ \t]+(?P<value>.*))?$")
_ITEM = re.compile(r"\s*-(?:\s+(?P<value>.*))?$")
_COMMENT = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields, keys in lower case, and where the text behind them begins."""

    fields: Mapping[str, Any]
    end: int


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter with which `text` begins, or None where there is none."""
    fence = text[:3]
    if fence not in _FENCES or text[3:4] not in ("\n", "\r", " "):
        return None
    lines = text[:_LONGEST].splitlines(keepends=True)
    if lines[0].strip() != fence:
        return None
    close = next(
        (at for at, line in enumerate(lines[1:], 1) if line.rstrip() in _FENCES[fence]), None
    )
    if close is None:
        return None
    fields = (_toml if fence == "+++" else _yaml)([line.rstrip("\r\n") for line in lines[1:close]])
    if not fields:
        return None
    return FrontMatter(fields=fields, end=sum(map(len, lines[: close + 1])))


def _toml(lines: Sequence[str]) -> dict[str, Any]:
    try:
        found = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {key.lower(): value for key, value in found.items()}


def _yaml(lines: Sequence[str]) -> dict[str, Any]:
    """Read the top level: `key: value`, a list below or in brackets, text below `|` or `>`."""
    fields: dict[str, Any] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        hit = _KEY.match(line)
        if not hit:
            continue
        below = at
        while at < len(lines) and not _KEY.match(lines[at]):
            at += 1
        fields[hit["key"].lower()] = _value((hit["value"] or "").strip(), lines[below:at])
    return fields


def _value(value: str, below: Sequence[str]) -> Any:
    inner = [line.strip() for line in below if line.strip() and not line.lstrip().startswith("#")]
    if value[:1] in ("|", ">"):
        return ("\n" if value[0] == "|" else " ").join(inner)
    if not value:
        items = [hit["value"] or "" for line in inner if (hit := _ITEM.match(line))]
        return [_scalar(_named(item)) for item in items]
    if value[0] == "[" and value.endswith("]"):
        return [_scalar(item) for item in value[1:-1].split(",") if item.strip()]
    # A plain scalar may go on, indented, on the next lines.
    return _scalar(" ".join((value, *inner)))


def _named(item: str) -> str:
    """Read "- name: Kari Nordmann", an author who is an object."""
    return item.partition(":")[2] if item.startswith(("name:", "navn:")) else item


def _scalar(value: str) -> str:
    value = value.strip()
    if value[:1] in "\"'" and len(value) > 1 and (close := value.find(value[0], 1)) > 0:
        quote = value[0]
        whole = value[1:-1] if value.endswith(quote) else value[1:close]
        return whole.replace(quote * 2, quote) if quote == "'" else _unescaped(whole)
    return _COMMENT.sub("", value)


def _unescaped(value: str) -> str:
    return value.replace(r"\"", '"').replace(r"\n", "\n").replace("\\\\", "\\")
