"""A consumer for the crash tests: takes events, writes down each, and acknowledges it.

    python consumer.py QUEUE NAME LOG

It keeps to docs/queue.md and uses nothing of ours, so that it can be killed at any moment.
"""

import sys
import time
from pathlib import Path

SHARD_DIGITS = 16


def consume(queue: Path, name: str, log: Path) -> None:
    """Take what is ready, for ever."""
    mine = queue / "claimed" / name
    mine.mkdir(parents=True, exist_ok=True)
    with log.open("a", buffering=1) as told:
        while True:
            for file in sorted((queue / "ready").glob("*/*.json"), key=lambda file: file.name):
                try:
                    claimed = file.rename(mine / file.name)
                except FileNotFoundError:
                    continue  # another was faster
                claimed.read_bytes()
                told.write(f"{file.name}\n")
                try:
                    claimed.rename(queue / "done" / file.name[:SHARD_DIGITS] / file.name)
                except FileNotFoundError:
                    (queue / "done" / file.name[:SHARD_DIGITS]).mkdir(parents=True, exist_ok=True)
                    if claimed.exists():
                        claimed.rename(queue / "done" / file.name[:SHARD_DIGITS] / file.name)
            time.sleep(0.02)


if __name__ == "__main__":
    consume(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
