"""What became of a seed, as the committer tells it to who asked."""

from dataclasses import dataclass

from tidende.model.seed import Rejected
from tidende.service.outcome import Processed
from tidende.store.articles import ArticleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of a seed; nothing in it means that it said nothing new."""

    processed: Processed
    attempt: int
    articles: tuple[ArticleRow, ...] = ()
    refusals: tuple[tuple[str, Rejected], ...] = ()
    """Each with its key, which names its files in the quarantine directory."""
    copy_key: str = ""
    """The key under which the seed itself stands there."""
    settled: tuple[str, ...] = ()
    """The keys of the seed's earlier refusals, which this decision takes the place of."""

    @property
    def decision(self) -> str:
        """The decision in a word: a verdict, quarantined, mixed, or known."""
        kinds = {article.verdict for article in self.articles}
        kinds |= {"quarantined" for _ in self.refusals}
        if not kinds:
            return "known"
        return kinds.pop() if len(kinds) == 1 else "mixed"
