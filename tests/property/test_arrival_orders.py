"""The stories depend on which articles there are, not on the order in which they came."""

from itertools import permutations
from pathlib import Path

from desk import Desk, Event
from tidende.service.outcome import Processed

STORIES = {
    frozenset({"000_5e9b237a02f9f038", "002_50c1175817fc8d7c"}),
    frozenset({"001_49f3f86cff41087d", "003_4ccd969ae60f1861", "004_e5bfca27061f7bd7"}),
}


def _processed(shared: Path, root: Path) -> list[Processed]:
    with Desk(root) as desk:
        for seed in sorted((shared / "seeds").iterdir()):
            desk.drop(seed.name, seed.read_bytes())
        return desk.read(desk.scan.run())


def _told(events: list[Event]) -> tuple[set[frozenset[str]], set[str | None]]:
    """Return the stories as consumers know them by all events in order, and their threads."""
    names: dict[str, str] = {}
    stories: dict[str, Event] = {}
    for event in events:
        if event["type"].startswith("tidende.article."):
            names[event["subject"]] = Path(event["data"]["provenance"]["name"]).stem
        stories[event["data"]["story"]["id"]] = event["data"]["story"]
    alive = [story for story in stories.values() if story["members"]]
    groups = {frozenset(names[subject] for subject in story["members"]) for story in alive}
    return groups, {story["thread"] for story in alive}


def test_the_seeds_are_two_stories_of_one_thread_in_every_order(
    shared: Path, tmp_path: Path
) -> None:
    """All 120 of them, each article in a transaction of its own, told by the events."""
    seeds = _processed(shared, tmp_path / "read")
    for number, order in enumerate(permutations(seeds)):
        with Desk(tmp_path / str(number)) as desk:
            for processed in order:
                desk.committer.commit([processed])
            stories, threads = _told(desk.events())
        assert stories == STORIES
        assert len(threads) == 1
        assert None not in threads
