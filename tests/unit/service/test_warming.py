"""Warming up: the first article of a language finds all that it takes."""

import os
import subprocess
import sys

import pytest

CODE = """
import re, sys
from desk import understood
from tidende.dedup.stories.evidence import gather, keys
from tidende.enrich.enrich import enrich
from tidende.service.warming import warm_up

article = understood(sys.argv[2])
tag = article.extraction.language and article.extraction.language.tag
assert (tag or "") == sys.argv[1], tag
warm_up(tag)
made = []
compile = re.compile
re.compile = lambda *given: made.append(given) or compile(*given)
keys(gather(enrich(article)))
print(len(made))
"""


NORWEGIAN = """Ferja sto i 2 timer

– Vi seiler igjen i morgen, sier skipper Ragna Holmvik (51) til Nesøya Blad.
Bilene som sto i kø på kaia 3. mai, kom over likevel.
"""
GERMAN = """Fähre lag zwei Stunden still

„Wir fahren morgen wieder“, sagte Kapitänin Ragna Holm (51) am Dienstag in Hamburg.
Rund 40 Autos standen am 3. Mai am Kai.
"""


@pytest.mark.parametrize(("tag", "text"), [("nb", NORWEGIAN), ("de", GERMAN)])
def test_after_it_an_article_waits_for_no_pattern(tag: str, text: str) -> None:
    """In a process of its own: here others may have made them."""
    command = [sys.executable, "-c", CODE, tag, text]
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=paths, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")
