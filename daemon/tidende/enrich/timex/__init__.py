"""Time expressions: what `dates` finds them by, and what they mean."""
