"""Command line of the scene generator: render-train, render-clip, preview, validate, manifest."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENCV_IO_ENABLE_OPENEXR", "1")


def parser() -> argparse.ArgumentParser:
    """The options."""
    p = argparse.ArgumentParser(prog="python -m datasets.scenes", description=__doc__)
    sub = p.add_subparsers(dest="verb", required=True)
    t = sub.add_parser("render-train", help="render training pictures with masks and boxes (resumable)")
    t.add_argument("--out", type=Path, required=True)
    t.add_argument("--count", type=int, default=280)
    t.add_argument("--seed", type=int, default=1000)
    t.add_argument("--samples", type=int, default=8)
    c = sub.add_parser("preview", help="render one scene's views into a folder")
    c.add_argument("--out", type=Path, required=True)
    c.add_argument("--kind", choices=("street", "site"), default="street")
    c.add_argument("--seed", type=int, default=1)
    c.add_argument("--views", type=int, default=2)
    return p


def main(argv: list[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    args = parser().parse_args(argv)
    if args.verb == "render-train":
        from .train_set import render_train

        render_train(args.out, args.count, args.seed, samples=args.samples)
    elif args.verb == "preview":
        from .train_set import render_scene

        args.out.mkdir(parents=True, exist_ok=True)
        render_scene(args.out, args.seed, args.kind, args.seed * 100, args.views, 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
