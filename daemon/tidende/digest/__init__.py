"""Digests: events of a window become stories, an edition, and the files that people read.

The way is `select -> summarise -> compose -> render -> deliver`; `due` says when. Only selecting
reads the ledger and only delivering writes; what lies between is pure.
"""
