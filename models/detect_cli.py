"""`python -m models …-detector`: the object detector's commands. Torch is imported inside those that need it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

detector_app = typer.Typer()

Rendered = Annotated[list[Path], typer.Option(help="Folder of rendered pictures with boxes; may be given again.")]
RealPictures = Annotated[Path, typer.Option(help="Real pictures: <split>/images and <split>/labels.")]
RealBoxes = Annotated[Path, typer.Option(help="Their boxes, from `pseudo-boxes`.")]
Base = Annotated[Path, typer.Option(help="YOLOX-nano trained on COCO (ONNX).")]


@detector_app.command("pseudo-boxes")
def pseudo_boxes(base: Base, pictures: RealPictures, out: Annotated[Path, typer.Option(help="JSON to write.")]) -> None:
    """Write the boxes of real pictures, their own and what the base finds besides (needs the extra `train`)."""
    from models.detect_pseudo import write_boxes

    print(f"{write_boxes(base, pictures, out)} pictures")


@detector_app.command("train-detector")
def train_detector(
    base: Base,
    pictures: Rendered,
    real_pictures: RealPictures,
    real_boxes: RealBoxes,
    out: Annotated[Path, typer.Option(help="Folder of the checkpoint; an existing one is gone on from.")],
    steps: int = 3000,
    batch: int = 8,
    threads: int = 1,
) -> None:
    """Fine-tune the detector; stop it at any time and start it again (needs the extra `train`)."""
    from models.train_detector import DetectorPlan, train

    plan = DetectorPlan(base, tuple(pictures), real_pictures, real_boxes, out, steps, batch, threads=threads)
    print(train(plan))


@detector_app.command("export-detector")
def export_detector(
    checkpoint: Annotated[Path, typer.Option(help="last.pt of a training.")],
    release: Annotated[Path, typer.Option(help="YAML with name, version, data, metrics; the card beside it as .md.")],
    pictures: Rendered,
    real_pictures: RealPictures,
    real_boxes: RealBoxes,
    at_most: Annotated[
        int, typer.Option(help="Rendered pictures, and half as many real ones, to fit scores on.")
    ] = 400,
    registry: Annotated[Path, typer.Option(help="Folder of <name>/<version>/model.yaml.")] = Path("models/registry"),
) -> None:
    """Write a trained detector into the registry, its scores made chances (needs the extra `train`)."""
    from models.detect_calibrate import halves
    from models.detect_data import evenly, real_scenes, rendered_scenes, split
    from models.detect_release import publish

    fit, _ = halves(split(rendered_scenes(pictures))[1])
    real = real_scenes(real_boxes, real_pictures, ["valid"], own=True)
    print(publish(checkpoint, release, registry, evenly(fit, at_most) + evenly(real, at_most // 2)))


@detector_app.command("score-detector")
def score_detector(
    folder: Annotated[Path, typer.Argument(help="Registry folder of a detector.")],
    pictures: Annotated[list[Path] | None, typer.Option(help="Rendered pictures; held-out layouts are judged.")] = None,
    real_pictures: Annotated[Path | None, typer.Option(help="Real pictures; the split `test` is judged.")] = None,
    real_boxes: Annotated[Path | None, typer.Option(help="Their boxes, from `pseudo-boxes`.")] = None,
    half: Annotated[bool, typer.Option(help="Only the layouts that no score was corrected on.")] = True,
    at_most: Annotated[int, typer.Option(help="Pictures of each kind.")] = 1000,
) -> None:
    """AP of a detector's boxes, by label; prints one JSON document."""
    from edge.vision.detector import OnnxDetector
    from edge.vision.model_file import load_model
    from models.detect_calibrate import halves
    from models.detect_data import evenly, real_scenes, rendered_scenes, split
    from models.detect_scores import VEHICLES_IN_ONE, means, scores_of

    detector, told = OnnxDetector(load_model(folder), least_score=0.01), dict[str, object]()
    if pictures:
        held = split(rendered_scenes(pictures))[1]
        held = evenly(halves(held)[1] if half else held, at_most)
        scores = scores_of(detector, held)
        told["rendered"] = {"pictures": len(held), "ap50": means(scores)[0], "ap": means(scores)[1]} | {
            name: asdict(one) for name, one in scores.items() if one.boxes
        }
    if real_pictures and real_boxes:
        scenes = evenly(real_scenes(real_boxes, real_pictures, ["test"], own=True), at_most)
        scores = scores_of(detector, scenes, ("person", "excavator", "truck"), VEHICLES_IN_ONE)
        told["real"] = {"pictures": len(scenes)} | {name: asdict(one) for name, one in scores.items()}
    print(json.dumps(told, indent=1))
