"""Events of a window become stories: what is told first, by whom, and which story comes first.

Pure: the events are decoded CloudEvents as `docs/events.md` describes them. A window's copies
are counted, not told; a story of which only copies came is no news and gets no place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

from tidende.digest.sentences import opens_quotation, split_sentences
from tidende.model.article import Published
from tidende.model.edition import DigestArticle, DigestQuote, DigestStory, Passage

Event: TypeAlias = dict[str, Any]

SUMMARY_SENTENCES = 2
SUMMARY_CHARACTERS = 360
"""A second sentence is told only if both stay below this: four lines of a page, ten of a phone."""
HEADLINE_CHARACTERS = 160
STORY_QUOTES = 2
STORY_PLACES = 5

_PREFIX = "tidende.article."
_COPY = "tidende.article.duplicate.v1"
_BODY_ROLES = ("standfirst", "paragraph")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An article with the sentences that it offers a digest: a title, and what follows it."""

    article: DigestArticle
    headline: Passage
    titled: bool
    lede: tuple[Passage, ...]
    extraction: dict[str, Any]


def summarise(events: Iterable[Event], language: str) -> tuple[DigestStory, ...]:
    """Return the stories that a window's events tell, the most important first.

    An article in the digest's `language` is preferred to tell a story. The order: more
    independent sources first, then the newest news, then what came in first.
    """
    members: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event["type"].startswith(_PREFIX):
            members[event["data"]["story"]["id"]].append(event)
    stories = [_tell(story, come, language) for story, come in members.items()]
    return tuple(sorted(filter(None, stories), key=_rank))


def _rank(story: DigestStory) -> tuple[int, float, int]:
    newest = max(_news_time(article) for article in story.articles)
    first = min(article.sequence for article in story.articles)
    return -len(story.sources), -newest.timestamp(), first


def _tell(story: str, events: Sequence[Event], language: str) -> DigestStory | None:
    told = [_read(event) for event in events if event["type"] != _COPY]
    if not told:
        return None
    told.sort(key=lambda one: (_news_time(one.article), one.article.sequence), reverse=True)
    replaced = {event["data"]["dedup"]["of"] for event in events if event["type"] != _COPY}
    current = [one for one in told if one.article.subject not in replaced] or told
    lead = max(current, key=lambda one: (one.headline.language == language, one.titled))
    articles = tuple(one.article for one in told)
    return DigestStory(
        id=story,
        thread=events[0]["data"]["story"].get("thread"),
        headline=lead.headline,
        summary=lead.lede,
        quotes=tuple(_quotes(current, lead)),
        places=tuple(_places(current)),
        languages=_distinct(article.language for article in articles),
        sources=_distinct(source for article in articles for source in article.sources),
        articles=articles,
        copies=len(events) - len(told),
        updated=max(article.received for article in articles),
    )


def _read(event: Event) -> _Told:
    data = event["data"]
    extraction, subject = data["extraction"], event["subject"]
    language = extraction["language"]["tag"] if extraction["language"] else None
    sentences = _lede(data["text"], extraction["blocks"], language)
    headline, sentences = _headline(data, sentences)
    passages = [Passage(text=one, language=language, article=subject) for one in sentences]
    article = DigestArticle(
        subject=subject,
        headline=headline,
        language=language,
        sources=_sources(data),
        published=Published(**extraction["published"]) if extraction["published"] else None,
        received=datetime.fromisoformat(event["time"]),
        sequence=int(event["sequence"]),
        revises=data["dedup"]["verdict"] == "revision",
    )
    return _Told(
        article=article,
        headline=Passage(text=headline, language=language, article=subject),
        titled=extraction["headline"] is not None,
        lede=tuple(_opening(passages)),
        extraction=extraction,
    )


def _lede(text: str, blocks: Sequence[dict[str, Any]], language: str | None) -> list[str]:
    """Return the body's first sentences; paragraphs that are speech come last.

    Cut after a sentence, speech loses who says it: "– Vi venter. Det tar tid, sier hun."
    """
    bodies = [text[b["start"] : b["end"]] for b in blocks if b["role"] in _BODY_ROLES]
    sentences: list[str] = []
    for body in sorted(bodies, key=opens_quotation):
        sentences += split_sentences(body, language)
        if len(sentences) > SUMMARY_SENTENCES:
            break
    return sentences


def _headline(data: dict[str, Any], sentences: list[str]) -> tuple[str, list[str]]:
    """Return an article's title and the sentences that are left to follow it."""
    if printed := " ".join((data["extraction"]["headline"] or "").split()):
        return printed, sentences
    if not sentences:
        return " ".join(data["text"].split())[:HEADLINE_CHARACTERS] or data["provenance"][
            "name"
        ], []
    first = sentences[0]
    if len(first) <= HEADLINE_CHARACTERS:
        return first.removesuffix("."), sentences[1:]
    cut = first[:HEADLINE_CHARACTERS]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:–- ") + "…", sentences


def _opening(passages: Sequence[Passage]) -> Iterator[Passage]:
    length = 0
    for number, passage in enumerate(passages[:SUMMARY_SENTENCES]):
        length += len(passage.text)
        if number and length > SUMMARY_CHARACTERS:
            return
        yield passage


def _sources(data: dict[str, Any]) -> tuple[str, ...]:
    agencies = data["extraction"]["agencies"]
    delivered = data["provenance"]["source"]
    return tuple(agencies) or ((delivered,) if delivered else ())


def _quotes(told: Sequence[_Told], lead: _Told) -> Iterator[DigestQuote]:
    """Yield the first attributed quotations, the lead's before others', none twice."""
    seen = [passage.text for passage in (lead.headline, *lead.lede)]
    for one in sorted(told, key=lambda other: other is not lead):
        for quote in one.extraction["quotes"]:
            text = " ".join(quote["text"].split())
            if len(seen) >= STORY_QUOTES + 1 + len(lead.lede):
                return
            if not quote["speaker"] or any(text in other for other in seen):
                continue
            seen.append(text)
            yield DigestQuote(
                text=text,
                speaker=quote["speaker"],
                language=one.headline.language,
                article=one.article.subject,
            )


def _places(told: Sequence[_Told]) -> list[str]:
    mentions: Counter[str] = Counter()
    for one in told:
        for place in one.extraction["places"]:
            mentions[place["name"]] += len(place["mentions"]) + len(place["references"])
    return [name for name, _ in mentions.most_common(STORY_PLACES)]


def _news_time(article: DigestArticle) -> datetime:
    """Return when an article was news: as published, else as received.

    A partial date counts as its last moment, but never later than the article was received.
    """
    if article.published is None:
        return article.received
    try:
        return min(_last_moment(article.published), article.received)
    except (ValueError, OverflowError):  # the year 0 or 9999: printed, but no moment of ours
        return article.received


def _last_moment(published: Published) -> datetime:
    value = published.value
    if published.precision == "minute":
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if published.precision == "day":
        after = date.fromisoformat(value) + timedelta(days=1)
    else:
        year, month = int(value[:4]), int(value[5:7] or 12)
        after = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(after, time(), UTC) - timedelta(seconds=1)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
