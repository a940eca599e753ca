"""The quarantine: refused seeds with their reasons, as files."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from desk import sighted
from tidende.errors import StoreError
from tidende.intake.quarantine import NAME_BYTES, REASON, Quarantine

KEY = "0123456789abcdef"
WHY: dict[str, Any] = {"reason": "not-text", "attempts": 1}


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    """Return a quarantine that isn't there yet."""
    return Quarantine(tmp_path / "data" / "quarantine")


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """Return a seed that was refused."""
    seed = tmp_path / "a.bin"
    seed.write_bytes(b"\0\1\2")
    return seed


def _put(
    quarantine: Quarantine,
    seed: Path,
    name: str | None = None,
    key: str = KEY,
    why: dict[str, Any] = WHY,
) -> None:
    """Refuse a seed, under its own name or another."""
    candidate = sighted(seed, path=name or seed.name)
    quarantine.keep(key, candidate)
    quarantine.explain(key, candidate.name, why)


def _names(quarantine: Quarantine) -> list[str]:
    return sorted(path.name for path in quarantine.path.iterdir())


def test_a_refused_seed_stands_with_its_reason_beside_it(
    quarantine: Quarantine, seed: Path
) -> None:
    """A person finds both, and the seed itself stays in its inbox."""
    _put(quarantine, seed)
    assert _names(quarantine) == [f"{KEY}-a.bin", f"{KEY}-a.bin{REASON}"]
    assert (quarantine.path / f"{KEY}-a.bin").read_bytes() == b"\0\1\2"
    assert orjson.loads((quarantine.path / f"{KEY}-a.bin{REASON}").read_bytes()) == WHY
    assert seed.exists()


def test_putting_a_seed_in_again_changes_nothing_but_the_reason(
    quarantine: Quarantine, seed: Path
) -> None:
    """After a crash the same is done once more."""
    for attempts in (1, 1, 2):
        _put(quarantine, seed, why={**WHY, "attempts": attempts})
    assert len(_names(quarantine)) == 2
    said = orjson.loads((quarantine.path / f"{KEY}-a.bin{REASON}").read_bytes())
    assert said["attempts"] == 2


def test_a_copy_that_is_refused_again_stays_where_it_is(quarantine: Quarantine, seed: Path) -> None:
    """A retry reads the copy itself."""
    _put(quarantine, seed)
    copy = quarantine.path / f"{KEY}-a.bin"
    inode = copy.stat().st_ino
    _put(quarantine, copy, "a.bin")
    assert copy.read_bytes() == b"\0\1\2"
    assert copy.stat().st_ino == inode


@pytest.mark.parametrize("name", ["a.txt", "a.reason.json", "x.reason.json.reason.json", "[a]*?"])
def test_a_copy_is_found_by_its_key(quarantine: Quarantine, seed: Path, name: str) -> None:
    """Whatever the seed is called, and whoever else is there."""
    _put(quarantine, seed, name)
    _put(quarantine, seed, name, "f" * 16)
    assert quarantine.find(KEY, name) == quarantine.path / f"{KEY}-{name}"


def test_what_is_not_there_is_not_found(quarantine: Quarantine, seed: Path) -> None:
    """Neither in a quarantine that isn't there, nor under another key."""
    assert quarantine.find(KEY, "a.bin") is None
    _put(quarantine, seed)
    assert quarantine.find("f" * 16, "a.bin") is None


def test_a_seed_that_is_gone_leaves_its_reason(quarantine: Quarantine, seed: Path) -> None:
    """There is nothing to copy, and still something to tell."""
    candidate = sighted(seed)
    seed.unlink()
    quarantine.keep(KEY, candidate)
    quarantine.explain(KEY, candidate.name, WHY)
    assert _names(quarantine) == [f"{KEY}-a.bin{REASON}"]
    assert quarantine.find(KEY, "a.bin") is None


def test_a_seed_that_was_written_to_since_is_not_copied(quarantine: Quarantine, seed: Path) -> None:
    """The copy is of what was refused, or there is none."""
    candidate = sighted(seed)
    seed.write_bytes(b"something else")
    quarantine.keep(KEY, candidate)
    assert quarantine.find(KEY, "a.bin") is None


def test_a_link_is_not_followed(quarantine: Quarantine, seed: Path, tmp_path: Path) -> None:
    """What somebody put in a seed's place isn't copied."""
    (tmp_path / "link").symlink_to(seed)
    quarantine.keep(KEY, sighted(tmp_path / "link"))
    assert quarantine.find(KEY, "link") is None


def test_removing_takes_copy_and_reason(quarantine: Quarantine, seed: Path) -> None:
    """Only that seed's; and doing it again is no error."""
    _put(quarantine, seed)
    _put(quarantine, seed, "b.bin", "f" * 16)
    quarantine.remove(KEY, "a.bin")
    quarantine.remove(KEY, "a.bin")
    assert _names(quarantine) == [f"{'f' * 16}-b.bin", f"{'f' * 16}-b.bin{REASON}"]


@pytest.mark.parametrize("name", ["a" * 250 + ".txt", "å" * 127, "あ" * 85])
def test_a_long_name_is_cut_between_letters(quarantine: Quarantine, seed: Path, name: str) -> None:
    """With key and ending it must fit into a file name; the reason knows the whole."""
    _put(quarantine, seed, name)
    copy = quarantine.find(KEY, name)
    assert copy is not None
    kept = copy.name.removeprefix(f"{KEY}-")
    assert name.startswith(kept)
    assert NAME_BYTES - 3 < len(kept.encode()) <= NAME_BYTES


def test_a_quarantine_that_takes_nothing_is_an_error_of_the_store(
    quarantine: Quarantine, seed: Path, tmp_path: Path
) -> None:
    """Then the seed isn't recorded as refused either."""
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StoreError, match="quarantine"):
        _put(quarantine, seed)
