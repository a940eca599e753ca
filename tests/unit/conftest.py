"""What the unit tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import Desk
from shelf import Shelf


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk with an empty inbox."""
    with Desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Return a queue without events."""
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.ledger.close()
