"""The rules on measured values, with the values that were measured of real pairs.

What a threshold parts stands on its two sides here; in between it may move.
"""

from dataclasses import replace
from typing import Any

import pytest

from tidende.dedup.measures import Measures
from tidende.dedup.rules import Kind, rule

COPY = Measures(
    containment=1.0,
    aligned=1.0,
    longer_aligned=1.0,
    facts_changed=0.0,
    changes=0,
    lead=True,
    least=200,
    stated=20,
    headlines=1.0,
    added=0,
    removed=0,
    added_words=0,
    renamed=False,
    renamed_first=False,
    other_date=False,
    other_language=False,
)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"containment": 0.46}, "duplicate"),
        ({"containment": 0.41}, "unrelated"),
        ({"containment": 0.9, "other_language": True}, "duplicate"),
        ({"containment": 0.6, "other_language": True}, "unrelated"),
        ({"aligned": 0.6}, "duplicate"),
        ({"aligned": 0.4}, "unrelated"),
        ({"aligned": 0.87, "lead": False}, "duplicate"),
        ({"aligned": 0.6, "lead": False}, "unrelated"),
        ({"longer_aligned": 0.3}, "duplicate"),
        ({"longer_aligned": 0.8, "lead": False}, "duplicate"),
        ({"longer_aligned": 0.46, "lead": False}, "unrelated"),
    ],
)
def test_one_report_shares_enough_of_its_text(given: dict[str, Any], kind: Kind) -> None:
    """More where it begins otherwise, or in another language."""
    assert rule(replace(COPY, **given)).kind == kind


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"least": 40, "aligned": 0.8}, "duplicate"),
        ({"least": 39, "aligned": 0.9}, "duplicate"),
        ({"least": 39, "aligned": 0.8}, "unrelated"),
        ({"least": 39, "stated": 1, "headlines": 0.5}, "duplicate"),
        ({"least": 39, "stated": 1, "headlines": 0.3}, "unrelated"),
        ({"least": 39, "stated": 2, "headlines": 0.0}, "duplicate"),
        ({"least": 40, "stated": 1, "headlines": 0.0}, "duplicate"),
    ],
)
def test_a_short_text_must_show_more(given: dict[str, Any], kind: Kind) -> None:
    """Nearly all of it has a counterpart; where it states nothing, the headline is alike."""
    assert rule(replace(COPY, **given)).kind == kind


@pytest.mark.parametrize(
    ("given", "most", "too_many"),
    [
        ({"renamed": True}, 0.2, 0.38),
        ({}, 0.31, 0.4),
        ({"added": 1}, 0.43, 0.6),
        ({"added": 1, "removed": 1}, 0.31, 0.43),
        ({"other_date": True}, 0.15, 0.24),
        ({"other_date": True, "added": 1}, 0.15, 0.24),
        ({"renamed_first": True, "changes": 2, "added": 1}, 0.15, 0.24),
        ({"renamed_first": True, "containment": 0.85}, 0.24, 0.4),
        ({"renamed_first": True, "containment": 0.72, "added": 1}, 0.15, 0.24),
        ({"changes": 2, "containment": 0.89}, 0.15, 0.24),
        ({"changes": 2, "containment": 0.95}, 0.24, 0.4),
        ({"changes": 2, "containment": 0.89, "added": 1}, 0.43, 0.6),
        ({"changes": 2, "containment": 0.89, "removed": 1}, 0.43, 0.6),
        ({"containment": 0.76}, 0.03, 0.12),
        ({"containment": 0.76, "added": 1, "removed": 1}, 0.03, 0.12),
        ({"containment": 0.72, "added": 1}, 0.43, 0.6),
        ({"containment": 0.6, "added": 1}, 0.03, 0.12),
    ],
)
def test_a_revision_keeps_most_of_its_facts(
    given: dict[str, Any], most: float, too_many: float
) -> None:
    """How many may be others depends on what else is: a form filled in anew is no update."""
    changed = replace(COPY, **{"changes": 1, **given})
    kinds = [rule(replace(changed, facts_changed=share)).kind for share in (most, too_many)]
    assert kinds == ["revision", "unrelated"]


@pytest.mark.parametrize(
    ("given", "kind", "reason"),
    [
        ({}, "duplicate", "the same report with the same facts"),
        ({"removed": 1}, "duplicate", "the same report, shortened"),
        ({"added_words": 7}, "duplicate", "the same report with the same facts"),
        ({"added_words": 8}, "revision", "the same report with added sentences"),
        ({"added": 1}, "revision", "the same report with added paragraphs"),
        ({"changes": 1}, "revision", "the same report with changed facts"),
        (
            {"changes": 1, "added": 1, "added_words": 20},
            "revision",
            "the same report with changed facts and added paragraphs",
        ),
    ],
)
def test_what_is_new_in_it_makes_a_report_a_revision(
    given: dict[str, Any], kind: Kind, reason: str
) -> None:
    """And the reason says what that is."""
    ruling = rule(replace(COPY, **given))
    assert (ruling.kind, ruling.reason) == (kind, reason)
