"""What articles are to each other: copies, revisions, and look-alikes that tell something else."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from seeds import telegram
from tellings import Case, cases, telling, telling_of, texts
from tidende.dedup.verdict import decide, judge, verdict_of
from tidende.model.verdict import Change

_CASES = cases()


@pytest.mark.parametrize("case", _CASES, ids=[f"{case.known}-{case.new}" for case in _CASES])
def test_a_pair_is_what_a_reader_calls_it(case: Case) -> None:
    """Copies and revisions are known; look-alikes with other facts, and follow-ups, are new."""
    kind = judge(telling(case.new), telling(case.known)).kind
    if case.kind == "related":
        assert kind in {"duplicate", "revision"}
    else:
        assert kind == case.kind


@pytest.mark.parametrize("case", _CASES, ids=[f"{case.known}-{case.new}" for case in _CASES])
def test_what_is_unrelated_is_so_in_either_order(case: Case) -> None:
    """The order of arrival decides between copy and revision at most."""
    there = judge(telling(case.new), telling(case.known)).kind
    back = judge(telling(case.known), telling(case.new)).kind
    assert (there == "unrelated") == (back == "unrelated")


def test_articles_of_different_matters_are_unrelated() -> None:
    """None of these articles is taken for one about something else."""
    matters = {name: name.partition("/")[2].partition("-")[0] for name in texts()}
    for new, matter in matters.items():
        for known, other in matters.items():
            if other != matter:
                assert judge(telling(new), telling(known)).kind == "unrelated", (new, known)


def test_the_seeds_are_reports_of_their_own(shared: Path) -> None:
    """They tell of the same matter in two languages, each in its own words."""
    tellings = [telling_of(seed.read_text("utf-8")) for seed in (shared / "seeds").glob("*.txt")]
    kinds = {judge(one, other).kind for one, other in permutations(tellings, 2)}
    assert kinds == {"unrelated"}


def test_numbered_notes_are_different_notes() -> None:
    """A number for a number everywhere makes another note of the same kind."""
    one, other = (telling_of(telegram(number).decode()) for number in (10, 11))
    assert judge(one, other).kind == "unrelated"


def test_a_judgement_shows_each_signal_with_its_threshold() -> None:
    """Whoever doubts a decision sees what it rests on."""
    judgement = judge(telling("nb/rente-juni"), telling("nb/rente-mai"))
    failed = [signal for signal in judgement.signals if not signal.met]
    assert [signal.name for signal in failed] == ["facts-changed"]
    assert failed[0].value > failed[0].threshold
    assert judgement.reason == "the wording is alike, but the facts are others"


def test_of_several_candidates_the_one_that_says_the_same_decides() -> None:
    """A copy of the update is a copy, though it is a revision of the first report, too."""
    update = telling("da/faerge-opdateret")
    candidates = {"urn:1": telling("da/faerge"), "urn:2": update, "urn:3": telling("nb/brann")}
    verdict = decide(update, candidates)
    assert (verdict.verdict, verdict.of) == ("duplicate", "urn:2")


def test_a_verdict_tells_what_the_new_article_changed_of_the_known_one() -> None:
    """Not the other way about."""
    verdict = decide(telling("en/quake-update"), {"urn:1": telling("en/quake")})
    assert verdict.verdict == "revision"
    assert Change(kind="figure", before="12 people", after="57 people") in verdict.changes


def test_without_a_related_candidate_an_article_is_new() -> None:
    """A template with other facts is no reason to call an article known."""
    assert decide(telling("en/stocks-wed"), {}).verdict == "new"
    verdict = decide(telling("en/stocks-wed"), {"urn:1": telling("en/stocks-tue")})
    assert (verdict.verdict, verdict.of, verdict.evidence) == ("new", None, ())


def test_a_verdict_carries_its_evidence() -> None:
    """The event says in numbers and words what was found."""
    judgement = judge(telling("nb/brann-kort"), telling("nb/brann"))
    verdict = verdict_of(judgement, "urn:1")
    evidence = {each.signal: each.value for each in verdict.evidence}
    assert verdict.similarity == judgement.similarity < 1
    assert evidence["containment"] == 1.0
    assert evidence["order"] == "this one is the shorter, so likely cut"
    assert evidence["decision"] == "the same report, shortened"


def test_the_older_of_two_is_named_whichever_arrives_first() -> None:
    """The articles' own dates say which one is the original."""
    first = replace(telling("nn/ras"), published="2019-03-13T08:00+01:00", dated=True)
    second = replace(telling("nn/ras-oppdatert"), published="2019-03-13T14:30+01:00", dated=True)
    assert judge(first, second).order == "this one is the older"
    assert judge(second, first).order == "this one is the newer"


def test_without_dates_an_update_is_known_by_what_it_adds() -> None:
    """The first report may well arrive second."""
    first, update = telling("en/quake"), telling("en/quake-update")
    assert judge(update, first).order == "this one is the fuller, so likely the newer"
    assert judge(first, update).order == "this one is the shorter, so likely the older"
    assert judge(first, update).kind == "revision"


def test_a_crawl_header_does_not_say_which_one_is_older() -> None:
    """It tells when a copy was fetched, not when the report was written."""
    text = texts()["nn/ras"]
    early, late = telling_of(f" date 2019-03 {text}"), telling_of(f" date 2021-03 {text}")
    judgement = judge(early, late)
    assert (judgement.kind, judgement.order) == ("duplicate", None)


def test_an_event_of_an_older_version_can_be_compared() -> None:
    """Fields that it lacks are taken as unknown."""
    known = telling_of(texts()["nb/brann"])
    bare = replace(known, extraction={"blocks": known.extraction["blocks"]})
    assert judge(telling("nb/brann-annen-tittel"), bare).kind == "duplicate"


def test_articles_of_one_length_are_judged_the_same_both_ways() -> None:
    """One says twice what the other says once, and goes on otherwise."""
    both = "Tre personer er sendt til sykehus etter brannen i Mosvik natt til tirsdag."
    other = "Ruotsalo vant sprinten i Trysvangen lørdag foran Solheim og to andre finske løpere."
    once, twice = (telling_of(f"Nytt\n\n{both}\n\n{each}") for each in (other, both))
    assert len(once.words) == len(twice.words)
    kinds = {judge(once, twice).kind == "unrelated", judge(twice, once).kind == "unrelated"}
    assert len(kinds) == 1
