"""What the blurred copy of a clip costs on this machine: `python -m edge.bench_shown CLIP.mp4 [--detector NAME]`."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from edge.clip_shown import shown_clip
from edge.config import DEFAULT_REGISTRY, DEFAULT_SEGMENTER
from edge.models_in_use import load_models


def main() -> None:
    """Prints one JSON line a round: seconds of CPU and of wall time, pictures, bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--detector", default=None)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    perceiver = load_models(DEFAULT_REGISTRY, DEFAULT_SEGMENTER, told.detector, []).perceiver
    for _ in range(told.rounds):
        begun, used = time.perf_counter(), sum(os.times()[:2])
        shown = shown_clip(told.clip, perceiver)
        row = {
            "cpu_s": round(sum(os.times()[:2]) - used, 2),
            "wall_s": round(time.perf_counter() - begun, 2),
            "pictures": shown.pictures,
            "bytes": len(shown.content),
        }
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
