"""Command line of the scene generator: render-train, render-clip, preview, validate, manifest."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENCV_IO_ENABLE_OPENEXR", "1")


CLIPS = ("street_goods", "street_permit", "site_muck", "street_clean", "street_turned")


def parser() -> argparse.ArgumentParser:
    """The options."""
    p = argparse.ArgumentParser(prog="python -m datasets.scenes", description=__doc__)
    sub = p.add_subparsers(dest="verb", required=True)
    t = sub.add_parser("render-train", help="render training pictures with masks and boxes (resumable)")
    t.add_argument("--out", type=Path, required=True)
    t.add_argument("--count", type=int, default=280)
    t.add_argument("--seed", type=int, default=1000)
    t.add_argument("--samples", type=int, default=4)
    t.add_argument("--views", type=int, default=5, help="cameras per scene")
    t.add_argument("--relit", type=int, default=2, help="pictures more per camera, each in another light or weather")
    t.add_argument(
        "--kinds", help="kinds of scene in turn, separated by commas; street:food+fruit is a street of these shops"
    )
    t.add_argument("--skip", type=int, default=0, help="leave this many scenes to another process")
    c = sub.add_parser("preview", help="render one scene's views into a folder")
    c.add_argument("--out", type=Path, required=True)
    c.add_argument("--kind", choices=("street", "site", "roadside"), default="street")
    c.add_argument("--seed", type=int, default=1)
    c.add_argument("--views", type=int, default=2)
    c.add_argument("--relit", type=int, default=0, help="pictures more per view, each in another light or weather")
    r = sub.add_parser("render-clip", help="render a clip's plates (resumable), then compose and encode it")
    r.add_argument("name", choices=CLIPS)
    r.add_argument("--work", type=Path, required=True, help="folder for the rendered plates")
    r.add_argument("--out", type=Path, default=Path("datasets/clips"))
    r.add_argument("--plates-only", action="store_true")
    r.add_argument("--only", help="render only takes whose name starts so")
    e = sub.add_parser("render-episodes", help="render held-out episodes with truth, to judge by (resumable)")
    e.add_argument("--out", type=Path, required=True)
    e.add_argument("--streets", type=int, default=66, help="at least so many episodes of streets")
    e.add_argument("--sites", type=int, default=66, help="at least so many episodes of sites")
    e.add_argument("--seed", type=int, default=900_000)
    e.add_argument("--part", default="0/1", help="K/N: only the K-th of N shares")
    e.add_argument("--keep-stills", action="store_true")
    h = sub.add_parser("render-clean-hour", help="one hour of clean streets as several films (resumable)")
    h.add_argument("--out", type=Path, required=True)
    h.add_argument("--seed", type=int, default=950_000)
    v = sub.add_parser("validate", help="check clips against their truth files (no Blender needed)")
    v.add_argument("folders", type=Path, nargs="+")
    m = sub.add_parser("manifest", help="write the seeds, layouts and counts of a rendered training set")
    m.add_argument("--train", type=Path, required=True)
    m.add_argument("--out", type=Path, required=True)
    m.add_argument("--commit", help="the generator's commit, where it is not this one's")
    return p


def main(argv: list[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    args = parser().parse_args(argv)
    if args.verb == "render-train":
        from .train_set import TURNS, render_train

        kinds = tuple(args.kinds.split(",")) if args.kinds else TURNS
        render_train(args.out, args.count, args.seed, args.views, args.relit, args.samples, args.skip, kinds)
    elif args.verb == "preview":
        from .train_set import render_scene

        args.out.mkdir(parents=True, exist_ok=True)
        render_scene(args.out, args.seed, args.kind, args.seed % 900 * 100, args.views, args.relit)
    elif args.verb == "render-clip":
        from .clips.plates import render_plates

        scenario = importlib.import_module(f"datasets.scenes.clips.{args.name}")
        render_plates(args.work / args.name, scenario, args.only)
        if not args.plates_only:
            from .clips.compose import make_clip

            make_clip(args.work / args.name, args.out / args.name, scenario)
    elif args.verb == "render-episodes":
        from .episodes.make import render_episodes

        k, n = (int(x) for x in args.part.split("/"))
        return int(render_episodes(args.out, args.streets, args.sites, args.seed, (k, n), args.keep_stills) > 0)
    elif args.verb == "render-clean-hour":
        from .episodes.clean_hour import render_clean_hour

        render_clean_hour(args.out, args.seed)
    elif args.verb == "validate":
        from .validate import report

        return report(args.folders)
    elif args.verb == "manifest":
        from .manifest import commit_of, write_manifest

        write_manifest(args.train, args.out, args.commit or commit_of(Path(__file__).parents[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
