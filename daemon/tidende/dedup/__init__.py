"""Is it known? Fingerprints and sketches of an article's text, and the verdict on its facts."""
