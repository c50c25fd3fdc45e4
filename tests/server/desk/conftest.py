"""The town of the cases' tests."""

from tests.server.cases.conftest import town

__all__ = ["town"]
