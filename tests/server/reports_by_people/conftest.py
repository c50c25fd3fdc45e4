"""The town of the cases' tests, with a frontage on the ground."""

from tests.server.cases.conftest import town

__all__ = ["town"]
