"""How often Python looks for garbage that refers to itself.

Next to none is ever found: what an article leaves behind goes when nothing refers to it any more.
Looking through all that a digest or a batch has in hand takes a third of its time by default.
"""

import gc

_YOUNG = 50_000
"""Objects that may be new before they are looked through: some hundred seeds'."""


def collect_less_often() -> None:
    """Look rarely."""
    gc.set_threshold(_YOUNG)
