"""A consumer's side of the queue directory: take events, acknowledge them, hand them back.

For programs of others, so it is light: of ours it imports next to nothing, and it needs no
settings. It does what docs/queue.md allows a consumer, and no more.

    with Queue("data/queue", consumer="indexer") as queue:
        for event in queue.follow():
            with event:
                index(event.data)
"""

from tidende.queue.claim import ClaimedEvent, LeaseLostError
from tidende.queue.consumer import Queue

__all__ = ["ClaimedEvent", "LeaseLostError", "Queue"]
