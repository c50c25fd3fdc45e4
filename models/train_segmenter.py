"""Fine-tuning of the segmenter on rendered scenes, with pseudo-labelled real pictures mixed in. Resumable.

The batch norms of the base are folded into its convolutions, so their statistics cannot move; the stem and the first
blocks are frozen. The loss is cross entropy against each cell's exact share of every class, so a cell half covered by a
chair is learned as half, not as the louder of the two.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from edge.vision.classes import SemanticClass
from models.augment import crop, photometric, recolour
from models.base_weights import OFFSET, SCALE, load_base, with_own_head
from models.data import IGNORE, Item, pseudo_labelled, rendered, shuffled_forever, split_by_group
from models.deeplab import DeepLab
from models.iou import Confusion
from models.paste import paste

CLASSES = len(SemanticClass)
CLASS_WEIGHT = {SemanticClass.GOODS: 2.0, SemanticClass.SOIL: 1.5, SemanticClass.NET: 2.0, SemanticClass.PERSON: 2.0,
                SemanticClass.WATER: 2.0, SemanticClass.VEHICLE: 1.5}  # fmt: skip
"""What the offences turn on, and what is rare and small, weighs more than walls and sky (all others 1)."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """One run: pictures, length and step sizes."""

    base: Path
    pictures: Path
    real_pictures: Path
    real_masks: Path
    out: Path
    steps: int = 2000
    batch: int = 8
    real_in_batch: int = 2
    size: tuple[int, int] = (288, 512)
    head_rate: float = 6e-4
    body_rate: float = 2e-4
    frozen_blocks: int = 7
    held_out: float = 0.15
    seed: int = 7
    check_every: int = 100
    threads: int = 2


def to_tensor(picture: NDArray[np.uint8]) -> Tensor:
    """RGB [H,W,3] 0..255 to network input [3,H,W]."""
    return torch.from_numpy(picture.astype(np.float32) * SCALE + OFFSET).permute(2, 0, 1)


def cell_shares(masks: Tensor, stride: int) -> Tensor:
    """Share of each class in each cell: [N,H,W] to [N,classes,H/stride,W/stride]; IGNORE counts nowhere."""
    known = masks != IGNORE
    one_hot = functional.one_hot(torch.where(known, masks, 0).long(), CLASSES) * known[..., None]
    return functional.avg_pool2d(one_hot.permute(0, 3, 1, 2).float(), stride)


def share_loss(logits: Tensor, shares: Tensor, weight: Tensor) -> Tensor:
    """Weighted cross entropy against shares, averaged over what is known."""
    weighted = shares * weight[None, :, None, None]
    return -(weighted * functional.log_softmax(logits, 1)).sum() / weighted.sum().clamp_min(1.0)


class Batches:
    """Augmented batches made ahead by one thread; looks for newly rendered pictures between passes."""

    def __init__(self, plan: TrainingPlan, first_step: int) -> None:
        self._plan = plan
        self._rng = np.random.default_rng(plan.seed + first_step)
        self._ready: queue.Queue[tuple[Tensor, Tensor]] = queue.Queue(maxsize=3)
        self._donors: Iterator[Item] = iter(())
        threading.Thread(target=self._fill, daemon=True).start()

    def _sample(self, item: Item) -> tuple[Tensor, Tensor]:
        picture, mask = item.read()
        if self._rng.random() < 0.35:
            picture, mask = paste(picture, mask, *next(self._donors).read(), self._rng)
        zoom = (0.8, 2.0) if item.kind != "real" else (1.2, 3.0)
        picture, mask = crop(picture, mask, self._plan.size, self._rng, zoom)
        if item.kind != "real" and self._rng.random() < 0.5:
            picture = recolour(picture, mask, self._rng)
        return to_tensor(photometric(picture, self._rng)), torch.from_numpy(mask)

    def _rendered_forever(self) -> Iterator[Item]:
        while True:
            learn, _ = split_by_group(rendered(self._plan.pictures), self._plan.held_out)
            yield from (learn[int(i)] for i in self._rng.permutation(len(learn)))

    def _fill(self) -> None:
        plan = self._plan
        scenes, self._donors = self._rendered_forever(), self._rendered_forever()
        real_items = [i for i in pseudo_labelled(plan.real_pictures, plan.real_masks) if i.group != "test"]
        real = shuffled_forever(real_items, self._rng)
        while True:
            items = [next(real) for _ in range(plan.real_in_batch if real_items else 0)]
            items += [next(scenes) for _ in range(plan.batch - len(items))]
            samples = [self._sample(item) for item in items]
            self._ready.put((torch.stack([s[0] for s in samples]), torch.stack([s[1] for s in samples])))

    def next(self) -> tuple[Tensor, Tensor]:
        return self._ready.get()


def held_out_scores(net: DeepLab, items: list[Item], size: tuple[int, int]) -> Confusion:
    """Confusion on plain held-out pictures scaled to `size`, judged on the network's own cells by their main class."""
    confusion = Confusion.empty()
    with torch.no_grad():
        for item in items:
            picture, mask = item.read()
            picture = cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA).astype(np.uint8)
            logits = functional.interpolate(net(to_tensor(picture)[None]), mask.shape, mode="bilinear")
            confusion = confusion.plus(mask, logits[0].argmax(0).numpy().astype(np.uint8))
    return confusion


