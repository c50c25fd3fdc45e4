"""The desk of the documents' tests."""

from tests.server.documents.conftest import desk, town

__all__ = ["desk", "town"]
