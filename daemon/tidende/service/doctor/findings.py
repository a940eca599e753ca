"""What a diagnosis is made of."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `names` are the files or events that it is about."""

    severity: Severity
    about: str
    message: str
    names: tuple[str, ...] = ()


def listed(
    about: str, what: str, names: list[str], severity: Severity = "problem"
) -> list[Finding]:
    """Return one finding for all these names, none when there are none."""
    if not names:
        return []
    message = f"{len(names)} {what}"
    return [Finding(severity=severity, about=about, message=message, names=tuple(names))]
