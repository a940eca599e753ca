"""What a decision costs, and how much memory it takes, when much is known.

    python benchmarks/known.py [ARTICLES ...]     (default: 10000 100000 1000000)

Fills a ledger with the signatures and clues of so many articles, starts the catalogue over it, and
decides articles that come: whose near copy they are, which story they belong to. Prints processor
time an article and the memory of the whole process. A known article is a real one (from ../shared
where it is, made of the samples elsewhere) in which nine of ten keys are changed, so that names and
phrases recur as they do in news; the last is as dear to find as the first. One in ten of those that
come is an edited copy.

datasketch and rensa, where they are installed, find near copies only: no verdict, no stories, and
nothing on disk. They have 32 bands of 4, as is usual; beyond 100,000 articles they take more
memory than is worth waiting for.
"""

import argparse
import json
import pickle
import random
import re
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zlib import crc32

from corpus import make_corpus
from sqlalchemy import insert

from tidende.clock import now
from tidende.intake.inbox import Inbox
from tidende.intake.scanner import find
from tidende.model.limits import Limits
from tidende.service.catalogue import Catalogue
from tidende.service.knowledge import Knowledge
from tidende.service.outcome import FingerprintedArticle, Processed
from tidende.service.processing import process
from tidende.store.ledger import Ledger
from tidende.store.stories import Member
from tidende.store.tables import seeds

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
KNOWN = (10_000, 100_000, 1_000_000)
MOST_FOR_PEERS = 100_000
POOL, COMING = 800, 400
COPIES = 10  # one in so many of those that come
EDITED = 0.05  # of a copy's words
UNCHANGED = 10  # one key in so many
AT_ONCE = 20_000
WORD = re.compile(r"\w+")
PLAIN = re.compile(r"\b[a-zæøåäöüß]{3,}\b")


def texts() -> list[str]:
    """Return the texts of which known and coming articles are made, in a fixed order."""
    found = [
        json.loads(line)["text"]
        for file in sorted(DATA.glob("articles-*.jsonl"))
        for line in file.open(encoding="utf-8")
    ]
    chosen = [text for text in found if 1_000 < len(text) < 6_000]
    if not chosen:
        with tempfile.TemporaryDirectory() as folder:
            make_corpus(Path(folder), POOL + COMING)
            chosen = [file.read_text(encoding="utf-8") for file in sorted(Path(folder).iterdir())]
    random.Random(1).shuffle(chosen)
    return chosen[: POOL + COMING]


def edited(text: str, chance: random.Random) -> str:
    """Return a text in which one plain word in twenty is another; the facts stay."""
    words = PLAIN.findall(text)
    return PLAIN.sub(
        lambda found: chance.choice(words) if chance.random() < EDITED else found[0], text
    )


def coming(pool: Sequence[str], rest: Sequence[str]) -> list[str]:
    """Return the articles that come: new ones, and edited copies."""
    chance = random.Random(2)
    return [
        edited(chance.choice(pool), chance) if number % COPIES == 0 else text
        for number, text in enumerate(rest)
    ]


def prepared(contents: Sequence[str], folder: Path) -> list[FingerprintedArticle]:
    """Do a worker's part."""
    inbox = Inbox(name="inbox", path=folder)
    made = []
    for number, content in enumerate(contents):
        (folder / f"{number}.txt").write_text(content, encoding="utf-8")
        candidate = find(inbox, f"{number}.txt")
        assert candidate is not None
        outcome = process(candidate, limits=Limits(), now=now)
        assert isinstance(outcome, Processed)
        made += outcome.articles
    return made


def salted(keys: Sequence[int], salt: int) -> bytes:
    """Return keys of another article: most are others, the same for the same salt."""
    if salt == 0:
        return array("I", keys).tobytes()
    suffix = salt.to_bytes(4, "little")
    return array(
        "I",
        [
            key if key % UNCHANGED == 0 else crc32(key.to_bytes(4, "little") + suffix)
            for key in keys
        ],
    ).tobytes()