def train(plan: TrainingPlan) -> Path:
    """Trains up to `plan.steps`, going on from `<out>/last.pt` where it exists; returns that file."""
    torch.set_num_threads(plan.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(plan.seed)
    plan.out.mkdir(parents=True, exist_ok=True)
    checkpoint = plan.out / "last.pt"
    net = with_own_head(load_base(plan.base)).to(memory_format=torch.channels_last)
    mean = with_own_head(load_base(plan.base)).eval()
    for module in [net.stem, *net.blocks[: plan.frozen_blocks]]:
        module.requires_grad_(False)
    head = [p for m in (net.skip, net.aspp, net.pooled, net.join, net.refine, net.classifier) for p in m.parameters()]
    body = [p for p in net.blocks.parameters() if p.requires_grad]
    groups = [{"params": head, "base_rate": plan.head_rate}, {"params": body, "base_rate": plan.body_rate}]
    optimizer = torch.optim.AdamW(groups, lr=1e-4, weight_decay=1e-3)
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        step = int(saved["step"])
        net.load_state_dict(saved["net"])
        mean.load_state_dict(saved["mean"])
        optimizer.load_state_dict(saved["optimizer"])
    weight = torch.tensor([CLASS_WEIGHT.get(cls, 1.0) for cls in SemanticClass])
    batches = Batches(plan, step)
    print(f"from step {step} to {plan.steps}: { ({k: str(v) for k, v in asdict(plan).items()}) }", flush=True)
    losses: list[float] = []
    began, first = time.monotonic(), step
    while step < plan.steps:
        _set_rate(optimizer, step, plan.steps)
        pictures, masks = batches.next()
        logits = net(pictures.contiguous(memory_format=torch.channels_last))
        loss = share_loss(logits, cell_shares(masks, net.stride), weight)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head + body, 5.0)
        optimizer.step()
        step += 1
        _follow(mean, net, min(0.99, step / (step + 20)))
        losses.append(float(loss.detach()))
        if step % 25 == 0:
            rate = (step - first) * plan.batch / (time.monotonic() - began)
            print(f"step {step}/{plan.steps} loss {np.mean(losses[-25:]):.3f} {rate:.1f} img/s", flush=True)
        if step % plan.check_every == 0 or step == plan.steps:
            _, held = split_by_group(rendered(plan.pictures), plan.held_out)
            print(f"step {step} held out {held_out_scores(mean, held[::3], plan.size).line()}", flush=True)
            state = {
                "step": step,
                "net": net.state_dict(),
                "mean": mean.state_dict(),
                "optimizer": optimizer.state_dict(),
            }
            torch.save(state, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)
    return checkpoint


def _set_rate(optimizer: torch.optim.Optimizer, step: int, steps: int) -> None:
    shape = min(1.0, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * step / steps)))
    for group in optimizer.param_groups:
        group["lr"] = float(group["base_rate"] * shape)


def _follow(mean: DeepLab, net: DeepLab, keep: float) -> None:
    """Moves the running mean of the weights, which is what is evaluated and exported, towards the trained ones."""
    with torch.no_grad():
        for slow, fast in zip(mean.parameters(), net.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)
