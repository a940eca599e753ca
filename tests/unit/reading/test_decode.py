"""Bytes to text: which encoding, on what evidence, and what was repaired."""

import pytest

from tidende.errors import SeedError
from tidende.reading.decode import decode

_TEXT = (
    "Ærlig talt: på Østlandet får åtte av ti blåbær, sier fru Sørli. "
    "– Vi fant «store mengder» i går, la hun til. Nå håper både små og store på mer. "
)
_RUSSIAN = "Президент заявил во вторник, что переговоры будут продолжены на следующей неделе. " * 3
_POLISH = "Prezydent powiedział we wtorek, że rozmowy będą kontynuowane w przyszłym tygodniu. " * 3


@pytest.mark.parametrize(
    ("encoding", "evidence"),
    [
        ("utf-8", "strict"),
        ("utf-8-sig", "byte order mark"),
        ("utf-16", "byte order mark"),
        ("utf-32", "byte order mark"),
        ("utf-16-le", "shape"),
        ("utf-16-be", "shape"),
        ("utf-32-le", "shape"),
        ("utf-32-be", "shape"),
        ("cp1252", "not UTF-8 at byte 0"),
        ("mac_roman", "letters"),
        ("cp865", "letters"),
    ],
)
def test_each_encoding_gives_the_text_and_its_evidence(encoding: str, evidence: str) -> None:
    text = _TEXT if encoding != "cp865" else _TEXT.replace("–", "-").replace("»", "«")
    found = decode(text.encode(encoding))

    assert (found.text, found.evidence, found.repairs) == (text, evidence, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(_RUSSIAN, "iso8859-5"), (_RUSSIAN, "cp1251"), (_RUSSIAN, "koi8-r"), (_POLISH, "cp1250")],
)
def test_the_detector_is_asked_where_cp1252_is_implausible(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))

    assert (found.text, found.evidence) == (text, "detected")


def test_a_stray_byte_does_not_make_a_text_cp1252() -> None:
    content = _TEXT.encode().replace("håper".encode(), b"h\xe5per")

    found = decode(content)

    assert (found.text, found.encoding, found.repairs) == (_TEXT, "utf-8", ("stray-bytes",))


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac_roman"])
def test_mojibake_is_repaired_and_said(wrong: str) -> None:
    found = decode(_TEXT.encode().decode(wrong).encode())

    assert (found.text, found.repairs) == (_TEXT, ("mojibake",))


def test_former_quotation_marks_are_repaired() -> None:
    found = decode("Han sa \x93ja\x94 til alt.".encode())

    assert (found.text, found.repairs) == ("Han sa “ja” til alt.", ("mojibake",))


@pytest.mark.parametrize(
    "text",
    [
        "Feilen «Ã¸» viser seg når ø leses i feil koding, skriver Åse.",
        "SÃO PAULO: JOÃO VAI À PRAÇA",
        "«KAFÉ» og «BLÅ» er to “steder” i Ålesund",
        "Prisen er 5 €/kg – 20 °C … ½ liter",
        "ŁÓDŹ Å“ ÄÖÜ",
        "Ⅷ ﬁn ½ ﬀ",
    ],
)
def test_correct_text_is_left_alone(text: str) -> None:
    found = decode(text.encode())

    assert (found.text, found.repairs) == (text, ())


@pytest.mark.parametrize(
    "content",
    [
        b"\0",
        b"tekst\0mer tekst",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 4,
        b"\x01\x02\x03\x04" * 20,
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(SeedError) as refused:
        decode(content)

    assert refused.value.reason == "not-text"


@pytest.mark.parametrize("declared", ["utf-16", "hex", "zlib", "no-such", "", "rot13", "idna"])
def test_a_false_declaration_is_not_believed(declared: str) -> None:
    assert decode(_TEXT.encode("cp1252"), declared).text == _TEXT


def test_a_declared_encoding_is_believed_where_the_bytes_allow() -> None:
    found = decode(_POLISH.encode("iso8859-2"), "ISO-8859-2")

    assert (found.text, found.evidence) == (_POLISH, "declared")
