"""Seeds that the tests drop, in our own words, and the ways to drop them."""

from pathlib import Path

BINARY = "brev.bin"
"""The sample that is no text."""


def telegram(number: int) -> bytes:
    """Return a short telegram of our own, different for each number."""
    return (
        f"Kamp {number} ble avlyst\n\n"
        f"Kampen mellom Sørvågen {number} og Kvitsund ble avlyst {number} minutter før start.\n\n"
        f"– Vi spiller den en annen dag, sier trener nummer {number}.\n\n(NTB)\n"
    ).encode()


def drop(directory: Path, name: str, content: bytes, inbox: Path) -> Path:
    """Write a file outside the inbox, and move it in; complete from the first moment."""
    outside = directory / f"outside-{name}"
    outside.write_bytes(content)
    return outside.rename(inbox / name)


def fill(folder: Path, count: int) -> Path:
    """Make a folder with so many telegrams in it."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:04d}.txt").write_bytes(telegram(number))
    return folder
