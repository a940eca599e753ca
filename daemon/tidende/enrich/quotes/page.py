"""What every step reads: an article's text, its running blocks and sentences, and the grammar."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.enrich.quotes.grammar import Grammar
from tidende.enrich.quotes.sentences import Sentences
from tidende.model.article import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article's text with what is known of it before its quotes are."""

    text: str
    blocks: Sequence[Block]
    grammar: Grammar
    sentences: Sentences
