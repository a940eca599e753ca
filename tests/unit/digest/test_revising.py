"""What several revisions changed, taken together."""

from tidende.digest.revising import combine
from tidende.model.edition import DigestChange


def _change(
    before: str | None, after: str | None, kind: str = "figure", unit: str | None = "omkomne"
) -> DigestChange:
    return DigestChange(kind=kind, before=before, after=after, unit=unit, language="nb")


def test_a_figure_that_moved_twice_moved_once_from_first_to_last() -> None:
    assert combine([_change("3", "5"), _change("5", "7")]) == (_change("3", "7"),)


def test_what_came_and_went_is_not_told() -> None:
    person = [_change(None, "Ola By", "person", None), _change("Ola By", None, "person", None)]
    assert combine(person) == ()


def test_figures_of_other_things_stay_apart() -> None:
    changes = [_change("3", "5"), _change("5", "9", unit="skadde")]
    assert combine(changes) == tuple(changes)


def test_facts_come_before_passages_and_unknown_kinds_last() -> None:
    changes = [
        _change(None, "x", "weather", None),
        _change(None, "Et avsnitt.", "paragraph", None),
        _change("3", "5"),
    ]
    assert [one.kind for one in combine(changes)] == ["figure", "paragraph", "weather"]
