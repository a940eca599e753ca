"""What the finders of figures and dates share: lowering a text, and patterns of many words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

PROSE = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})
"""The roles of blocks that are running text."""

_Tree: TypeAlias = dict[str, "_Tree"]
_GAP = r"\s{1,2}"
_DOTTED_I = "\u0130"  # the one code point whose lower case is longer
_SEPARATOR = r"[\s(\[«»\"“”„'‘’–—−$€£¥+<>*=~-]"


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


@dataclass(frozen=True, slots=True)
class Heads:
    """Finds where a number or one of some words begins, in one fast pass over the text.

    `inner` wants a separator before it: looking for those first costs half of what a word
    boundary costs. `opening` is for the start of a block, where nothing need stand before.
    """

    opening: re.Pattern[str]
    inner: re.Pattern[str]

    def find(self, low: str, position: int, end: int, *, start: int) -> re.Match[str] | None:
        """Return the next head from `position` on, as group 1; `start` is the block's."""
        if position == start and (first := self.opening.match(low, start, end)):
            return first
        return self.inner.search(low, position, end)


def heads(words: Iterable[str]) -> Heads:
    """Return what finds digits and any of `words`."""
    head = rf"(\d|(?:{any_of(words)})(?!\w))"
    return Heads(re.compile(head), re.compile(_SEPARATOR + head))


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
