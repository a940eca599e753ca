"""The values that pass between the stages: frozen, keyword-only, importing nothing of ours.

A document's way is `Candidate -> RawSeed -> Article -> Verdict -> Recorded -> Event`; any stage
up to the verdict may answer `Rejected` instead.
"""
