"""A ledger, and rows for it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tidende.model.seed import Stamp
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow

MakeSeed: TypeAlias = Callable[..., SeedRow]
MakeArticle: TypeAlias = Callable[..., ArticleRow]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return an empty ledger."""
    ledger = Ledger.create_or_open(tmp_path / "ledger.sqlite")
    yield ledger
    ledger.close()


@pytest.fixture
def seed() -> MakeSeed:
    """Return a function that makes a seed's row."""

    def make(number: int, **given: Any) -> SeedRow:
        row = {
            "inbox": "wire",
            "path": f"{number}.txt",
            "sha256": f"hash-{number}",
            "occurrence": 0,
            "source": "post",
            "stamp": Stamp(size=number, mtime_ns=2**62, ctime_ns=1, inode=2**40),
            "received": 1.5,
            "attempts": 1,
        }
        return SeedRow(id=number, **{**row, **given})

    return make


@pytest.fixture
def article() -> MakeArticle:
    """Return a function that makes an article's row."""

    def make(number: int, **given: Any) -> ArticleRow:
        row = {
            "seed": number,
            "ordinal": 0,
            "subject": f"urn:x:{number}",
            "sequence": number,
            "verdict": "new",
            "of": None,
            "story": f"urn:x:story:{number}",
            "sha256": f"hash-{number}",
            "fingerprint": f"print-{number}".encode(),
        }
        return ArticleRow(**{**row, **given})

    return make
