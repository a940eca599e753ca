"""The names in the queue directory."""

import pytest

from tidende.queue.layout import is_consumer, is_shard, parse_name

NUMBER = "00000000000000012345"


def test_an_events_file_tells_its_sequence_id_and_shard() -> None:
    name = parse_name(f"{NUMBER}-0a1b.json")
    assert name is not None
    assert (name.sequence, name.id, name.shard) == (12345, "0a1b", "0000000000000001")
    assert name.reason == f"{NUMBER}-0a1b.json.reason.json"


@pytest.mark.parametrize(
    "name",
    [
        f"{NUMBER}-0a1b.json.reason.json",
        f".{NUMBER}-0a1b.json",
        f"{NUMBER}-0a1b",
        f"{NUMBER}-.json",
        f"{NUMBER[1:]}-0a1b.json",
        f"{NUMBER}-0a1b.json\n",
        f"{NUMBER}-a/b.json",
        "notes.txt",
    ],
)
def test_any_other_name_is_no_event(name: str) -> None:
    assert parse_name(name) is None


@pytest.mark.parametrize("name", ["indexer", "a", "A.b_c-9", "x" * 64])
def test_a_name_for_a_consumer(name: str) -> None:
    assert is_consumer(name)


@pytest.mark.parametrize("name", ["", ".", "..", ".x", "a/b", "a b", "x" * 65, "å", "a\n"])
def test_no_name_for_a_consumer(name: str) -> None:
    assert not is_consumer(name)


def test_a_shard_has_sixteen_digits() -> None:
    assert is_shard("0" * 16)
    assert not is_shard("0" * 15)
    assert not is_shard("notes")
