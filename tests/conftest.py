"""What tests of every kind share: tools and data that a machine may lack, and hypothesis."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from program import Daemon, DataDirectory, StartDaemon

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"

# No deadline anywhere: a busy machine is slow without being wrong. In CI the examples are the same
# in every run, so that a red run is about the change and can be repeated.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if IN_CI else "local")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's top directory."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the directory of real seeds, answers and schemas beside the repository."""
    path = ROOT.parent / "shared"
    if not (path / "seeds").is_dir():
        pytest.skip("needs ../shared (real seeds and schemas), which is not part of the repository")
    return path


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """Return a function that gives a program's path, or ends the test where it is missing.

    Missing is a reason to skip on a developer's machine and a failure in CI, which sets up all
    tools: a check that silently stopped running there would never be noticed.
    """

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is not None:
            return path
        if IN_CI:
            pytest.fail(f"{name} is not installed, and CI must have it")
        pytest.skip(f"needs {name}, which is not installed")

    return find


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    """Return the directory of sample seeds, which are our own words."""
    return root / "deploy" / "samples"


@pytest.fixture
def mount_tmpfs() -> Iterator[Callable[..., None]]:
    """Return a function that mounts an empty file system; what is left of them is unmounted."""
    mounted: list[Path] = []

    def mount(point: Path, size: str = "1m") -> None:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tidende-test", str(point)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            pytest.skip(f"may not mount: {done.stderr.strip()}")
        mounted.append(point)

    yield mount
    for point in reversed(mounted):
        subprocess.run(["umount", "-l", str(point)], capture_output=True, check=False)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return an empty inbox."""
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def data(tmp_path: Path) -> DataDirectory:
    """Return a data directory that isn't there yet."""
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def start_daemon(inbox: Path, data: DataDirectory, tmp_path: Path) -> Iterator[StartDaemon]:
    """Return a function that starts the daemon, with `--set` for each setting; all are ended.

    It waits until the daemon is ready, unless told not to; `how` goes to `Daemon`.
    """
    daemons: list[Daemon] = []

    def start(
        *assignments: str,
        settle_seconds: float = 0.2,
        workers: int = 1,
        config: Path | None = None,
        ready: bool = True,
        at: DataDirectory = data,
        **how: Any,
    ) -> Daemon:
        chosen = (
            f"intake.settle_seconds={settle_seconds}",
            f"workers.count={workers}",
            "log.format=json",
            *assignments,
        )
        place: list[str | Path] = ["--config", config] if config else ["--inbox", inbox]
        given = [f"--set={assignment}" for assignment in chosen]
        daemons.append(Daemon([*place, "--data", at.root, *given], tmp_path, **how))
        if ready:
            daemons[-1].wait_for("daemon_started")
        return daemons[-1]

    yield start
    for daemon in daemons:
        daemon.end()
