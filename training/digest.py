"""Judge the choice of a digest's sentences, beside the plain lead: `python training/digest.py`.

The stories stand in `digest.toml`. Both may choose three sentences below the headline, of the same
length at most. Precision is the share of what was chosen that makes a point which nothing chosen
before it made; recall the share of the points (three at most, for so many sentences there are).
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tidende.digest.salience import CHARACTERS, SENTENCES, summarise_story
from tidende.digest.sentences import opens_quotation, split_sentences
from tidende.digest.telling import Telling, make_title
from tidende.model.edition import DigestArticle, Passage

SAMPLE = Path(__file__).with_suffix(".toml")
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A story as the program gets it, and the point that each of its telling sentences makes."""

    language: str
    tellings: tuple[Telling, ...]
    points: dict[str, str]
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well one choice of sentences told one story."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def stories() -> Iterator[Judged]:
    """Yield the judged stories."""
    for story in tomllib.loads(SAMPLE.read_text(encoding="utf-8"))["story"]:
        points: dict[str, str] = {}
        tellings = tuple(
            _telling(article, number, story["language"], points)
            for number, article in enumerate(story["article"])
        )
        yield Judged(
            language=story["language"],
            tellings=tellings,
            points=points,
            later=story.get("later", False),
        )


def lead(story: Judged) -> list[str]:
    """Return the first sentences of the first article that aren't its title, speech last."""
    first = story.tellings[0]
    title = first.headline.text
    chosen: list[str] = []
    for paragraph in sorted(first.paragraphs, key=opens_quotation):
        for sentence in split_sentences(paragraph, first.article.language):
            if sentence.removesuffix(".") == title:
                continue
            length = sum(map(len, chosen)) + len(sentence)
            if len(chosen) == SENTENCES or (chosen and length > CHARACTERS):
                return chosen
            chosen.append(sentence)
    return chosen


def chosen(story: Judged) -> list[str]:
    """Return what the digest chooses."""
    return [passage.text for passage in summarise_story(story.tellings, story.language)]


def judge(story: Judged, sentences: Sequence[str]) -> Score:
    """Return how well these sentences tell a story; a point that the title makes is told."""
    title = story.tellings[0].headline.text
    told = {point for text, point in story.points.items() if text.removesuffix(".") == title}
    wanted = set(story.points.values()) - told
    new = 0
    for sentence in sentences:
        point = story.points.get(sentence)
        new += point in wanted
        wanted.discard(point or "")
    return Score(
        precision=new / len(sentences) if sentences else 0.0,
        recall=new / min(SENTENCES, new + len(wanted)),
    )


def main() -> None:
    """Print both scores, for the stories that were looked at during the work and for later ones."""
    judged = list(stories())
    kinds = {
        "seen": [story for story in judged if not story.later],
        "later": [story for story in judged if story.later],
    }
    print(f"{'stories':>8} {'choice':<8} {'precision':>9} {'recall':>7} {'F1':>6}")
    for name, some in kinds.items():
        for choice in (lead, chosen):
            scores = [judge(story, choice(story)) for story in some]
            means = [
                sum(getattr(score, part) for score in scores) / len(scores)
                for part in ("precision", "recall", "f1")
            ]
            print(
                f"{name:>8} {choice.__name__:<8} {means[0]:>9.3f} {means[1]:>7.3f} {means[2]:>6.3f}"
            )


def _telling(
    article: dict[str, Any], number: int, language: str, points: dict[str, str]
) -> Telling:
    """Return an article's telling, and add to `points` what its sentences make."""
    paragraphs = []
    for block in article["text"].strip().split("\n\n"):
        sentences = []
        for line in block.splitlines():
            point, _, sentence = line.rpartition("} ")
            sentences.append(sentence)
            if point:
                points[sentence] = point.removeprefix("{")
        paragraphs.append(" ".join(sentences))
    tag = article.get("language", language)
    subject = f"article {number}"
    title = article.get("headline") or make_title(paragraphs, tag)
    sources = (article["source"],)
    return Telling(
        article=DigestArticle(
            subject=subject,
            headline=title,
            language=tag,
            sources=sources,
            published=None,
            received=NOW,
            sequence=number,
        ),
        headline=Passage(text=title, language=tag, article=subject, sources=sources),
        titled="headline" in article,
        introduced="headline" in article,
        paragraphs=tuple(paragraphs),
        quotes=(),
        figures=(),
        places=(),
        changes=(),
        of=None,
    )


if __name__ == "__main__":
    main()
