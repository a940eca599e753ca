"""What the classifier sees around a candidate, beside the form of the name itself (see `forms`).

`features` gives one value for each slot of `CONTEXT`: the words around the candidate, and how the
same name is used elsewhere in the article. With those of `forms` they are all that the weights are
of, so the weights know no name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tidende.enrich.candidates import Candidate
from tidende.enrich.forms import NAME, Features, Form
from tidende.enrich.vocabulary import Vocabulary, ending

CONTEXT = (
    "before",
    "before2",
    "before-form",
    "after",
    "after2",
    "after-form",
    "around",
    "opens",
    "usage",
    "role",
    "genitive",
    "beside",
)
SLOTS = CONTEXT + NAME

_MEMORY = 1 << 13  # words that are remembered: most come again
_LEFT = 40
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_RIGHT = re.compile(r"\s?(\w+(?:-\w+)*|[^\w\s]|$)\s?(\w+|[^\w\s]|$)")
_MOST = 3
_LONGEST_JOINT = 7


def features(
    text: str, found: Sequence[Candidate], forms: Sequence[Form], words: Vocabulary
) -> list[Features]:
    """Return each candidate's values for the slots of `CONTEXT`; `forms` are the candidates'."""
    usage, beside = _usage(forms), _beside(text, found, forms, words)
    seen: list[Features] = []
    for each, form, used, near in zip(found, forms, usage, beside, strict=True):
        before, before2 = _left(text, each.start)
        right = _RIGHT.match(text, each.end)
        after, after2 = right.groups() if right else ("", "")
        lower, close, role = _before(before, words)
        follow, end, small = _after(after)
        values = (
            lower,
            before2 if before2.islower() else _context(before2),
            close,
            follow,
            after2 if after2.islower() else _context(after2),
            end,
            f"{lower} {follow}",
            form.as_opening if each.opens else "",
            used,
            form.as_role if role else form.shape,
            form.as_owner[small],
            near,
        )
        seen.append(values)
    return seen


def _left(text: str, start: int) -> tuple[str, str]:
    """Return the two words or marks before a place in a line, the nearer first; "^" for none.

    No token holds a space, so those of the last two pieces are enough; most are words as they are,
    with a space behind each.
    """
    first = start - _LEFT if start > _LEFT else 0
    if start > 1 and text[start - 1] == " " and (gap := text.rfind(" ", first, start - 1)) > 0:
        before, before2 = text[gap + 1 : start - 1], text[text.rfind(" ", first, gap) + 1 : gap]
        if before.isalnum() and before2.isalnum():
            return before, before2
    line = text.rfind("\n", first, start) + 1 or first
    pieces = text[line:start].rsplit(None, 2)[-2:]
    tokens = ["^", "^", *_TOKEN.findall(" ".join(pieces))]
    return tokens[-1], tokens[-2]


@lru_cache(maxsize=_MEMORY)
def _before(word: str, words: Vocabulary) -> tuple[str, str, bool]:
    """Return the word before a name, its end, and whether it may be a role: "leder", "herr"."""
    context, lower = _context(word), word.lower()
    return context, context[-4:], lower in words.titles or bool(ending(lower, words.roles))


@lru_cache(maxsize=_MEMORY)
def _after(word: str) -> tuple[str, str, bool]:
    """Return the word behind a name, its end, and whether it is in lower case."""
    context = _context(word)
    return context, context[-3:], word[:1].islower()


def _beside(
    text: str, found: Sequence[Candidate], forms: Sequence[Form], words: Vocabulary
) -> list[str]:
    """Say of each candidate what stands beside it in a list: "Oslo, Bergen og Voss"."""
    said = [form.list_kind for form in forms]
    joined = [
        0 < second.start - first.end < _LONGEST_JOINT
        and text[first.end : second.start].strip(" ,/") in words.joints
        for first, second in pairwise(found)
    ]
    return [
        (said[at - 1] if at and joined[at - 1] else "")
        + ("|" + said[at + 1] if at < len(joined) and joined[at] else "")
        for at in range(len(found))
    ]


def _context(word: str) -> str:
    """Return a context word in lower case; of a capital word only that it is one."""
    if not word or word.islower():
        return word
    if word[0].isdigit():
        return "0"
    return word.lower() if not word[0].isalpha() else ("AA" if word.isupper() else "Aa")


def _usage(forms: Sequence[Form]) -> list[str]:
    """Say of each name how the article uses it: how often, and as what part of longer names."""
    times = Counter([form.key for form in forms])
    longer = [form for form in forms if form.several]
    begin, end = {form.first for form in longer}, {form.last for form in longer}
    first_names = {form.first for form in longer if form.has_first_name}
    surnames = {form.last for form in longer if form.has_first_name}
    said: dict[str, str] = {}
    for form in forms:
        if form.full in said:
            continue
        if form.several:
            use = " long alone" if form.last in times else " long "
        elif form.key in surnames:
            use = " surname"
        elif form.full in first_names:
            use = " first name"
        elif form.key in end:
            use = " ends"
        else:
            use = " begins" if form.full in begin else ""
        said[form.full] = f"{min(times[form.key], _MOST)}{use}"
    return [said[form.full] for form in forms]
