"""The town of the case tests."""

from tests.server.cases.conftest import town

__all__ = ["town"]
