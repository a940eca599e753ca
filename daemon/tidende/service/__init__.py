"""The daemon: the stages put together, watched over and kept going.

`wiring` names the concrete parts; everything else here takes what it needs as arguments.
"""
