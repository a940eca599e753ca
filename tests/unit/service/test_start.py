"""A start is quick because a process loads only what it needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "unneeded"),
    [
        ("tidende.cli.main", ["alembic", "numpy", "pydantic", "sqlalchemy", "structlog"]),
        (
            "tidende.service.daemon",
            ["alembic", "feedgen", "lxml", "tidende.enrich", "tidende.reading"],
        ),
    ],
)
def test_a_process_does_not_load_what_it_does_not_need(module: str, unneeded: list[str]) -> None:
    code = f"import sys, {module}; print(*set({unneeded}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
