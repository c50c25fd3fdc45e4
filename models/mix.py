"""Several trainings of one network, and the base weights they began from, averaged into one checkpoint.

Weights that were tuned on rendered pictures keep more of what the base knows of real ones when they are moved back
towards it: Wortsman et al., Robust fine-tuning of zero-shot models, 2022; of several trainings: Model soups, 2022.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROUNDING = 1e-6
"""How far shares may be from 1 in sum."""


def weighted(parts: Sequence[tuple[Mapping[str, Any], float]]) -> dict[str, Any]:
    """The weighted mean of weights, name by name.

    Raises ValueError when shares are not in 0..1 with the sum 1, or the weights are not of one network.
    """
    shares = [share for _, share in parts]
    if not parts or min(shares) < 0 or abs(sum(shares) - 1) > ROUNDING:
        raise ValueError(f"shares must be in 0..1 and add up to 1: {', '.join(f'{share:g}' for share in shares)}")
    first = parts[0][0]
    for weights, _ in parts:
        if unlike := sorted(
            name for name in first.keys() | weights.keys() if _shape(first, name) != _shape(weights, name)
        ):
            raise ValueError(
                f"not of one network: {unlike[0]} and {len(unlike) - 1} more differ in shape or are missing"
            )
    return {name: sum(weights[name] * share for weights, share in parts) for name in first}


def mix(checkpoints: Sequence[Path], shares: Sequence[float], base: Path | None, out: Path) -> None:
    """Writes a checkpoint of the running means of `checkpoints`, each by its share; the rest up to 1 is the base's.

    Raises ValueError when there is a rest and no base, and as `weighted` does.
    """
    import torch

    saved = [torch.load(file, weights_only=True, map_location="cpu") for file in checkpoints]
    parts = [(one["mean"], share) for one, share in zip(saved, shares, strict=True)]
    rest = 1 - sum(shares)
    if rest > ROUNDING:
        if base is None:
            raise ValueError(f"shares add up to {sum(shares):g}: name the base that gives the rest")
        parts.append((_start_of(saved[0], base), rest))
    kept = {"labels": saved[0]["labels"]} if "labels" in saved[0] else {}
    torch.save(kept | {"mean": weighted(parts)}, out)


def _start_of(checkpoint: Mapping[str, Any], base: Path) -> Mapping[str, Any]:
    """The weights that a training of the checkpoint's network begins from."""
    if "labels" in checkpoint:
        from models.yolox_base import load_base, with_own_classes

        return with_own_classes(load_base(base)).state_dict()
    from models.base_weights import load_base as load_segmenter
    from models.base_weights import with_own_head

    return with_own_head(load_segmenter(base)).state_dict()


def _shape(weights: Mapping[str, Any], name: str) -> tuple[int, ...] | None:
    return tuple(weights[name].shape) if name in weights else None
