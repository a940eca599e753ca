"""Is it known? Fingerprints of an article's text, and the verdict that rests on them."""
