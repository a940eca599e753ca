"""The ledger's rejections: what stands in quarantine, and what stood there."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, insert, select, update

from tidende.store.among import among, these
from tidende.store.tables import rejections


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionRow:
    """One refusal of a seed, or of the article `ordinal` of it."""

    seed: int
    ordinal: int | None
    attempt: int
    stage: str
    reason: str
    message: str
    rejected: float
    key: str


def add(connection: Connection, rows: Sequence[RejectionRow]) -> None:
    """Record refusals; they stay open until the seed is tried again."""
    if rows:
        connection.execute(insert(rejections), [asdict(row) | {"settled": False} for row in rows])


def settle(connection: Connection, seed_ids: Iterable[int]) -> None:
    """Close the open refusals of seeds that were tried again."""
    statement = update(rejections).where(among(rejections.c.seed)).values(settled=True)
    connection.execute(statement, these(seed_ids))


def still_open(connection: Connection) -> list[RejectionRow]:
    """Return what stands in quarantine now, oldest first."""
    query = select(rejections).where(rejections.c.settled.is_(False)).order_by(rejections.c.id)
    return [
        RejectionRow(
            **{name: v for name, v in row._asdict().items() if name not in ("id", "settled")}
        )
        for row in connection.execute(query)
    ]


def open_keys(connection: Connection, seed_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return, for each of these seeds, the keys under which it stands in quarantine."""
    found: dict[int, list[str]] = {}
    query = select(rejections.c.seed, rejections.c.key).where(
        among(rejections.c.seed), rejections.c.settled.is_(False)
    )
    for seed, key in connection.execute(query, these(seed_ids)):
        found.setdefault(seed, []).append(key)
    return found


def count_open(connection: Connection) -> int:
    """Return how many refusals are open."""
    query = select(func.count()).where(rejections.c.settled.is_(False))
    return connection.execute(query).scalar_one()
