"""Two samples as bytes, for tests that write them in their own ways."""

from pathlib import Path

import pytest


@pytest.fixture
def ferry(samples: Path) -> bytes:
    """Return a telegram of a ferry without power."""
    return (samples / "000_7d1e5a90c3b2f846.txt").read_bytes()


@pytest.fixture
def library(samples: Path) -> bytes:
    """Return an article of a boat with books."""
    return (samples / "004_c85b12e6f07d9a34.txt").read_bytes()
