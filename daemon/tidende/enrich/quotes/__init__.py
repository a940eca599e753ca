"""What was said by whom: attributed words, their speaker and the verb.

`quotes` finds words behind a dash and between quotation marks (`marks`), reads the speech tag
beside them (`tags`) and says who is meant (`speakers`). The words that it needs of a language
stand in the lexicon's section [speech] and reach it as a `Grammar`.
"""

from tidende.enrich.quotes.quotes import quotes

__all__ = ["quotes"]
