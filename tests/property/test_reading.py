"""What must hold of a seed's reading for any bytes, and for damaged documents of every form."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import every_form, read
from mutation import mutate
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Rejected

_FORMS = every_form()
_NAMES = sorted({name for name, _ in _FORMS.values()})
_SMALL = Limits(unpacked_bytes=1 << 20, members=50, articles=100)
_OPENINGS = [
    b"",
    b"{",
    b"[",
    b"<",
    b"<?xml ",
    b"---\n",
    b"From: a\nTo: b\nDate: c\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh91AY&SY",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
]


def _holds(content: bytes, name: str) -> None:
    """Check the promises of reading: one decision an article, and nothing of its text lost."""
    found = read(content, name, _SMALL)
    assert found
    ordinals = [each.ordinal for each in found]
    assert ordinals == list(range(len(found))) or ordinals == [None]
    for each in found:
        if isinstance(each, Rejected):
            assert each.reason
            assert each.reason != "unexpected", each.message
            each.message.encode()
        else:
            _holds_article(each)


def _holds_article(found: Article) -> None:
    found.text.encode()
    assert found.text.strip()
    at = 0
    for block in found.extraction.blocks:
        assert at <= block.start < block.end <= len(found.text)
        assert not found.text[at : block.start].strip()
        at = block.end
    assert not found.text[at:].strip()


@given(st.binary(max_size=400), st.sampled_from(_OPENINGS), st.sampled_from(_NAMES))
def test_any_bytes_end_in_articles_or_reasons(content: bytes, opening: bytes, name: str) -> None:
    _holds(opening + content, name)


@given(st.text(max_size=400), st.sampled_from(_NAMES))
def test_any_text_ends_in_articles_or_reasons(content: str, name: str) -> None:
    _holds(content.encode("utf-8", "surrogatepass"), name)


@pytest.mark.parametrize("form", _FORMS)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_damaged_documents_end_in_articles_or_reasons(form: str, seed: int) -> None:
    name, content = _FORMS[form]

    _holds(mutate(content, random.Random(seed)), name)  # repeatable, not secret
