"""What has been read of an article's quotes so far, and the text they are read from."""

from typing import NamedTuple

from tidende.enrich.quotes.page import Page
from tidende.enrich.quotes.speakers import Speakers
from tidende.enrich.quotes.tags import Subject, Tag
from tidende.model.article import Quote

HEADINGS = frozenset({"headline", "subheading"})
STOPS = ".?!…"
_SIGNS_AFTER_STOP = '»”“":'


# Tuples, since an article has many: a frozen dataclass takes several times as long to make.
class Attribution(NamedTuple):
    """Who says words, None where that isn't clear, and the tag that says so, None without one."""

    speaker: str | None
    tag: Tag | None


class Said(NamedTuple):
    """A quote, where the tag is that it comes with, and where the text goes on after both."""

    quote: Quote
    tag: Tag | None
    end: int


class Record:
    """The quotes of one article in the order in which they are read."""

    def __init__(
        self,
        page: Page,
        speakers: Speakers,
    ) -> None:
        self.text = page.text
        self.grammar = page.grammar
        self.sentences = page.sentences
        self.speakers = speakers
        self._said: list[Said] = []

    @property
    def last(self) -> Said | None:
        """Return what was added last."""
        return self._said[-1] if self._said else None

    def quotes(self) -> tuple[Quote, ...]:
        """Return all quotes in the order of the text."""
        found = (said.quote for said in self._said)
        return tuple(sorted(found, key=lambda quote: (quote.start, quote.end)))

    def covers(self, at: int) -> bool:
        """Say whether a position lies inside one of the latest quotes."""
        return any(said.quote.start <= at < said.quote.end for said in self._said[-8:])

    def add(self, start: int, end: int, by: Attribution, *, closes: int | None = None) -> None:
        """Add the words between two positions, without white space and commas at their end."""
        end = self.trimmed(start, end, commas=True)
        if end <= start:
            return
        tag = by.tag
        quote = Quote(
            text=self.text[start:end],
            speaker=by.speaker,
            verb=tag.verb if tag else None,
            start=start,
            end=end,
        )
        self.speakers.discourse.heard(start, end, by.speaker, tag.start if tag else start)
        after = max(closes or end, tag.end if tag else end)
        self._said.append(Said(quote=quote, tag=tag, end=after))

    def trimmed(self, start: int, end: int, *, commas: bool = False) -> int:
        """Return where words end that something follows which is no part of them."""
        while end > start and (
            self.text[end - 1].isspace() or (commas and self.text[end - 1] == ",")
        ):
            end -= 1
        return end

    def finished(self, end: int) -> bool:
        """Say whether words that end at a position end a sentence."""
        return self.text[end - 1] in STOPS + _SIGNS_AFTER_STOP

    def limit(self, at: int) -> int:
        """Return where the sentence ends in which the text goes on at a position."""
        return max(at, self.sentences.end(at - 1))

    def name(self, subject: Subject, at: int) -> str | None:
        """Return whom a subject means that is said to say what begins at `at`."""
        return self.speakers.name(subject, at)
