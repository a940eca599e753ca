"""`tidende parse`: what a file is understood to say, with nothing kept and nothing written."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from tidende.cli.options import place
from tidende.cli.output import complain

if TYPE_CHECKING:
    from tidende.model.seed import Candidate
    from tidende.service.outcome import Outcome

SEED_BYTES = 1 << 30
"""Nothing is at stake here but the caller's own memory."""


def parse(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", parser=place, help="Files, or directories of them."),
    ],
    jobs: Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Worker processes.")] = 1,
) -> None:
    """Print what files are understood to say. Nothing is stored.

    One JSON line an article: item, text, extraction and provenance.
    """
    refused: list[Path] = []
    failed = False
    for outcome in _outcomes(_candidates(paths, refused), jobs):
        failed |= _print(outcome)
    sys.stdout.buffer.flush()
    if failed or refused:
        raise typer.Exit(1)


def _candidates(paths: list[Path], refused: list[Path]) -> Iterator["Candidate"]:
    """Yield what there is at the paths; those where no file is go to `refused`."""
    from tidende.intake.inbox import Inbox, escape
    from tidende.intake.scanner import look, scan
    from tidende.model.seed import Candidate

    for path in paths:
        if path.is_dir():
            for found in sorted(scan(Inbox(name="", path=path)), key=lambda c: c.path):
                yield Candidate(
                    inbox="", path=found.path, file=found.file, source="", stamp=found.stamp
                )
        elif (stamp := look(os.fspath(path))) is not None:
            yield Candidate(
                inbox="",
                path=escape(os.fspath(path)),
                file=os.fspath(path),
                source="",
                stamp=stamp,
            )
        else:
            refused.append(path)
            exists = os.path.lexists(path)
            complain(f"{path}: {'no regular file' if exists else 'there is no such file'}")


def _outcomes(candidates: Iterator["Candidate"], jobs: int) -> Iterator["Outcome"]:
    from tidende.clock import now
    from tidende.model.limits import Limits
    from tidende.service.processing import process

    limits = Limits(seed_bytes=SEED_BYTES)

    if jobs == 1:
        for candidate in candidates:
            yield process(candidate, limits=limits, now=now)
        return
    from multiprocessing.connection import wait

    from tidende import logs
    from tidende.service.strikes import Strikes
    from tidende.service.workers import WorkerPool

    logs.configure(level="error", form="auto")  # standard output is for articles
    pool = WorkerPool(count=jobs, limits=limits, strikes=Strikes(), now=now)
    try:
        pool.put(candidates)
        while len(pool):
            wait(pool.connections(), timeout=1.0)
            yield from pool.take()
    finally:
        pool.stop()


def _print(outcome: "Outcome") -> bool:
    """Print an outcome, and say whether anything in it was refused."""
    from tidende.emit.identity import ArticleKey, article_subject
    from tidende.service.outcome import PutBack

    candidate = outcome.candidate
    if isinstance(outcome, PutBack):
        complain(outcome.message)
        return True
    for article in outcome.articles:
        key = ArticleKey(
            inbox=None,
            path=candidate.path,
            sha256=outcome.sha256 or "",
            occurrence=0,
            ordinal=article.prepared.ordinal,
        )
        line = orjson.dumps(
            article.prepared.data(article_subject(key)), option=orjson.OPT_APPEND_NEWLINE
        )
        sys.stdout.buffer.write(line)
    for refusal in outcome.rejections:
        which = "" if refusal.ordinal is None else f" (article {refusal.ordinal})"
        complain(f"{candidate.path}{which}: {refusal.message} [{refusal.reason}]")
    return bool(outcome.rejections)
