"""What leaves: the envelope around an event, and the queue directory that carries it."""
