"""The plain script: what people glue together in an afternoon. A peer of `pipeline.py`.

    python benchmarks/plain.py INBOX OUT

It watches a directory, reads each file, keeps its paragraphs, tells exact copies by a hash and near
ones by datasketch (where that is installed), and writes one JSON file each, synced. It extracts
nothing, forgets everything when it ends, and what fails ends it.
"""

import hashlib
import json
import os
import queue
import re
import sys
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

try:
    from datasketch import MinHash, MinHashLSH
except ImportError:
    MinHash = None

_PARAGRAPH = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\w+")


class _Handler(FileSystemEventHandler):
    def __init__(self, found: "queue.Queue[str]") -> None:
        self._found = found

    def on_created(self, event: FileSystemEvent) -> None:
        self._found.put(os.fsdecode(event.src_path))

    def on_moved(self, event: FileSystemEvent) -> None:
        self._found.put(os.fsdecode(event.dest_path))


def near_copies() -> Callable[[str, str], list[str]]:
    """Return a function of an article's name and text that tells what it is like."""
    if MinHash is None:
        return lambda _name, _text: []
    index = MinHashLSH(threshold=0.5, num_perm=128)

    def ask(name: str, text: str) -> list[str]:
        words = _WORD.findall(text.lower())
        signature = MinHash(num_perm=128)
        for at in range(max(1, len(words) - 4)):
            signature.update(" ".join(words[at : at + 5]).encode())
        found: list[str] = index.query(signature)
        index.insert(name, signature)
        return found

    return ask


def main(inbox: Path, out: Path) -> None:
    """Work until killed."""
    found: queue.Queue[str] = queue.Queue()
    observer = Observer()
    observer.schedule(_Handler(found), str(inbox))
    observer.start()
    for name in sorted(os.listdir(inbox)):
        found.put(str(inbox / name))
    ask, seen, done = near_copies(), dict[str, str](), set[str]()
    print("READY", flush=True)
    while True:
        file = Path(found.get())
        if file.name in done or file.name.startswith("."):
            continue
        done.add(file.name)
        content = file.read_bytes()
        try:
            text = content.decode()
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
        paragraphs = [" ".join(one.split()) for one in _PARAGRAPH.split(text) if one.strip()]
        digest = hashlib.sha256("\n".join(paragraphs).encode()).hexdigest()
        copy = seen.setdefault(digest, file.name)
        near = ask(file.name, text) if copy == file.name else []
        said = {"name": file.name, "sha256": digest, "copy": copy, "near": near}
        with (out / f".{file.name}").open("w", encoding="utf-8") as draft:
            json.dump({**said, "paragraphs": paragraphs}, draft, ensure_ascii=False)
            draft.flush()
            os.fsync(draft.fileno())
        os.rename(out / f".{file.name}", out / f"{file.name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
