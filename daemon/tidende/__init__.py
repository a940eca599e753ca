"""Tidende turns a directory of dropped news files into an event stream and digests."""

__version__ = "0.1.0"
