"""Who, where, what was said, which numbers, when: filled in by extraction."""
