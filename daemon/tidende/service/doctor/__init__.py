"""The doctor: says what is wrong with a data directory, and mends what can be mended."""
