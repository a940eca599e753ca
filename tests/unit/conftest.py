"""What the unit tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk with an empty inbox."""
    with Desk(tmp_path) as desk:
        yield desk
