"""The language of a text, the four Nordic ones told apart."""

import pytest

from tidende.reading.language import identify

SENTENCES = [
    ("nb", "Regjeringen sier at de ikke vet hvor mange som ble skadet i går."),
    ("nn", "Regjeringa seier at dei ikkje veit kor mange som vart skadde i går."),
    ("da", "Regeringen siger, at de ikke ved, hvor mange der blev såret i går."),
    ("sv", "Regeringen säger att de inte vet hur många som skadades i går."),
    ("en", "The government says it does not know how many were injured yesterday."),
    ("de", "Die Regierung sagt, sie wisse nicht, wie viele gestern verletzt wurden."),
    ("fr", "Le gouvernement dit ne pas savoir combien de personnes ont été blessées hier."),
    ("fi", "Hallitus ei tiedä, kuinka moni ihminen loukkaantui eilen illalla."),
    ("ru", "Правительство не знает, сколько человек пострадало вчера вечером."),
]


@pytest.mark.parametrize(("tag", "sentence"), SENTENCES)
def test_a_sentence_is_enough(tag: str, sentence: str) -> None:
    found = identify(sentence)

    assert found is not None
    assert found.tag == tag
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("text", ["", "   ", "12:45", "–", "OK", "\ud800", "\0\0"])
def test_what_is_too_short_to_say_is_none(text: str) -> None:
    assert identify(text) is None
