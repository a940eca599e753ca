"""An inbox: what is left alone, and how paths are printed."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tidende.intake.inbox import Inbox, escape, unescape
from tidende.settings import InboxSettings

STATUS = os.lstat(__file__)

file_names = st.binary(max_size=12).filter(lambda name: b"\0" not in name).map(os.fsdecode)


@pytest.fixture
def inbox() -> Inbox:
    """Return an inbox that ignores what the default settings do."""
    ignore = InboxSettings(name="wire", path=Path()).ignore
    return Inbox(name="wire", path=Path("/in"), ignore=ignore)


@pytest.mark.parametrize(
    "name", [".hidden", ".", "a.part", "a.txt.tmp", "b.crdownload", "a.txt~", "x.filepart"]
)
def test_what_is_hidden_or_not_yet_named_is_left_alone(inbox: Inbox, name: str) -> None:
    """Programs write under such names before they rename."""
    assert inbox.ignores(name)


@pytest.mark.parametrize("name", ["a.txt", "a.part.txt", "tmp", "~a", "PART", "a"])
def test_any_other_name_is_taken(inbox: Inbox, name: str) -> None:
    """A seed needs no ending."""
    assert not inbox.ignores(name)


def test_an_inbox_may_ignore_nothing_but_hidden_files() -> None:
    """Without patterns every visible file counts."""
    inbox = Inbox(name="wire", path=Path("/in"))
    assert not inbox.ignores("a.part")
    assert inbox.ignores(".a")


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("/in/a.txt", "a.txt"),
        ("/in/post/a.txt", "post/a.txt"),
        ("/in", None),
        ("/inside/a.txt", None),
        ("/elsewhere/a.txt", None),
        ("/in/.git/a.txt", None),
        ("/in/a.part/b.txt", None),
    ],
)
def test_a_path_is_below_the_inbox_and_in_no_ignored_folder(
    inbox: Inbox, file: str, path: str | None
) -> None:
    """What lies outside, or in a folder that is left alone, isn't the inbox's."""
    assert inbox.relative(file) == path


@pytest.mark.parametrize(
    ("source", "path", "said"),
    [
        (None, "post/a/b.txt", "post"),
        (None, "b.txt", "wire"),
        ("avisa", "post/b.txt", "avisa"),
        (None, "caf\udce9/b.txt", "caf\\xe9"),
    ],
)
def test_the_source_is_configured_or_the_first_folder_or_the_inbox(
    source: str | None, path: str, said: str
) -> None:
    """Who delivered a seed is known without opening it."""
    assert (
        Inbox(name="wire", path=Path("/in"), source=source).candidate(path, STATUS).source == said
    )


def test_a_candidate_has_a_path_to_print_and_a_file_to_open(inbox: Inbox) -> None:
    """An undecodable name can be opened all the same."""
    candidate = inbox.candidate("post/caf\udce9.txt", STATUS)
    assert (candidate.path, candidate.name) == ("post/caf\\xe9.txt", "caf\\xe9.txt")
    assert os.fsencode(candidate.file) == b"/in/post/caf\xe9.txt"


@pytest.mark.parametrize(
    ("path", "escaped"),
    [
        ("blåbær.txt", "blåbær.txt"),
        ("caf\udce9", "caf\\xe9"),
        ("a\\b", "a\\\\b"),
        ("a\\\udc80", "a\\\\\\x80"),
    ],
)
def test_a_path_that_is_utf_8_without_backslashes_stays_as_it_is(path: str, escaped: str) -> None:
    """Only what can't be printed, or could be mistaken for it, is escaped."""
    assert escape(path) == escaped


@given(file_names, file_names)
@example("\udce9", "\\xe9")
@example("\\\udce9", "\\\\xe9")
def test_no_two_paths_look_the_same(one: str, other: str) -> None:
    """Escaping is one to one: what is printed names one file."""
    assert (escape(one) == escape(other)) == (one == other)


@given(file_names)
def test_an_escaped_path_is_utf_8(path: str) -> None:
    """It can be stored, logged and sent."""
    assert escape(path).encode().decode() == escape(path)


@given(name=file_names)
@example(name="a\\b")
@example(name="a\\xff")
@example(name=os.fsdecode(b"a\xff\\"))
def test_unescaping_gives_the_system_s_path_back(name: str) -> None:
    """A refused seed is found again by the path that the ledger has."""
    assert unescape(escape(name)) == name
