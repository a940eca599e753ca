"""The verdict, with what it rests on."""

from tidende.dedup.verdict import Known, copy_of


def test_the_same_bytes_are_a_duplicate_that_says_so() -> None:
    """The evidence names the strongest signal."""
    verdict = copy_of(Known(subject="urn:x:1", same_bytes=True))
    assert (verdict.verdict, verdict.of, verdict.similarity) == ("duplicate", "urn:x:1", 1.0)
    assert [evidence.signal for evidence in verdict.evidence] == ["same-bytes"]


def test_the_same_text_in_other_bytes_is_a_duplicate_that_says_so() -> None:
    """A copy that was set differently is known by its text."""
    verdict = copy_of(Known(subject="urn:x:1", same_bytes=False))
    assert [evidence.signal for evidence in verdict.evidence] == ["same-text"]
