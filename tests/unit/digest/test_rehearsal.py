"""A user's templates are tried before an edition is made with them."""

from pathlib import Path

import pytest

import tidende.digest
from tidende.digest.rehearsal import rehearse
from tidende.digest.render import TEMPLATES
from tidende.errors import ConfigError


def test_what_may_be_replaced_is_all_that_an_edition_is_made_of() -> None:
    """The index has a page of its own, made for no edition."""
    shipped = Path(tidende.digest.__file__).parent / "templates"
    assert {file.name for file in shipped.iterdir()} - {"index.html.j2"} == TEMPLATES


def test_our_own_templates_can_be_copied_and_used(tmp_path: Path) -> None:
    shipped = Path(tidende.digest.__file__).parent / "templates"
    for name in TEMPLATES:
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    rehearse(tmp_path)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("\n{% if %}", "line 2: Expected an expression"),
        ("\n\n{{ edition.nothing }}", "line 3: .* no attribute 'nothing'"),
        ("{{ 1 / 0 }}", "line 1: division by zero"),
        ("{% include 'mine.j2' %}", "line 1: there is no template mine.j2"),
        ("{{ edition.stories[0].id }}", "line 1: tuple object has no element 0"),
        ("{% for s in edition.stories %}{{ s.quotes[0].role.upper() }}{% endfor %}", "line 1: "),
        (b"\xff", "'utf-8' codec can't decode"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, source: str | bytes, said: str
) -> None:
    file = tmp_path / "edition.md.j2"
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    with pytest.raises(ConfigError, match=f"{file}.*{said}"):
        rehearse(tmp_path)


def test_a_part_that_no_form_uses_yet_is_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / "edition.md.j2").write_text("fine", encoding="utf-8")
    (tmp_path / "part.j2").write_text("{% endif %}", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"part\.j2, line 1"):
        rehearse(tmp_path)


def test_a_folder_that_replaces_nothing_is_refused(tmp_path: Path) -> None:
    """A name was misspelled."""
    (tmp_path / "edition.markdown.j2").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"it has none of .*edition\.md\.j2"):
        rehearse(tmp_path)
