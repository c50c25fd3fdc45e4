"""Fine-tuning of the segmenter on rendered scenes, with pseudo-labelled real pictures mixed in. Resumable.

The batch norms of the base are folded into its convolutions, so their statistics cannot move; the stem and the first
blocks are frozen. The loss is cross entropy against each cell's exact share of every class, so a cell half covered by a
chair is learned as half, not as the louder of the two.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.base_weights import load_base, with_own_head
from models.batches import Batches, TrainingPlan, to_tensor
from models.data import IGNORE, Item, rendered, split_layouts
from models.deeplab import DeepLab
from models.iou import GROUND_NAMES, Confusion
from models.task import Task


def cell_shares(masks: Tensor, stride: int, classes: int) -> Tensor:
    """Share of each class in each cell: [N,H,W] to [N,classes,H/stride,W/stride]; IGNORE counts nowhere."""
    known = masks != IGNORE
    one_hot = functional.one_hot(torch.where(known, masks, 0).long(), classes) * known[..., None]
    return functional.avg_pool2d(one_hot.permute(0, 3, 1, 2).float(), stride)


def share_loss(logits: Tensor, shares: Tensor, weight: Tensor) -> Tensor:
    """Weighted cross entropy against shares, averaged over what is known."""
    weighted = shares * weight[None, :, None, None]
    return -(weighted * functional.log_softmax(logits, 1)).sum() / weighted.sum().clamp_min(1.0)


def held_out_scores(net: DeepLab, items: list[Item], size: tuple[int, int], task: Task) -> Confusion:
    """Confusion on plain held-out pictures scaled to `size`, judged on the network's own cells by their main class."""
    confusion = Confusion.empty(task.names)
    with torch.no_grad():
        for item in items:
            picture, raw = item.read()
            mask = task.learn(raw)
            picture = cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA).astype(np.uint8)
            logits = functional.interpolate(net(to_tensor(picture)[None]), mask.shape, mode="bilinear")
            confusion = confusion.plus(mask, logits[0].argmax(0).numpy().astype(np.uint8))
    return confusion


def beginning(plan: TrainingPlan) -> DeepLab:
    """The network before its first step: the weights of `plan.start`, or of the base; a classifier for other classes
    than those start from has to begin anew."""
    net = with_own_head(load_base(plan.base))
    state = net.state_dict() if plan.start is None else torch.load(plan.start, weights_only=True)["mean"]
    if state["classifier.bias"].shape != (len(plan.task.names),) or plan.task.names != GROUND_NAMES:
        net = DeepLab(len(plan.task.names), net.stride)
        state = {**state, "classifier.weight": net.classifier.weight, "classifier.bias": net.classifier.bias}
    net.load_state_dict(state)
    return net


def train(plan: TrainingPlan) -> Path:
    """Trains up to `plan.steps`, going on from `<out>/last.pt` where it exists; returns that file."""
    torch.set_num_threads(plan.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(plan.seed)
    plan.out.mkdir(parents=True, exist_ok=True)
    checkpoint = plan.out / "last.pt"
    net = beginning(plan).to(memory_format=torch.channels_last)
    mean = beginning(plan).eval()
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
    weight = torch.tensor(plan.task.weights)
    batches = Batches(plan, step)
    print(f"from step {step} to {plan.steps}: { ({k: str(v) for k, v in asdict(plan).items()}) }", flush=True)
    losses: list[float] = []
    began, first = time.monotonic(), step
    while step < plan.steps:
        _set_rate(optimizer, step, plan.steps)
        pictures, masks = batches.next()
        logits = net(pictures.contiguous(memory_format=torch.channels_last))
        loss = share_loss(logits, cell_shares(masks, net.stride, len(plan.task.names)), weight)
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
            _, held = split_layouts(rendered(*plan.pictures), plan.held_out)
            scores = held_out_scores(mean, held[:: max(1, len(held) // 30)], plan.size, plan.task)
            print(f"step {step} held out {scores.line()}", flush=True)
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
