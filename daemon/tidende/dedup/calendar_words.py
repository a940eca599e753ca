"""The words of a language that state a day, a month or a number within a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tidende import lexicon

_LEAST = 4  # letters of a name that may have an ending: "lördagen", "mandagens"


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Each word with the form in which it counts, and the names that may have an ending."""

    forms: Mapping[str, str]
    stems: tuple[str, ...]

    def form(self, word: str) -> str | None:
        """Return the form in which a word of a date counts, None where it states nothing."""
        form = self.forms.get(word)
        if form is None and word.startswith(self.stems):
            return next(self.forms[stem] for stem in self.stems if word.startswith(stem))
        return form


@cache
def calendar_of(tag: str | None) -> CalendarWords:
    """Return a language's words; without one, those of all."""
    forms: dict[str, str] = {}
    stems: set[str] = set()
    for each in (tag,) if tag else lexicon.tags():
        known = lexicon.of(each)
        numbers = {**known.figures.tens, **known.figures.words}
        forms |= {word: f"{value:g}" for word, value in numbers.items()}
        for names in (*known.calendar.months, *known.calendar.weekdays):
            forms |= dict.fromkeys(names, names[0])
            stems |= {names[0]} if len(names[0]) >= _LEAST else set()
    return CalendarWords(forms=forms, stems=tuple(sorted(stems)))
