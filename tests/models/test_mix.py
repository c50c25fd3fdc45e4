"""Averages of weights: by their shares, of one network only."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from models.cli import models_app
from models.mix import weighted


def weights(value: float, *, wide: int = 3, extra: bool = False) -> dict[str, np.ndarray]:
    told = {"stem.weight": np.full((2, wide), value), "stem.bias": np.full(2, -value)}
    return told | ({"more": np.zeros(1)} if extra else {})


@given(st.floats(0, 1), st.floats(-5, 5), st.floats(-5, 5))
def test_each_weight_lies_between_by_its_share(share: float, one: float, other: float) -> None:
    mean = weighted([(weights(one), share), (weights(other), 1 - share)])
    np.testing.assert_allclose(mean["stem.weight"], share * one + (1 - share) * other, atol=1e-9)
    np.testing.assert_allclose(mean["stem.bias"], -mean["stem.weight"][0, 0])


@pytest.mark.parametrize("shares", [(0.5, 0.4), (1.2, -0.2), (0.7, 0.7)])
def test_shares_must_add_up(shares: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        weighted([(weights(1), shares[0]), (weights(2), shares[1])])


@pytest.mark.parametrize("other", [weights(1, wide=4), weights(1, extra=True)])
def test_another_network_is_refused_by_the_weight_that_differs(other: dict[str, np.ndarray]) -> None:
    with pytest.raises(ValueError, match=r"stem\.weight|more"):
        weighted([(weights(1), 0.5), (other, 0.5)])


def test_the_command_wants_a_share_for_each(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        models_app, ["mix", "--checkpoint", "a.pt", "--share", "0.5", "--share", "0.5", "--out", "x"]
    )
    assert told.exit_code == 2
    assert "1 checkpoints, 2 shares" in told.output
