"""Seeds that ended a worker are remembered until they are decided, also in the ledger."""

from dataclasses import replace

from desk import FERRY, Desk
from tidende.intake.scanner import find
from tidende.model.seed import Candidate
from tidende.service.strikes import Strikes
from tidende.store import strikes


def _candidate(desk: Desk) -> Candidate:
    desk.drop("a", FERRY)
    found = find(desk.inbox, "a")
    assert found is not None
    return found


def test_strikes_are_counted_by_file_as_it_is(desk: Desk) -> None:
    """A file that was written anew begins anew."""
    found = _candidate(desk)
    counted = Strikes()
    assert (counted.add(found), counted.add(found)) == (1, 2)
    rewritten = replace(found, stamp=replace(found.stamp, ctime_ns=1))
    assert (counted.count(found), counted.count(rewritten)) == (2, 0)


def test_what_is_noted_is_kept_until_it_is_cleared(desk: Desk) -> None:
    """Only a clearing of something known is worth writing."""
    found = _candidate(desk)
    kept: list[int] = []
    counted = Strikes(keep=lambda _candidate, count: kept.append(count))
    counted.clear(found)
    counted.add(found)
    counted.clear(found)
    assert kept == [1, 0]
    assert counted.count(found) == 0


def test_the_ledger_gives_back_the_last_count_of_each_place(desk: Desk) -> None:
    """And nothing of what was decided."""
    found = _candidate(desk)
    with desk.ledger.write() as connection:
        strikes.put(connection, found, 1)
        strikes.put(connection, found, 2)
    with desk.ledger.read() as connection:
        assert strikes.counts(connection) == {(found.inbox, found.path, found.stamp): 2}
    with desk.ledger.write() as connection:
        strikes.put(connection, found, 0)
        assert strikes.counts(connection) == {}
