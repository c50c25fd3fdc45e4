"""Alembic migrations, from the first table on. Run them with `shouwei server migrate`."""
