"""YOLOX-nano (Ge et al. 2021, arXiv 2107.08430) as plain PyTorch, batch norms already folded into the convolutions.

The Focus stem (four pixel phases, then 3x3) is written as the 6x6 convolution of stride 2 that it is equal to.
"""
# pyright: reportMissingImports=false, reportUntypedBaseClass=false

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDES = (8, 16, 32)
WIDTHS = (64, 128, 256)
HEAD_WIDTH = 64


class Conv(nn.Module):
    """Convolution with bias and SiLU; `groups` = -1 means one filter for each channel."""

    def __init__(self, into: int, out: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(into, out, kernel, stride, (kernel - 1) // 2, groups=into if groups < 0 else groups)

    def forward(self, x: Tensor) -> Tensor:
        return functional.silu(self.conv(x))


def separable(into: int, out: int, stride: int = 1) -> nn.Sequential:
    """3x3 for each channel, then 1x1 across them."""
    return nn.Sequential(Conv(into, into, 3, stride, groups=-1), Conv(into, out))


class Bottleneck(nn.Module):
    """1x1, separable 3x3, and the input added where `add`."""

    def __init__(self, width: int, add: bool) -> None:
        super().__init__()
        self.squeeze, self.spread, self.add = Conv(width, width), separable(width, width), add

    def forward(self, x: Tensor) -> Tensor:
        out = self.spread(self.squeeze(x))
        return out + x if self.add else out


class Stage(nn.Module):
    """Cross-stage partial layer: half of the channels go through `depth` bottlenecks, the other half around them."""

    def __init__(self, into: int, out: int, depth: int, add: bool) -> None:
        super().__init__()
        self.through, self.around = Conv(into, out // 2), Conv(into, out // 2)
        self.blocks = nn.Sequential(*(Bottleneck(out // 2, add) for _ in range(depth)))
        self.join = Conv(out, out)

    def forward(self, x: Tensor) -> Tensor:
        through, around = self.through(x), self.around(x)
        return self.join(torch.cat([self.blocks(through), around], 1))


class Pyramid(nn.Module):
    """Spatial pyramid pooling over 5, 9 and 13 cells."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.squeeze, self.join = Conv(width, width // 2), Conv(width * 2, width)

    def forward(self, x: Tensor) -> Tensor:
        x = self.squeeze(x)
        return self.join(torch.cat([x, *(functional.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13))], 1))


class Backbone(nn.Module):
    """Picture [N,3,H,W] in BGR 0..255 to features at strides 8, 16 and 32."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 6, 2, 2)
        self.dark2 = nn.Sequential(separable(16, 32, 2), Stage(32, 32, 1, True))
        self.dark3 = nn.Sequential(separable(32, 64, 2), Stage(64, 64, 3, True))
        self.dark4 = nn.Sequential(separable(64, 128, 2), Stage(128, 128, 3, True))
        self.dark5 = nn.Sequential(separable(128, 256, 2), Pyramid(256), Stage(256, 256, 1, False))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        fine = self.dark3(self.dark2(functional.silu(self.stem(x))))
        middle = self.dark4(fine)
        return fine, middle, self.dark5(middle)


class Neck(nn.Module):
    """Path aggregation: what the coarse grid knows down to the fine ones, and back up."""

    def __init__(self) -> None:
        super().__init__()
        self.lateral, self.down_middle = Conv(256, 128), Stage(256, 128, 1, False)
        self.reduce, self.down_fine = Conv(128, 64), Stage(128, 64, 1, False)
        self.up_middle, self.join_middle = separable(64, 64, 2), Stage(128, 128, 1, False)
        self.up_coarse, self.join_coarse = separable(128, 128, 2), Stage(256, 256, 1, False)

    def forward(self, fine: Tensor, middle: Tensor, coarse: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        lateral = self.lateral(coarse)
        reduced = self.reduce(self.down_middle(torch.cat([functional.interpolate(lateral, scale_factor=2), middle], 1)))
        fine = self.down_fine(torch.cat([functional.interpolate(reduced, scale_factor=2), fine], 1))
        middle = self.join_middle(torch.cat([self.up_middle(fine), reduced], 1))
        return fine, middle, self.join_coarse(torch.cat([self.up_coarse(middle), lateral], 1))


class Branch(nn.Module):
    """Head of one stride: features to [N, 5 + classes, h, w]: box (4), objectness, classes; all before any sigmoid."""

    def __init__(self, into: int, classes: int) -> None:
        super().__init__()
        self.squeeze = Conv(into, HEAD_WIDTH)
        self.name = nn.Sequential(*(separable(HEAD_WIDTH, HEAD_WIDTH) for _ in range(2)))
        self.classes = nn.Conv2d(HEAD_WIDTH, classes, 1)
        self.place = nn.Sequential(*(separable(HEAD_WIDTH, HEAD_WIDTH) for _ in range(2)))
        self.box, self.object = nn.Conv2d(HEAD_WIDTH, 4, 1), nn.Conv2d(HEAD_WIDTH, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.squeeze(x)
        named = self.classes(self.name(x))
        place = self.place(x)
        return torch.cat([self.box(place), self.object(place), named], 1)


class YoloxNano(nn.Module):
    """[N,3,H,W] (BGR 0..255, sides multiples of 32) to [N, cells, 5 + classes], the cells of stride 8 first."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.backbone, self.neck = Backbone(), Neck()
        self.head = nn.ModuleList(Branch(width, classes) for width in WIDTHS)

    def forward(self, x: Tensor) -> Tensor:
        return self.found(*self.backbone(x))

    def found(self, fine: Tensor, middle: Tensor, coarse: Tensor) -> Tensor:
        """The output for features of the backbone."""
        return self.rows(*self.neck(fine, middle, coarse))

    def rows(self, fine: Tensor, middle: Tensor, coarse: Tensor) -> Tensor:
        """The output for features of the neck."""
        levels = (fine, middle, coarse)
        rows = [branch(level).flatten(2) for branch, level in zip(self.head, levels, strict=True)]
        return torch.cat(rows, 2).transpose(1, 2)


def grid(height: int, width: int) -> Tensor:
    """[cells, 3]: column, row and stride of every cell of a (height, width) input, in the order of the output."""
    parts = []
    for stride in STRIDES:
        rows, columns = torch.meshgrid(
            torch.arange(height // stride, dtype=torch.float32),
            torch.arange(width // stride, dtype=torch.float32),
            indexing="ij",
        )
        parts.append(torch.stack([columns, rows, torch.full_like(rows, stride)], 2).reshape(-1, 3))
    return torch.cat(parts)


def boxes_of(raw: Tensor, cells: Tensor) -> Tensor:
    """xyxy [N, cells, 4] in pixels of the input from the network's first four numbers."""
    centre = (raw[..., :2] + cells[:, :2]) * cells[:, 2:]
    half = torch.exp(raw[..., 2:4].clamp(max=8)) * cells[:, 2:] / 2
    return torch.cat([centre - half, centre + half], -1)
