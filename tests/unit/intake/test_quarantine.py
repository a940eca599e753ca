"""The quarantine: refused seeds with their reasons, as files."""

from pathlib import Path
from typing import Any

import orjson
import pytest

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


def _names(quarantine: Quarantine) -> list[str]:
    return sorted(path.name for path in quarantine.path.iterdir())


def test_a_refused_seed_stands_with_its_reason_beside_it(
    quarantine: Quarantine, seed: Path
) -> None:
    """A person finds both, and the seed itself stays in its inbox."""
    quarantine.put(KEY, seed, "a.bin", WHY)
    assert _names(quarantine) == [f"{KEY}-a.bin", f"{KEY}-a.bin{REASON}"]
    assert (quarantine.path / f"{KEY}-a.bin").read_bytes() == b"\0\1\2"
    assert orjson.loads((quarantine.path / f"{KEY}-a.bin{REASON}").read_bytes()) == WHY
    assert seed.exists()


def test_putting_a_seed_in_again_changes_nothing_but_the_reason(
    quarantine: Quarantine, seed: Path
) -> None:
    """After a crash the same is done once more."""
    for attempts in (1, 1, 2):
        quarantine.put(KEY, seed, "a.bin", {**WHY, "attempts": attempts})
    assert len(_names(quarantine)) == 2
    said = orjson.loads((quarantine.path / f"{KEY}-a.bin{REASON}").read_bytes())
    assert said["attempts"] == 2


def test_a_copy_that_is_refused_again_stays_where_it_is(quarantine: Quarantine, seed: Path) -> None:
    """A retry reads the copy itself."""
    quarantine.put(KEY, seed, "a.bin", WHY)
    copy = quarantine.path / f"{KEY}-a.bin"
    inode = copy.stat().st_ino
    quarantine.put(KEY, copy, "a.bin", WHY)
    assert copy.read_bytes() == b"\0\1\2"
    assert copy.stat().st_ino == inode


@pytest.mark.parametrize("name", ["a.txt", "a.reason.json", "x.reason.json.reason.json", "[a]*?"])
def test_a_copy_is_found_by_its_key(quarantine: Quarantine, seed: Path, name: str) -> None:
    """Whatever the seed is called, and whoever else is there."""
    quarantine.put(KEY, seed, name, WHY)
    quarantine.put("f" * 16, seed, name, WHY)
    assert quarantine.find(KEY) == quarantine.path / f"{KEY}-{name}"


def test_what_is_not_there_is_not_found(quarantine: Quarantine, seed: Path) -> None:
    """Neither in a quarantine that isn't there, nor under another key."""
    assert quarantine.find(KEY) is None
    quarantine.put(KEY, seed, "a.bin", WHY)
    assert quarantine.find("f" * 16) is None


@pytest.mark.parametrize("name", ["gone.txt", "gone.reason.json"])
def test_a_seed_that_is_gone_leaves_its_reason(
    quarantine: Quarantine, tmp_path: Path, name: str
) -> None:
    """There is nothing to copy, and still something to tell."""
    quarantine.put(KEY, tmp_path / "gone", name, WHY)
    assert _names(quarantine) == [f"{KEY}-{name}{REASON}"]
    assert quarantine.find(KEY) is None


def test_a_link_is_not_followed(quarantine: Quarantine, seed: Path, tmp_path: Path) -> None:
    """What somebody put in a seed's place isn't copied."""
    (tmp_path / "link").symlink_to(seed)
    quarantine.put(KEY, tmp_path / "link", "link", WHY)
    assert quarantine.find(KEY) is None


def test_removing_takes_copy_and_reason(quarantine: Quarantine, seed: Path) -> None:
    """Only that seed's; and doing it again is no error."""
    quarantine.put(KEY, seed, "a.bin", WHY)
    quarantine.put("f" * 16, seed, "b.bin", WHY)
    quarantine.remove(KEY)
    quarantine.remove(KEY)
    assert _names(quarantine) == [f"{'f' * 16}-b.bin", f"{'f' * 16}-b.bin{REASON}"]


@pytest.mark.parametrize("name", ["a" * 250 + ".txt", "å" * 127, "あ" * 85])
def test_a_long_name_is_cut_between_letters(quarantine: Quarantine, seed: Path, name: str) -> None:
    """With key and ending it must fit into a file name; the reason knows the whole."""
    quarantine.put(KEY, seed, name, WHY)
    copy = quarantine.find(KEY)
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
        quarantine.put(KEY, seed, "a.bin", WHY)
