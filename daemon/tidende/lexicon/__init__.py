"""What is known of each language: one TOML file a language, and its loader.

Adding a language is adding a file. `of("nb")` is one language's lexicon; `union` gathers a list
over all of them, for the readers that must work before the language is known, and `either` makes
a pattern of it.
"""

from tidende.lexicon.loader import either, of, tags, union
from tidende.lexicon.tables import Lexicon, Words

__all__ = ["Lexicon", "Words", "either", "of", "tags", "union"]
