"""What comes in: which files there are, which are complete, and their bytes.

The scanner is the truth; the watcher only wakes it early. A sighted file becomes a candidate when
the settle gate lets it through.
"""
