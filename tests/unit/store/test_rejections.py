"""The ledger's rejections: what stands in quarantine now."""

from collections.abc import Callable
from dataclasses import replace

from tidende.store import rejections, seeds
from tidende.store.ledger import Ledger
from tidende.store.rejections import RejectionRow
from tidende.store.seeds import SeedRow

FIRST = RejectionRow(
    seed=1,
    ordinal=None,
    attempt=1,
    stage="decode",
    reason="not-text",
    message="the seed holds NUL bytes",
    rejected=5.5,
    key="aa",
)
SECOND = replace(FIRST, seed=2, ordinal=3, key="bb")


def test_a_refusal_is_open_until_its_seed_is_tried_again(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """What a later attempt followed stands in quarantine no more."""
    with ledger.write() as connection:
        seeds.add(connection, [seed(1), seed(2)])
        rejections.add(connection, [FIRST, SECOND])
        assert rejections.still_open(connection) == [FIRST, SECOND]
        rejections.settle(connection, [1])
        assert rejections.still_open(connection) == [SECOND]
        assert rejections.count_open(connection) == 1


def test_a_seed_that_is_refused_again_is_open_once(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """The refusal of the last attempt is the one that counts."""
    again = replace(FIRST, attempt=2)
    with ledger.write() as connection:
        seeds.add(connection, [seed(1)])
        rejections.add(connection, [FIRST])
        rejections.settle(connection, [1])
        rejections.add(connection, [again])
        assert rejections.still_open(connection) == [again]


def test_no_refusals_are_no_error(ledger: Ledger) -> None:
    """An empty batch writes nothing."""
    with ledger.write() as connection:
        rejections.add(connection, [])
        rejections.settle(connection, [])
        assert rejections.count_open(connection) == 0
