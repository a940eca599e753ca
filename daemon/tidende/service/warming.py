"""What the first article of a language would wait for, loaded before it comes.

That is 50 ms of patterns and tables a language, and whatever comes in them would wait too.
"""

from tidende.dedup.stories.evidence import gather, keys
from tidende.enrich.enrich import enrich
from tidende.model.article import Article, Block, Extraction, Language

_TEXT = 'Anna Berg (NRK)\n\n"Anna Berg," said Ola Li (42), 1.5.2024: 10 km, 5 %.'
"""Has something for every stage to look at."""
_BODY = _TEXT.index('"')


def warm_up(tag: str | None) -> None:
    """Load what is needed for a language, or for articles whose language isn't known."""
    blocks = (
        Block(role="headline", start=0, end=_BODY - 2),
        Block(role="paragraph", start=_BODY, end=len(_TEXT)),
    )
    language = Language(tag=tag, confidence=1.0) if tag else None
    extraction = Extraction(language=language, blocks=blocks)
    article = Article(ordinal=0, text=_TEXT, extraction=extraction, encoding="utf-8", format="text")
    keys(gather(enrich(article)))
