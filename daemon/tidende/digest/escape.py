"""Article text on its way into a page: made printable, and inert in Markdown.

HTML and Atom have Jinja's own escaping; Markdown has none, so it lies here. Escaping is by need,
not of all punctuation, because a Markdown edition is also read as it is, in a terminal.
"""

import re
from textwrap import TextWrapper
from typing import Any

from markupsafe import Markup

COLUMNS = 72
"""The width of plain text."""

# Neither XML 1.0 nor HTML can hold these: C0 and C1 controls, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
# Embeddings, overrides and isolates: left open, they turn around the text that follows.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Markup wherever it stands: code, emphasis, links, HTML, tables, strikethrough, attributes,
# mathematics, superscript, citations, a heading's closing marks; and what dialects make links or
# emoji of by themselves; the last label of a host's name has two letters at least ("p.m." is none).
_ANYWHERE = re.compile(
    r"""[\\`*_\[\]<>|~{}$^@]
    | &(?=[\w\#])
    | :(?=//|[\w+-]+:)
    | =(?==)
    | (?<=\s)\#(?=\#*\Z)
    | (?<=\bwww)\.
    | (?<=[^\W\d_])\.(?=[^\W\d_]{2})
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Markup at the start of a line only: headings, lists, rules, definitions, ordered lists.
_AT_START = re.compile(r"[#+\-=:.)!%]|\d{1,9}(?=[.)])")


def clean(text: str) -> str:
    """Return `text` on one line, without what no page can hold; idempotent."""
    return " ".join(_BIDI.sub("", _UNPRINTABLE.sub("\ufffd", text)).split())


def escape_markdown(text: str) -> str:
    """Return `text` so that a Markdown reader shows just its words, wherever they are put."""
    line = _disarm(text)
    start = _AT_START.match(line)
    if start is None:
        return line
    at = start.end() if start[0][0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def escape_inline(text: str) -> Markup:
    """Return `text` as inert Markdown for within a line, where nothing begins a list or heading."""
    return Markup(_disarm(text))  # noqa: S704  # Markdown's, not HTML's


def _disarm(text: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", clean(text))


def finalise_html(value: Any) -> Any:
    """Return a template's value ready for Jinja's escaping; markup of ours stays as it is."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def finalise_markdown(value: Any) -> Any:
    """Return a template's value as inert Markdown; markup of ours stays as it is."""
    if isinstance(value, Markup):
        return value
    return escape_markdown(str(value))


def finalise_text(value: Any) -> Any:
    """Return a template's value on one printable line; what is filled already stays as it is."""
    return value if isinstance(value, Markup) else clean(str(value))


def fill(text: Any, first: str = "", rest: str | None = None) -> Markup:
    """Return `text` in lines of at most 72 columns that begin with `first`, then with `rest`.

    A word that is longer, an address say, is left whole.
    """
    wrapper = TextWrapper(
        width=COLUMNS,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Markup(wrapper.fill(clean(str(text))))  # noqa: S704  # plain text: no markup in it