def fill(ledger: Ledger, pool: Sequence[FingerprintedArticle], count: int) -> None:
    """Write so many known articles' signatures, clues and places; the first ones have a text."""

    def rows(first: int) -> Iterator[tuple[int, bytes, bytes, bytes, str]]:
        for number in range(first, min(first + AT_ONCE, count + 1)):
            one, salt = pool[number % len(pool)], number // len(pool)
            sketch, keys = salted(one.sketch, salt), salted(one.keys, salt)
            yield number, sketch, keys, one.clues, f"urn:known:{number}"

    with ledger.write() as connection:
        values = (1, "inbox", "path", "hash", 0, "wire", 1, 1, 1, 1, 1.0, 1)
        connection.execute(insert(seeds).values(values))
    for first in range(1, count + 1, AT_ONCE):
        with ledger.write() as connection:
            some = list(rows(first))
            write = connection.exec_driver_sql
            write("INSERT INTO signatures VALUES (?, ?, ?)", [row[:3] for row in some])
            write("INSERT INTO clues VALUES (?, ?)", [(row[0], row[3]) for row in some])
            write(
                "INSERT INTO articles (id, seed, ordinal, subject, sequence, verdict, story,"
                " sha256, fingerprint) VALUES (?, 1, 0, ?, ?, 'new', ?, 'h', x'00')",
                [(row[0], row[4], row[0], f"urn:story:{row[0]}") for row in some],
            )


def tell(ledger: Ledger, pool: Sequence[FingerprintedArticle]) -> None:
    """Give the articles of the pool events, as far as a comparison reads them."""
    from tidende.store.events import packer  # noqa: PLC0415

    pack = packer()
    with ledger.write() as connection:
        for number, one in enumerate(pool):
            data = b'{"data":{"text":%b,"extraction":%b}}'
            body = pack(data % (one.prepared.text, one.prepared.extraction))
            connection.exec_driver_sql(
                "INSERT INTO events (sequence, id, type, subject, recorded, body, published)"
                " VALUES (?, ?, 'tidende.article.new.v1', ?, 1.0, ?, 1)",
                (number or len(pool), f"e{number}", f"urn:known:{number or len(pool)}", body),
            )


def measure_tidende(count: int) -> dict[str, float]:
    """Return what deciding costs with so many articles known."""
    every = texts()
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        pool = prepared(every[:POOL], root)
        articles = prepared(coming(every[:POOL], every[POOL:]), root)
        ledger = Ledger.create_or_open(root / "ledger.sqlite")
        fill(ledger, pool, count)
        tell(ledger, pool)
        (root / "coming").write_bytes(pickle.dumps(articles))
        ledger.close()
        command = [sys.executable, __file__, "--decide", str(root), str(count)]
        done = subprocess.run(command, capture_output=True, check=True)
    said: dict[str, float] = json.loads(done.stdout)
    return said


