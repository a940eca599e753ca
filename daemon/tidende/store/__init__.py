"""The ledger: everything that was decided, and every event until its retention ends.

Functions here take a SQLAlchemy connection, and so take part in the caller's transaction.
"""
