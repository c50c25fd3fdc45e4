"""Fine-tuning of the object detector on rendered scenes with boxes, real pictures mixed in. Resumable.

The backbone knows real pictures and stays as it is; neck and head learn the new classes. Real pictures keep persons,
vehicles and machinery as they look in the world. As the backbone stays, its features of a batch are kept for a while
and learned from again: that costs half of a fresh batch.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import copy
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from models.detect_augment import Sample, mosaic, relit, window
from models.detect_data import Scene, real_scenes, rendered_scenes, split, wanted_often
from models.detect_labels import LABELS
from models.detect_loss import Wanted, detection_loss
from models.detect_scores import VEHICLES_IN_ONE, means, scores_of
from models.detect_torch import TorchDetector
from models.yolox import YoloxNano, grid
from models.yolox_base import load_base, with_own_classes

NOT_LABELLED_ON_SITES = ("crate", "sack", "rack", "tarpaulin", "net", "soil_heap", "bin_bag")
"""What stands on real sites without a box: there the network is not told that it is wrong."""

Levels = tuple[Tensor, Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class DetectorPlan:
    """One run: pictures, length and step sizes.

    Windows of `size` (height, width) show parts of pictures at `zoom` times what would fit all of it in: at 4/3 and
    (224, 384) things are as large as in service, where the long side is 512, and a step costs a little over half.
    """

    base: Path
    pictures: tuple[Path, ...]
    real_pictures: Path
    real_boxes: Path
    out: Path
    steps: int = 3000
    batch: int = 8
    real_in_batch: int = 2
    size: tuple[int, int] = (224, 384)
    zoom: tuple[float, float] = (1.0, 2.6)
    rate: float = 6e-4
    replays: int = 2
    kept_batches: int = 120
    head_only: bool = False
    mosaics: float = 0.4
    seed: int = 11
    check_every: int = 250
    save_every: int = 25
    check_pictures: int = 60
    threads: int = 1


class Samples:
    """Augmented batches made ahead by one thread; looks for newly rendered pictures between passes."""

    def __init__(self, plan: DetectorPlan, first_step: int) -> None:
        self._plan, self._rng = plan, np.random.default_rng(plan.seed + first_step)
        self._ready: queue.Queue[list[Sample]] = queue.Queue(maxsize=4)
        threading.Thread(target=self._fill, daemon=True).start()

    def _scenes(self) -> Iterator[Scene]:
        while True:
            learn, _ = split(rendered_scenes(self._plan.pictures))
            drawn = self._rng.choice(len(learn), len(learn), p=wanted_often(learn))
            yield from (learn[int(place)] for place in drawn)

    def _fill(self) -> None:
        plan, scenes = self._plan, self._scenes()
        real = real_scenes(plan.real_boxes, plan.real_pictures, ["train"])
        while True:
            batch: list[Sample] = []
            for place in range(plan.batch):
                if place < plan.real_in_batch and real:
                    sample = window(real[int(self._rng.integers(len(real)))], plan.size, self._rng, (1.0, 3.2))
                elif self._rng.random() < plan.mosaics:
                    sample = mosaic([next(scenes) for _ in range(4)], plan.size, self._rng)
                else:
                    sample = window(next(scenes), plan.size, self._rng, plan.zoom)
                batch.append(relit(sample, self._rng))
            self._ready.put(batch)

    def next(self) -> tuple[Tensor, list[Wanted]]:
        """Pictures [N,3,H,W] (BGR 0..255) and what they should give."""
        batch = self._ready.get()
        pictures = torch.stack([torch.from_numpy(one.picture).permute(2, 0, 1).float() for one in batch])
        return pictures.contiguous(memory_format=torch.channels_last), [_wanted(one) for one in batch]


class Features:
    """Features of what does not learn: of a fresh batch, then `replays` times of one of the last `kept_batches`."""

    def __init__(self, plan: DetectorPlan, first_step: int, net: YoloxNano) -> None:
        self._samples, self._net, self._plan = Samples(plan, first_step), net, plan
        self._rng = np.random.default_rng(plan.seed + 1 + first_step)
        self._kept: list[tuple[Levels, list[Wanted]]] = []
        self._turn = 0

    def next(self) -> tuple[Levels, list[Wanted]]:
        """Features at strides 8, 16 and 32 (bfloat16) and what they should give."""
        self._turn += 1
        if self._kept and self._turn % (self._plan.replays + 1):
            return self._kept[int(self._rng.integers(len(self._kept)))]
        pictures, wanted = self._samples.next()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            levels = self._net.backbone(pictures)
            fresh: tuple[Levels, list[Wanted]] = (self._net.neck(*levels) if self._plan.head_only else levels, wanted)
        self._kept = [*self._kept[-self._plan.kept_batches + 1 :], fresh]
        return fresh


def _wanted(sample: Sample) -> Wanted:
    free = [LABELS.index(name) for name in NOT_LABELLED_ON_SITES] if sample.real else []
    boxes, ignored = torch.from_numpy(sample.boxes), torch.from_numpy(sample.ignored)
    return Wanted(boxes, torch.from_numpy(sample.labels), ignored, torch.tensor(free, dtype=torch.long))


def train(plan: DetectorPlan) -> Path:
    """Trains up to `plan.steps`, going on from `<out>/last.pt` where it exists; returns that file."""
    torch.set_num_threads(plan.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(plan.seed)
    plan.out.mkdir(parents=True, exist_ok=True)
    checkpoint = plan.out / "last.pt"
    net = with_own_classes(load_base(plan.base)).to(memory_format=torch.channels_last)
    net.backbone.requires_grad_(False)
    net.neck.requires_grad_(not plan.head_only)
    mean = copy.deepcopy(net).eval()
    optimizer = _optimizer(net, plan)
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        step = int(saved["step"])
        net.load_state_dict(saved["net"])
        mean.load_state_dict(saved["mean"])
        optimizer.load_state_dict(saved["optimizer"])
    cells, samples = grid(*plan.size), Features(plan, step, net)
    print(f"from step {step} to {plan.steps}: {plan}", flush=True)
    began, first, log = time.monotonic(), step, [dict[str, float]()]
    while step < plan.steps:
        _set_rate(optimizer, step, plan.steps)
        features, wanted = samples.next()
        with torch.autocast("cpu", torch.bfloat16):
            raw = (net.rows if plan.head_only else net.found)(*features)
        loss, parts = detection_loss(raw.float(), cells, wanted)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 10.0)
        optimizer.step()
        step += 1
        _follow(mean, net, min(0.998, step / (step + 30)))
        log = [*log[-49:], parts]
        if step % 50 == 0:
            told = {name: round(float(np.mean([one[name] for one in log if name in one])), 3) for name in parts}
            rate = (step - first) * plan.batch / (time.monotonic() - began)
            print(f"step {step}/{plan.steps} {told} {rate:.1f} img/s", flush=True)
        if step % plan.save_every == 0 or step == plan.steps:
            state = {"step": step, "net": net.state_dict(), "mean": mean.state_dict(), "labels": list(LABELS)}
            torch.save(state | {"optimizer": optimizer.state_dict()}, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)
        if step % plan.check_every == 0 or step == plan.steps:
            print(f"step {step} held out {held_out_line(mean, plan)}", flush=True)
    return checkpoint


def held_out_line(net: YoloxNano, plan: DetectorPlan) -> str:
    """AP50 on a sample of the held-out layouts and, for three classes, of the real set's `valid` pictures."""
    detector = TorchDetector(net, LABELS)
    _, held = split(rendered_scenes(plan.pictures))
    real = real_scenes(plan.real_boxes, plan.real_pictures, ["valid"], own=True)
    scores = scores_of(detector, held[:: max(1, len(held) // plan.check_pictures)])
    known = scores_of(detector, real[::3], ("person", "excavator", "truck"), VEHICLES_IN_ONE)
    each = " ".join(f"{name} {one.ap50:.2f}" for name, one in scores.items() if one.boxes)
    there = " ".join(f"{name} {one.ap50:.2f}" for name, one in known.items())
    return f"AP50 {means(scores)[0]:.3f} AP {means(scores)[1]:.3f} | {each} | real {there}"


def _optimizer(net: YoloxNano, plan: DetectorPlan) -> torch.optim.Optimizer:
    fresh = [p for branch in net.head for p in branch.classes.parameters()]  # type: ignore[union-attr]
    names = {id(p) for p in fresh}
    rest = [p for part in (net.neck, net.head) for p in part.parameters() if id(p) not in names]
    groups = [{"params": fresh, "base_rate": 3 * plan.rate}, {"params": rest, "base_rate": plan.rate}]
    return torch.optim.AdamW(groups, lr=1e-4, weight_decay=5e-4)


def _set_rate(optimizer: torch.optim.Optimizer, step: int, steps: int) -> None:
    shape = min(1.0, (step + 1) / 100) * (0.03 + 0.97 * 0.5 * (1 + np.cos(np.pi * step / steps)))
    for group in optimizer.param_groups:
        group["lr"] = float(group["base_rate"] * shape)


def _follow(mean: YoloxNano, net: YoloxNano, keep: float) -> None:
    """Moves the running mean of the weights, which is what is evaluated and exported, towards the trained ones."""
    with torch.no_grad():
        for slow, fast in zip(mean.parameters(), net.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)
