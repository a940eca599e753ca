"""Alembic's migrations of the ledger, forward only."""
