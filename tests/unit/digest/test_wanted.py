"""A digest with a filter: what it left out wasn't told by it; what it follows isn't missed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import FERRY, Desk
from tidende.settings import DigestSettings, FilterSettings

MORE = FERRY.replace("Rundt 40 biler", "Rundt 60 biler")


class Reader:
    """A reader of one digest, who follows one newspaper."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._digests = desk.digests_of(
            one=DigestSettings(
                only=FilterSettings(sources=("bladet",)), language="nb", quiet="send"
            )
        )

    def take(self, *paths: str, text: str = FERRY) -> None:
        for path in paths:
            self.desk.drop(path, text)
            self.desk.take_all()

    def reads(self) -> str:
        """Return the next edition's page, empty where none was made."""
        self.desk.clock.pass_by(24 * 60 * 60)
        made = self._digests.make("one")
        return self._digests.files(made[0])[0].read_text(encoding="utf-8") if made else ""


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Desk(tmp_path) as desk:
        yield Reader(desk)


def test_a_wanted_copy_of_an_article_from_elsewhere_is_an_article(reader: Reader) -> None:
    reader.take("byraet/a.txt", "bladet/a.txt", "annet/a.txt")
    page = reader.reads()
    assert "Ferja innstilt" in page
    assert "vinden løyer" in page


def test_a_second_wanted_copy_is_a_copy(reader: Reader) -> None:
    reader.take("byraet/a.txt", "bladet/a.txt", "bladet/b.txt")
    assert "Ferja innstilt" in reader.reads()
    reader.take("bladet/c.txt")
    page = reader.reads()
    assert "vinden løyer" not in page


def test_what_a_filter_left_out_is_news_when_a_wanted_article_tells_it(reader: Reader) -> None:
    reader.take("byraet/a.txt")
    assert "Ferja" not in reader.reads()
    reader.take("bladet/b.txt", text=MORE)
    page = reader.reads()
    assert "vinden løyer" in page
    assert "**Ny**" in page


def test_what_a_wanted_article_told_is_not_told_again(reader: Reader) -> None:
    reader.take("bladet/a.txt")
    assert "vinden løyer" in reader.reads()
    reader.take("bladet/b.txt", text=MORE)
    page = reader.reads()
    assert "vinden løyer" not in page
    assert "biler: 40 → 60" in page
