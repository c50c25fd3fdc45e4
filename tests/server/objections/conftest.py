"""The town of the cases' tests, and parties with links."""

from tests.server.cases.conftest import town

__all__ = ["town"]
