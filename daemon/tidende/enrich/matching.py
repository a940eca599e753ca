"""What the finders of figures and dates share: lowering a text, and patterns of many words."""

import re
from collections.abc import Iterable
from typing import TypeAlias

PROSE = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})
"""The roles of blocks that are running text."""

_Tree: TypeAlias = dict[str, "_Tree"]
_GAP = r"\s{1,2}"
_DOTTED_I = "\u0130"  # the one code point whose lower case is longer


def lowered(text: str) -> str:
    """Return the text in lower case, each code point at its old place."""
    return text.replace(_DOTTED_I, "i").lower()


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of `words`, the longest that fits first; none match nothing.

    It branches letter by letter, so that a word that isn't meant fails at its first letters
    however many words there are. A space in a word matches one or two of any white space.
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _pattern(tree) if tree else "(?!)"


def spaced(words: Iterable[str]) -> str:
    """Return a pattern of any of `words` as a whole word, with a full stop where it has one."""
    return rf"(?:{any_of(words)})(?!\w)\.?"


def head(words: Iterable[str]) -> str:
    """Return a pattern of a digit or any of `words`, as its group 1."""
    return rf"(\d|(?:{any_of(words)})(?!\w))"


def _pattern(tree: _Tree) -> str:
    branches = [
        (_GAP if char == " " else re.escape(char)) + _pattern(tree[char])
        for char in sorted(tree)
        if char
    ]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in tree else ''}"
