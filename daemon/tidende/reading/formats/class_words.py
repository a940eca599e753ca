"""What the names of HTML classes say of an element: the words that web editors' systems use."""

# ruff: noqa: SIM905  # a list of words reads as words

# a list of words reads as words

import re
from typing import Any

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

BOILERPLATE = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer related relatert relaterte "
    "relateret recommended recommendation recommendations share sharing shares social some "
    "newsletter nyhetsbrev nyhedsbrev nyhetsbrev promo promoted promotion advert advertisement "
    "adverts ad ads annonse annonser annonce werbung anzeige sponsor sponsored cookie cookies "
    "consent gdpr comments kommentarer comment disqus tags tag taglist topics emner emneord popup "
    "modal overlay subscribe subscription abonnement login signup toolbar widget banner outbrain "
    "taboola teaser teasers trending popular mostread mest pagination pager skip hidden "
    "offscreen masthead recirculation readmore onward upsell paywall feedback rating "
    "copyright legal search bio tools actions".split()
)
BYLINE = frozenset("byline bylines author authors forfatter skribent writer reporter autor".split())
STANDFIRST = frozenset(
    "standfirst ingress lead lede preamble manchet underrubrik underrubrikk deck dek intro "
    "subtitle subheadline undertittel kicker-text summary vorspann".split()
)
CAPTION = frozenset("caption captions bildetekst billedtekst bildtext bildunterschrift".split())
CREDIT = frozenset(
    "credit credits photographer photocredit fotograf fotografi byline source copyright".split()
)
DATE = frozenset(
    "date dates dateline dato datum published publish publisert time timestamp updated "
    "oppdatert pubdate".split()
)
BODY = frozenset("body content text brødtekst brodtekst".split())
ARTICLE = frozenset("article artikkel artikel entry post story news".split())
HIDDEN = frozenset("hidden offscreen".split())


def words_of(element: Any) -> frozenset[str]:
    """Return the words in an element's class and id: "article__bodyText" gives three."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(word.lower() for word in _WORD.findall(named))
