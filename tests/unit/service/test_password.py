"""The mail server's password, and what may stand in its file instead."""

from pathlib import Path

import pytest

from tidende.errors import ConfigError
from tidende.service.password import read_password


@pytest.mark.parametrize(
    "content", ["pass word", "pass word\n", "pass word\r\n\r\n", "\ufeffpass word"]
)
def test_the_one_line_is_the_password_whatever_an_editor_puts_around_it(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "password"
    file.write_bytes(content.encode())
    assert read_password(file) == "pass word"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\n", "it is empty"),
        (b" \t\r\n", "it is empty"),
        (b"# for the mail server\nhemmelig\n", "it holds several lines"),
        (b"\x00\xff\xfe", "it holds no text"),
    ],
    ids=["empty", "a line's end", "white space", "a comment", "no text"],
)
def test_a_file_that_holds_no_password_is_refused_without_being_shown(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=f"^{said}") as raised:
        read_password(file)
    assert "hemmelig" not in str(raised.value)


def test_a_directory_is_no_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Is a directory"):
        read_password(tmp_path)
