"""What else takes in a directory of files, driven over the same backlog as Tidende.

Each is started on a full inbox and has done its work when its output hasn't grown for a while. Only
the plain script stands here; the others' scripts are in `../shared/bench`, and they themselves in
environments of their own. One that is missing is named with the reason.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import ROOT

SCRIPTS = ROOT.parent / "shared" / "bench"
PLACES = ("{in}", "{out}", "{state}")
QUIET_SECONDS = 10.0
POLL_SECONDS = 0.1
NO_ENVIRONMENT = "no environment was named for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program with `{in}`, `{out}` and `{state}` among its arguments; `missing` says why not."""

    name: str
    does: str
    command: tuple[str, ...]
    missing: str | None = None


def peers(
    *, plain: Path, pathway: Path | None, spark: Path | None, chokidar: Path | None
) -> Iterator[Peer]:
    """Yield the peers; the arguments are a Python for each of three, and a folder for Node's."""
    has_datasketch = subprocess.run(
        [plain, "-c", "import datasketch"], stderr=subprocess.DEVNULL, check=False
    )
    near = "exact copies only, " if has_datasketch.returncode else "near copies (datasketch), "
    yield Peer(
        name="plain script",
        does=f"{near}an fsync a file, no extraction, no memory across restarts",
        command=(str(plain), str(Path(__file__).with_name("plain.py")), *PLACES[:2]),
    )
    exact = "exact copies only, no extraction"
    yield _python("pathway", pathway, "pathway_peer.py", f"{exact}, nothing synced")
    near = "near copies (rensa), language, no extraction, nothing synced"
    yield _python("pathway, near copies", pathway, "pathway_full.py", near)
    yield _python("spark", spark, "spark_peer.py", f"{exact}, checkpoints")
    node = shutil.which("node")
    yield Peer(
        name="chokidar",
        does=f"{exact}, an fsync a file, no memory across restarts",
        command=(node or "", str(SCRIPTS / "chokidar_peer.mjs"), *PLACES, str(chokidar)),
        missing=_missing(chokidar, "chokidar_peer.mjs") or (None if node else "no node here"),
    )


def _python(name: str, interpreter: Path | None, script: str, does: str) -> Peer:
    command = (str(interpreter), str(SCRIPTS / script), *PLACES)
    return Peer(name=name, does=does, command=command, missing=_missing(interpreter, script))


def _missing(place: Path | None, script: str) -> str | None:
    if place is None:
        return NO_ENVIRONMENT
    return None if (SCRIPTS / script).is_file() else f"../shared/bench/{script} isn't here"


def backlog(peer: Peer, inbox: Path, work: Path) -> tuple[int, float]:
    """Return how many outputs a peer made of an inbox, and after how many seconds the last."""
    places = {name: work / name.strip("{}") for name in PLACES} | {"{in}": inbox}
    for folder in places.values():
        folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    with (work / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(places.get(argument, argument)) for argument in peer.command],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        return _follow(process, places["{out}"], start)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _follow(process: "subprocess.Popen[bytes]", out: Path, start: float) -> tuple[int, float]:
    found, last = 0, start
    while process.poll() is None:
        now = time.perf_counter()
        if (count := _outputs(out)) > found:
            found, last = count, now
        elif found and now - last > QUIET_SECONDS:
            break
        time.sleep(POLL_SECONDS)
    return found, last - start


def _outputs(out: Path) -> int:
    """Count JSON files, or the lines of those that hold many."""
    with os.scandir(out) as entries:
        files = [entry for entry in entries if not entry.name.startswith(".")]
    many = [file for file in files if file.name.endswith(".jsonl") or file.name.startswith("part-")]
    lines = sum(Path(file.path).read_bytes().count(b"\n") for file in many)
    return (
        lines
        + sum(file.name.endswith(".json") for file in files)
        - sum(file.name.endswith(".json") for file in many)
    )
