"""Events of a window become stories: what is told first, by whom, and which story comes first.

Pure. A window's copies are counted, not told; a story of which only copies came is unchanged.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from tidende.digest.figures import choose_figures
from tidende.digest.phrasebook import names_country, readable
from tidende.digest.quotes import choose_quotes, is_among
from tidende.digest.ranking import rank
from tidende.digest.revising import combine
from tidende.digest.salience import summarise_story
from tidende.digest.telling import Event, Telling, tell
from tidende.digest.updating import moved_figures
from tidende.model.edition import (
    DigestArticle,
    DigestChange,
    DigestPlace,
    DigestStory,
    Standing,
)
from tidende.model.event import ARTICLE_EVENTS

Recall: TypeAlias = Callable[[Collection[str]], Mapping[str, Sequence[Telling]]]

STORY_PLACES = 6

_PASSAGES = {"quote", "sentence", "paragraph"}
_COPY = "tidende.article.duplicate.v1"


@dataclass(slots=True, kw_only=True)
class _Gathered:
    """What came of one story in the window; `told` is how many of it were known before."""

    thread: str | None
    told: int
    tellings: list[Telling] = field(default_factory=list)
    copies: list[Telling] = field(default_factory=list)


def summarise(
    events: Iterable[Event],
    language: str,
    size: int | None = None,
    recall: Recall = lambda _ids: {},
) -> tuple[DigestStory, ...]:
    """Return the stories that a window's events tell, the most important first.

    An article in the digest's `language` is preferred to tell a story. Of those after the first
    `size` that brought something, headline and articles are told, no more. `told` in an event's
    `story` is how many of its articles were known before the window; `recall` gives these
    articles, newest first, of the stories that are told in full, so that an update says what is
    new in it.
    """
    gathered: dict[str, _Gathered] = {}
    for event in events:
        if event["type"].startswith(ARTICLE_EVENTS):
            _gather(gathered, event)
    ranked = rank(_outline(story, come, language) for story, come in gathered.items())
    full = ranked[:size]
    known = recall([story.id for story in full if story.standing == "updated"])
    told = (_fill(story, gathered[story.id], known.get(story.id, ()), language) for story in full)
    return (*told, *ranked[len(full) :])


def _gather(gathered: dict[str, _Gathered], event: Event) -> None:
    story = event["data"]["story"]
    come = gathered.get(story["id"])
    if come is None:
        come = _Gathered(thread=story.get("thread"), told=story.get("told", 0))
        gathered[story["id"]] = come
    (come.copies if event["type"] == _COPY else come.tellings).append(tell(event))


def _outline(story: str, come: _Gathered, language: str) -> DigestStory:
    """Return a story with its headline, articles and what changed: enough to be ranked."""
    current = _current(come, language)
    by_sequence = sorted(come.tellings, key=lambda one: one.article.sequence)
    articles = tuple(_articles(come))
    everything = [*come.tellings, *come.copies]
    return DigestStory(
        id=story,
        thread=come.thread,
        standing=_standing(come),
        headline=current[0].headline,
        summary=(),
        changes=tuple(_relevant(come, by_sequence)),
        quotes=(),
        figures=(),
        places=tuple(_places(_own_first(current, language))),
        languages=_distinct(article.language for article in articles),
        sources=_distinct(source for article in articles for source in article.sources),
        articles=articles,
        copies=len(come.copies),
        updated=max(one.article.received for one in come.tellings or everything),
    )


def _relevant(come: _Gathered, by_sequence: Iterable[Telling]) -> Iterator[DigestChange]:
    """Yield what revisions changed; of a new story only facts that moved, from what to what.

    Nobody was told what a new story said before, so that nothing is added or missing.
    """
    for change in combine(change for one in by_sequence for change in one.changes):
        moved = change.before is not None and change.after is not None
        if come.told or (moved and change.kind not in _PASSAGES):
            yield change


def _fill(
    story: DigestStory, come: _Gathered, known: Sequence[Telling], language: str
) -> DigestStory:
    """Return the story with its sentences, quotations and figures, but those that were known."""
    if story.standing == "unchanged":
        return story
    current = _current(come, language)
    summary = summarise_story(current, language, known)
    said = [story.headline.text, *(passage.text for passage in summary)]
    quotes = {quote.text for one in known for quote in one.quotes}
    surfaces = {figure.surface for one in known for figure in one.figures}
    own_first = _own_first(current, language)
    figures = [each for one in own_first for each in one.figures if each.surface not in surfaces]
    chosen = tuple(choose_quotes(own_first, said, quotes))
    changes = combine((*story.changes, *moved_figures(known, current)))
    return replace(
        story,
        summary=summary,
        changes=tuple(one for one in changes if not _is_told(one, said)),
        quotes=chosen,
        figures=tuple(choose_figures(figures, said)),
    )


def _standing(come: _Gathered) -> Standing:
    if not come.tellings:
        return "unchanged"
    return "updated" if come.told else "new"


def _current(come: _Gathered, language: str) -> list[Telling]:
    """Return the articles to tell from, the one that leads first, without what was revised.

    What has a beginning leads, if the digest's readers can read it; then what is in their own
    language, then what has a headline, then the newest.
    """
    known = {language} | readable(language)
    told = sorted(
        come.tellings or come.copies, key=lambda one: (one.time, one.article.sequence), reverse=True
    )
    replaced = {one.of for one in told}
    current = [one for one in told if one.article.subject not in replaced] or told
    return sorted(
        current,
        key=lambda one: (
            one.introduced and one.article.language in known,
            one.article.language == language,
            one.titled,
        ),
        reverse=True,
    )


def _own_first(current: Iterable[Telling], language: str) -> list[Telling]:
    """Return articles with those in the digest's language first: what readers read best."""
    return sorted(current, key=lambda one: one.article.language != language)


