"""One module a format, behind one registry: what a seed's bytes are, told by content, then name.

A reader is a pure function. It yields `Document`s, further `Source`s that lie within its own (a
file in an archive, an attachment) and are recognised anew, and `Rejected`s; `registry.recognise`
chooses it. Libraries that cost to import are imported by the format that needs them, when it does.
"""
