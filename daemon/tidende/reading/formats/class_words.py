"""What the names of HTML classes say of an element: the words that web editors' systems use."""

import re
from collections.abc import Callable
from typing import Any

from tidende.lexicon import Words, union
from tidende.lexicon.tables import Formats

_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_WORD = re.compile(rf"[{_UPPER}]?[{_LOWER}]+|[{_UPPER}]+(?![{_LOWER}])|\d+")


def _words(english: str, select: Callable[[Formats], Words]) -> frozenset[str]:
    """Join what is English everywhere with what each language has of its own."""
    return frozenset((*english.split(), *union(lambda known: select(known.formats))))


BOILERPLATE = _words(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer related recommended "
    "recommendation recommendations share sharing shares social some newsletter promo promoted "
    "promotion advert advertisement adverts ad ads sponsor sponsored cookie cookies consent gdpr "
    "comments comment disqus tags tag taglist topics popup modal overlay subscribe subscription "
    "login signup toolbar widget banner outbrain taboola teaser teasers trending popular mostread "
    "pagination pager skip hidden offscreen masthead recirculation readmore onward upsell paywall "
    "feedback rating copyright legal search bio tools actions",
    lambda formats: formats.beside,
)
BYLINE = _words("byline bylines author authors writer reporter", lambda formats: formats.bylines)
STANDFIRST = _words(
    "standfirst lead lede preamble deck dek intro subtitle subheadline kicker-text summary",
    lambda formats: formats.standfirsts,
)
CAPTION = _words("caption captions", lambda formats: formats.captions)
CREDIT = _words(
    "credit credits photographer photocredit byline source copyright",
    lambda formats: formats.credits,
)
DATE = _words(
    "date dates dateline published publish time timestamp updated pubdate",
    lambda formats: formats.dates,
) | frozenset(union(lambda known: known.publication.updated))
BODY = _words("body content text", lambda formats: formats.texts)
ARTICLE = _words("article entry post story news", lambda formats: formats.articles)


def words_of(element: Any) -> frozenset[str]:
    """Return the words in an element's class and id: "article__bodyText" gives three."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(word.lower() for word in _WORD.findall(named))
