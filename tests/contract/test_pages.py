"""The pages name what there is: modules, functions, other pages."""

import re
from pathlib import Path

import pytest


def test_modules_and_functions_of_the_walk_exist(root: Path) -> None:
    """`service/worker.py: serve`, or `render.py` alone where its package is clear."""
    package = root / "daemon" / "tidende"
    named = re.findall(r"`([\w/]+\.py)(?:: (\w+))?`", (root / "ARCHITECTURE.md").read_text())
    assert len(named) > 50
    for file, function in named:
        found = [each for each in package.rglob("*.py") if f"/{each}".endswith(f"/{file}")]
        assert found, file
        if function:
            defined = re.compile(rf"\b(?:def|class) {function}\b")
            assert any(defined.search(each.read_text()) for each in found), f"{file}: {function}"


@pytest.mark.parametrize("folder", ["", "docs", "docs/decisions"])
def test_links_lead_somewhere(root: Path, folder: str) -> None:
    """Within the repository; a heading by its words in lower case."""
    for page in (root / folder).glob("*.md"):
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
            file, _, heading = target.partition("#")
            if "://" in target:
                continue
            other = page.parent / file if file else page
            assert other.exists(), f"{page}: {target}"
            if heading:
                headings = re.findall(r"^#+ (.+)$", other.read_text(), re.MULTILINE)
                slugs = {
                    re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings
                }
                assert heading in slugs, f"{page}: {target}"
