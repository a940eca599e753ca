"""The layers contract in pyproject.toml bites: imports point down only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONTRACT = "Imports point down only, siblings don't import one another"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the package and of the contract, to break at will."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "daemon" / "tidende", tmp_path / "tidende", ignore=ignored)
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def lint(directory: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in `directory`, on the package that stands there."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(directory), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_keeps_its_layers(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{CONTRACT} KEPT" in done.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("model.planted", "service"),
        ("store.planted", "emit"),
        ("settings", "model"),
        ("intake.planted", "digest"),
    ],
    ids=["upward", "upward_by_one", "from_the_lowest", "sideways"],
)
def test_a_forbidden_import_is_caught(copy: Path, importer: str, imported: str) -> None:
    module = copy / "tidende" / f"{importer.replace('.', '/')}.py"
    with module.open("a") as file:
        file.write(f"\nimport tidende.{imported}\n")
    done = lint(copy)
    assert done.returncode != 0
    assert f"{CONTRACT} BROKEN" in done.stdout
    assert f"tidende.{importer} -> tidende.{imported} " in done.stdout
