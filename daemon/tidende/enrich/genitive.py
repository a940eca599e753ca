"""Takes the genitive off a name: "Stoltenbergs" is Stoltenberg, "Mattis" stays.

A mention keeps its -s, the name leaves it. Whether a final -s is one, the article tells: the same
name without it, what lists know, or that a noun always follows.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from tidende.enrich.candidates import Candidate
from tidende.enrich.vocabulary import Vocabulary

_NEXT = re.compile(r" (\w+)")
_MARKED = re.compile(r"(?:['’´:]s|(?<=[sxz])['’])$")
_ENDS = ("s", "'", "’")
_SHORTEST = 2


def base_names(text: str, found: Sequence[Candidate], words: Vocabulary) -> list[tuple[str, ...]]:
    """Return each candidate's words, the last without its genitive."""
    forms = {each.words[-1] for each in found}
    follows = defaultdict[str, list[bool]](list)
    for each in found:
        if each.words[-1].endswith("s"):
            follows[each.words[-1]].append(_owns(text, each.end, words))
    bases = {
        form: _base(form, forms, follows.get(form, ()), words)
        for form in forms
        if form.endswith(_ENDS)  # as few are
    }
    return [
        (*each.words[:-1], bases[each.words[-1]])
        if each.words[-1] in bases and not (each.words[1:] and " ".join(each.words) in words.known)
        else each.words
        for each in found
    ]


def _owns(text: str, end: int, words: Vocabulary) -> bool:
    """Tell whether a noun follows, or at least no word of every text and no punctuation."""
    follow = _NEXT.match(text, end)
    return follow is not None and follow[1].lower() not in words.function


def _base(form: str, forms: set[str], follows: Sequence[bool], words: Vocabulary) -> str:
    if marked := _MARKED.search(form):
        return form[: marked.start()]
    base = form[:-1]
    if words.clitic or not form.endswith("s") or len(base) < _SHORTEST:
        return form
    if form in words.known:
        return form
    if base in forms or base.isupper() or base in words.known:
        return base
    whole, stem = words.gazetteer.flags(form), words.gazetteer.flags(base)
    if bool(whole) != bool(stem):
        return base if stem else form
    keeps = whole or form.endswith(words.names_in_s)
    return base if follows and all(follows) and not keeps else form
