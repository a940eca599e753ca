"""Reads the mail server's password from its file: one line, and no empty one."""

from pathlib import Path

from tidende.errors import ConfigError


def read_password(file: Path) -> str:
    """Return the one line that a file holds; raises ConfigError for a file that holds another.

    Blanks in it belong to it. A file with more lines is another file, or one with a comment: what
    of it would be the password is a guess, and a wrong one can have the account locked.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError("it holds no text in UTF-8") from error
    line = text.rstrip("\r\n")
    if not line.strip():
        raise ConfigError("it is empty; expected a password in its one line")
    if "\n" in line or "\r" in line:
        raise ConfigError("it holds several lines; expected a password in one")
    return line