def decide(root: Path, count: int) -> dict[str, float]:
    """Be the process that decides: start over the ledger, then take the articles."""
    start = time.perf_counter()
    ledger = Ledger.open_existing(root / "ledger.sqlite")
    catalogue = Catalogue.read(ledger)
    ready = time.perf_counter() - start
    articles: list[FingerprintedArticle] = pickle.loads((root / "coming").read_bytes())  # noqa: S301
    duplicates = 0
    costs = []
    with ledger.write() as connection:
        knowledge = Knowledge(connection, catalogue)
        for number, article in enumerate(articles, count + 1):
            start = time.process_time()
            verdict, leader = knowledge.compare(article)
            member = Member(sequence=number, subject=f"urn:coming:{number}", of=verdict.of)
            knowledge.place(member, article, verdict, leader)
            duplicates += leader is not None
            costs.append(time.process_time() - start)
    costs.sort()
    return {
        "ready_s": ready,
        "median_us": costs[len(costs) // 2] * 1e6,
        "mean_us": sum(costs) / len(costs) * 1e6,
        "memory_mb": resident_memory(),
        "found": duplicates,
    }


def resident_memory() -> float:
    """Return the megabytes that are resident for this process now, its parent's not counted."""
    (size,) = re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(size) / 1024


def measure_peer(name: str, count: int) -> dict[str, float]:
    """Return what a library's signature, query and insertion cost at that size."""
    every = texts()
    pool, fresh = every[:POOL], coming(every[:POOL], every[POOL:])
    add, ask = PEERS[name]()
    chance = random.Random(3)
    for number in range(count):
        base = shingles(pool[number % POOL])
        salt = number // POOL
        kept = base if not salt else [f"{each} {salt}" for each in chance.sample(base, 60)]
        add(number, kept)
    start = time.process_time()
    found = 0
    for number, text in enumerate(fresh, count):
        found += ask(number, shingles(text))
    cost = (time.process_time() - start) / len(fresh)
    memory = resident_memory()
    return {"mean_us": cost * 1e6, "memory_mb": memory, "found": found}


def shingles(text: str) -> list[str]:
    """Return a text's runs of three words."""
    words = WORD.findall(text.lower())
    return [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]


Peer = tuple[Callable[[int, list[str]], None], Callable[[int, list[str]], bool]]


def datasketch() -> Peer:
    """Return datasketch's index: how to add to it, and how to ask and add."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    index = MinHashLSH(num_perm=128, params=(32, 4))

    def signature(parts: list[str]) -> object:
        made = MinHash(num_perm=128)
        made.update_batch([part.encode() for part in parts])
        return made

    return _peer(index, signature)


def rensa() -> Peer:
    """Return rensa's index."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    index = RMinHashLSH(threshold=0.4, num_perm=128, num_bands=32)

    def signature(parts: list[str]) -> object:
        made = RMinHash(num_perm=128, seed=1)
        made.update(parts)
        return made

    return _peer(index, signature)


def _peer(index: Any, signature: Callable[[list[str]], object]) -> Peer:
    def ask(number: int, parts: list[str]) -> bool:
        one = signature(parts)
        found = bool(index.query(one))
        index.insert(number, one)
        return found

    return (lambda number, parts: index.insert(number, signature(parts))), ask


PEERS: dict[str, Callable[[], Peer]] = {"datasketch": datasketch, "rensa": rensa}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("known", type=int, nargs="*", default=KNOWN)
    parser.add_argument("--decide", nargs=2, metavar=("ROOT", "COUNT"), help=argparse.SUPPRESS)
    parser.add_argument("--peer", nargs=2, metavar=("NAME", "COUNT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.decide:
        print(json.dumps(decide(Path(chosen.decide[0]), int(chosen.decide[1]))))
        return
    if chosen.peer:
        print(json.dumps(measure_peer(chosen.peer[0], int(chosen.peer[1]))))
        return
    columns = ("median_us", "mean_us", "memory_mb", "ready_s", "found")
    print(f"{'':12} {'known':>9} " + " ".join(f"{name:>10}" for name in columns))
    for count in chosen.known:
        show("tidende", count, measure_tidende(count), columns)
        for name in PEERS:
            if find_spec(name) is None:
                print(f"{name:12} is not installed")
            elif count <= MOST_FOR_PEERS:
                command = [sys.executable, __file__, "--peer", name, str(count)]
                done = subprocess.run(command, capture_output=True, check=True)
                show(name, count, json.loads(done.stdout), columns)


def show(name: str, count: int, said: dict[str, float], columns: Sequence[str]) -> None:
    """Print a line."""
    cells = (f"{said[each]:10.1f}" if each in said else f"{'':10}" for each in columns)
    print(f"{name:12} {count:>9} {' '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
