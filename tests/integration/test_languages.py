"""A language is a file: the program as it is, with one file more, knows one language more."""

import json
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import tidende
from program import run_tidende

# Neither language has a lexicon of ours; what has none is read with the words of all that do.
ARTICLES = {
    "is": """Forseti segir að veðrið sé gott

Forseti Íslands, Jón Sigurðsson, sagði í gær að veðrið hafi verið gott um allt land. Hann segir að
þetta hafi verið besta sumar í mörg ár og að ekki sé von á regni fyrr en 12. október.
""",
    "fi": """Sähköt katkesivat satamassa

Satamassa oli sähkökatko maanantaina 12. lokakuuta. Satamajohtaja Aino Virtanen kertoo, että vika
löytyi nopeasti, mutta 1 200 matkustajaa joutui odottamaan.
""",
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a folder with a copy of the package; a program that is started there is the copy."""
    package = tmp_path / "program" / "tidende"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(tidende.__file__).parent, package, ignore=ignored)
    return package


def test_a_lexicon_with_little_in_it_is_enough_to_read_news(program: Path, tmp_path: Path) -> None:
    """Its own, and what could be in any language."""
    nb = (program / "lexicon" / "nb.toml").read_text(encoding="utf-8")
    told = {**_emptied(tomllib.loads(nb)), "tag": "is", "name": "íslenska"}
    (program / "lexicon" / "is.toml").write_text(_toml(told), encoding="utf-8")
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run_tidende("parse", *(tmp_path / name for name in ARTICLES), cwd=program.parent)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["item"].get("language") for each in said] == ["is", "fi"]


def test_a_file_of_phrases_is_enough_to_write_digests(program: Path) -> None:
    """No setting and no template lists the languages."""
    phrases = (program / "digest" / "phrases" / "nb.toml").read_text(encoding="utf-8")
    told = {**tomllib.loads(phrases), "locale": "fi"}
    (program / "digest" / "phrases" / "fi.toml").write_text(_toml(told), encoding="utf-8")
    run_tidende("check-config", "--set", "digests.daily.language=fi", cwd=program.parent)


def _emptied(value: Any) -> Any:
    """Leave a lexicon its calendar and its switches, and take all other words away."""
    if isinstance(value, list):
        return []
    if not isinstance(value, dict):
        return value
    if all(isinstance(each, str | int | float) for each in value.values()):
        return {}
    return {key: each if key == "calendar" else _emptied(each) for key, each in value.items()}


def _toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """Write a table as TOML, which takes strings, numbers and lists of them as JSON has them."""
    plain = [f"{key} = {json.dumps(each)}" for key, each in _parted(table, tables=False)]
    inner = [_toml(each, (*path, key)) for key, each in _parted(table, tables=True)]
    return "\n".join([f"[{'.'.join(path)}]" if path else "", *plain, *inner])


def _parted(table: Mapping[str, Any], *, tables: bool) -> list[tuple[str, Any]]:
    return [(key, each) for key, each in table.items() if isinstance(each, dict) is tables]