def _articles(come: _Gathered) -> Iterator[DigestArticle]:
    """Yield the articles behind the story, the newest first, each with its copies counted."""
    copies = Counter(copy.of for copy in come.copies)
    newest_first = sorted(
        come.tellings, key=lambda one: (one.time, one.article.sequence), reverse=True
    )
    for one in newest_first:
        count = copies[one.article.subject]
        yield replace(one.article, copies=count) if count else one.article


def _places(current: Sequence[Telling]) -> list[DigestPlace]:
    """Return the most mentioned places.

    Languages have names of their own for one place ("Brussel", "Bruxelles"), so other languages
    than the leading article's add places only in countries that it doesn't name. A country is one
    place, whatever it is called, and so is a place of which only some articles say where it lies.
    """
    leading = current[0].article.language
    countries: dict[str | None, str] = {}
    mentions: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    named: set[str | None] = set()
    for one in sorted(current, key=lambda each: each.article.language != leading):
        for place in one.places:
            if one.article.language == leading:
                named.add(place.country)
            elif place.country in named:
                continue
            name = place.name
            if names_country(name, place.country):
                name = countries.setdefault(place.country, name)
            mentions[name, place.country] += place.mentions
    _join_homonyms(mentions)
    most = sorted(mentions, key=lambda key: -mentions[key])[:STORY_PLACES]
    return [DigestPlace(name=key[0], country=key[1], mentions=mentions[key]) for key in most]


def _join_homonyms(mentions: dict[tuple[str, str | None], int]) -> None:
    """Count a name that has no country with its only namesake that has one."""
    for name in [name for name, country in mentions if country is None]:
        namesakes = [key for key in mentions if key[0] == name and key[1] is not None]
        if len(namesakes) == 1:
            mentions[namesakes[0]] += mentions.pop((name, None))


def _is_told(change: DigestChange, said: Iterable[str]) -> bool:
    """Return whether a passage that was added stands among what is told anyway."""
    return change.kind in _PASSAGES and change.after is not None and is_among(change.after, said)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
