"""The queue beside what the ledger says of it."""

import pytest

from desk import FERRY, Desk
from tidende.service.doctor.events_and_files import Amiss, check_events


def _check(desk: Desk) -> Amiss:
    return check_events(desk.ledger, desk.data, lambda _more, _total: None)


def test_only_what_is_in_tmp_waits_to_be_published(desk: Desk) -> None:
    """The ledger notes of a batch that it is out with the next; until then nothing is amiss."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    assert _check(desk).unpublished == 0
    [file] = (desk.data.queue / "ready").glob("*/*.json")
    file.rename(desk.data.queue / "tmp" / file.name)
    assert _check(desk).unpublished == 1


def test_what_lies_where_nobody_may_look_is_not_missing(desk: Desk) -> None:
    """A repair that took it for missing would publish it twice."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    claimed = desk.data.queue / "claimed"
    claimed.rmdir()
    claimed.write_text("")  # can't be listed, also by root
    with pytest.raises(NotADirectoryError):
        _check(desk)
