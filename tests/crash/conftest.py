"""What the crash tests share: the tools that bring a fault about."""

import os
import subprocess
from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def strace(require_tool: Callable[[str], str]) -> str:
    """Return strace's path where it may be used: it needs leave to trace."""
    program = require_tool("strace")
    tried = subprocess.run(
        [program, "-o", os.devnull, "true"], capture_output=True, check=False, text=True
    )
    if tried.returncode != 0:
        report = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        report(f"strace can't trace here: {tried.stderr.strip()}")
    return program
