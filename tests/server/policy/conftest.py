"""The shipped list, read once."""

import pytest

from server.config import CONFIGS
from server.policy import publication
from server.policy.exemptions import ExemptionList


@pytest.fixture(scope="session")
def shipped() -> ExemptionList:
    return publication.read_yaml(CONFIGS / "exemptions" / "tianning-draft.yaml", ExemptionList)
