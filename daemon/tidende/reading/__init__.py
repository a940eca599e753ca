"""From bytes to an article: decode, then structure, then language.

`parse.parse` takes a seed; `structure.structure` takes a text and what its format already knows.
Each step is a pure function in a module of its own.
"""
