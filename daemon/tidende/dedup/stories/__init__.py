"""Which articles tell of one event, and which events belong to one matter: stories and threads.

An article's clues are gathered once (`evidence`), two articles' clues are weighed (`weigh`), and
the articles that may belong together are parted into stories and threads (`partition`). All of it
is pure: what comes out depends on the articles alone, not on when they came.
"""
