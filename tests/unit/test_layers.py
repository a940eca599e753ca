"""The contracts in pyproject.toml bite: imports point down only, and never in a circle."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LAYERS = "Imports point down only, siblings don't import one another"
CIRCLES = "Neighbours don't import one another in a circle"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the package and of the contracts, to break at will."""
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


def plant(copy: Path, importer: str, imported: str) -> None:
    """Have one module import another, both named as below the package."""
    with (copy / "tidende" / f"{importer.replace('.', '/')}.py").open("a") as file:
        file.write(f"\nimport tidende.{imported}\n")


def test_the_package_keeps_its_contracts(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{LAYERS} KEPT" in done.stdout
    assert f"{CIRCLES} KEPT" in done.stdout


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
    plant(copy, importer, imported)
    done = lint(copy)
    assert done.returncode != 0
    assert f"{LAYERS} BROKEN" in done.stdout
    assert f"tidende.{importer} -> tidende.{imported} " in done.stdout


@pytest.mark.parametrize(
    ("one", "other"),
    [("service.outcome", "service.strikes"), ("dedup.stories.clues", "dedup.stories.weigh")],
)
def test_a_circle_within_a_layer_is_caught(copy: Path, one: str, other: str) -> None:
    plant(copy, one, other)
    plant(copy, other, one)
    done = lint(copy)
    assert done.returncode != 0
    assert f"{LAYERS} KEPT" in done.stdout
    assert f"{CIRCLES} BROKEN" in done.stdout
