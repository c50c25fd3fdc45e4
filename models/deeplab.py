"""DeepLabV3+ on MobileNetV2, batch norm folded into the convolutions, rebuilt from the base weights' graph.

Source of the shape: L.-C. Chen et al., Encoder-Decoder with Atrous Separable Convolution (2018), the `mobilenet_v2`
variant of the TensorFlow DeepLab zoo, whose asymmetric padding (nothing above and left, one below and right of a
stride-2 convolution) is kept because the weights were trained with it.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCKS: tuple[tuple[int, int, int, int, int], ...] = (
    (16, 96, 24, 2, 1), (24, 144, 24, 1, 1), (24, 144, 32, 2, 1), (32, 192, 32, 1, 1), (32, 192, 32, 1, 1),
    (32, 192, 64, 2, 1), (64, 384, 64, 1, 1), (64, 384, 64, 1, 1), (64, 384, 64, 1, 1), (64, 384, 96, 1, 1),
    (96, 576, 96, 1, 1), (96, 576, 96, 1, 1), (96, 576, 160, 1, 1), (160, 960, 160, 1, 2), (160, 960, 160, 1, 2),
    (160, 960, 320, 1, 2),
)  # fmt: skip
"""(channels in, expanded, out, stride, dilation) of the sixteen inverted residual blocks after the first."""

SKIP_BLOCK = 1
"""Index in BLOCKS whose expanded, filtered channels (stride 4) feed the decoder."""


class SamePad3x3(nn.Conv2d):
    """A 3x3 convolution padded the TensorFlow way: `dilation` all round, or (0 before, 1 after) at stride 2."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1, dilation: int = 1, groups: int = 1) -> None:
        padding = dilation if stride == 1 else 0
        super().__init__(inputs, outputs, 3, stride, padding, dilation, groups)

    def forward(self, input: Tensor) -> Tensor:
        return super().forward(functional.pad(input, (0, 1, 0, 1)) if self.stride[0] == 2 else input)


class InvertedResidual(nn.Module):
    """expand 1x1 -> depthwise 3x3 -> project 1x1, with the input added back when the shape allows."""

    def __init__(self, inputs: int, middle: int, outputs: int, stride: int, dilation: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(inputs, middle, 1) if middle != inputs else None
        self.depthwise = SamePad3x3(middle, middle, stride, dilation, groups=middle)
        self.project = nn.Conv2d(middle, outputs, 1)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Returns (output, the filtered middle channels)."""
        middle = x if self.expand is None else functional.relu6(self.expand(x), inplace=True)
        middle = functional.relu6(self.depthwise(middle), inplace=True)
        out = self.project(middle)
        return (x + out if self.adds else out), middle


class DeepLab(nn.Module):
    """Input [N,3,H,W] in -1..1 (RGB, H and W multiples of 32); output logits [N,classes,H/stride,W/stride].

    `stride` 4 is the base graph as trained; 8 runs the decoder on averaged 2x2 cells at a quarter of its cost.
    """

    def __init__(self, classes: int, stride: int = 8) -> None:
        super().__init__()
        if stride not in (4, 8):
            raise ValueError(f"decoder stride {stride}: 4 or 8 is allowed")
        self.stride = stride
        self.stem = SamePad3x3(3, 32, stride=2)
        first = InvertedResidual(32, 32, 16, 1, 1)
        self.blocks = nn.ModuleList([first, *(InvertedResidual(*shape) for shape in BLOCKS)])
        self.skip = nn.Conv2d(144, 48, 1)
        self.aspp = nn.Conv2d(320, 256, 1)
        self.pooled = nn.Conv2d(320, 256, 1)
        self.join = nn.Conv2d(512, 256, 1)
        self.refine = nn.ModuleList(
            [
                SamePad3x3(304, 304, groups=304),
                nn.Conv2d(304, 256, 1),
                SamePad3x3(256, 256, groups=256),
                nn.Conv2d(256, 256, 1),
            ]
        )
        self.classifier = nn.Conv2d(256, classes, 1)

    def convolutions(self) -> list[nn.Conv2d]:
        """Every convolution in the order of the base graph."""
        ordered: list[nn.Conv2d] = [self.stem]
        for index, block in enumerate(self.blocks):
            assert isinstance(block, InvertedResidual)
            ordered += [block.expand] if block.expand is not None else []
            ordered += [block.depthwise]
            ordered += [self.skip] if index == SKIP_BLOCK + 1 else []
            ordered += [block.project]
        ordered += [self.aspp, self.pooled, self.join]
        ordered += [conv for conv in self.refine if isinstance(conv, nn.Conv2d)]
        return [*ordered, self.classifier]

    def features(self, x: Tensor) -> Tensor:
        """What the classifier sees: [N,256,H/stride,W/stride]."""
        x = functional.relu6(self.stem(x))
        skip = x
        for index, block in enumerate(self.blocks):
            x, middle = block(x)
            if index == SKIP_BLOCK + 1:
                skip = functional.relu(self.skip(middle))
        x = self._context(x)
        if self.stride == 4:
            x = _upsample_asymmetric(x, 4)
        else:
            skip = functional.avg_pool2d(skip, 2)
            x = functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
        x = torch.cat([x, skip], dim=1)
        for conv in self.refine:
            x = functional.relu(conv(x))
        return x

    def _context(self, x: Tensor) -> Tensor:
        """ASPP with one local and one whole-picture branch; the join is split so that the latter stays 1x1."""
        whole = functional.relu(self.pooled(x.mean(dim=(2, 3), keepdim=True)))
        local = functional.relu(self.aspp(x))
        from_whole = functional.conv2d(whole, self.join.weight[:, :256])
        return functional.relu(functional.conv2d(local, self.join.weight[:, 256:], self.join.bias) + from_whole)

    def forward(self, x: Tensor) -> Tensor:
        return self.classifier(self.features(x))


def _upsample_asymmetric(x: Tensor, factor: int) -> Tensor:
    """Bilinear with source = target / factor and edges repeated: the Resize of the base graph."""
    height, width = x.shape[2] * factor, x.shape[3] * factor
    padded = functional.pad(x, (0, 1, 0, 1), mode="replicate")
    return functional.interpolate(padded, (height + 1, width + 1), mode="bilinear", align_corners=True)[
        :, :, :height, :width
    ]
