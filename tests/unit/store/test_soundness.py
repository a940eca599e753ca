"""The check of a ledger's file beside the work on it."""

from pathlib import Path

import pytest

from tidende.errors import StoreError
from tidende.store.ledger import Ledger
from tidende.store.soundness import SoundnessCheck


def test_a_sound_ledger_passes(ledger: Ledger) -> None:
    """The one who waits hears that it has ended."""
    check = SoundnessCheck(ledger.file)
    assert check.verify(None)
    check.stop()


def test_damage_is_told_with_the_file(ledger: Ledger) -> None:
    """And with the command that helps."""
    ledger.checkpoint()
    ledger.close()
    content = bytearray(ledger.file.read_bytes())
    content[len(content) // 2 :] = b"\xa5" * (len(content) - len(content) // 2)
    ledger.file.write_bytes(content)
    with pytest.raises(StoreError, match=r"ledger\.sqlite is damaged: .*'tidende doctor'"):
        SoundnessCheck(ledger.file).verify(None)


def test_a_file_that_cannot_be_opened_is_no_damage(tmp_path: Path) -> None:
    """Whoever opens it for work will say so."""
    assert SoundnessCheck(tmp_path / "none.sqlite").verify(None)


def test_a_check_can_be_given_up(ledger: Ledger) -> None:
    """Twice too."""
    check = SoundnessCheck(ledger.file)
    check.stop()
    check.stop()
    assert check.verify()
