"""`python -m models …`: train, export, evaluate, verify. Torch is imported inside the commands that need it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from models.detect_cli import detector_app
from models.judging.command import evaluate
from models.verify import verify_registry

models_app = typer.Typer(help="Training, export, evaluation and the registry of the models.", no_args_is_help=True)
models_app.add_typer(detector_app)

models_app.command()(evaluate)

Registry = Annotated[Path, typer.Option(help="Folder of <name>/<version>/model.yaml.")]


@models_app.command()
def verify(
    registry: Registry = Path("models/registry"), as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """Check every registry folder: fields, hash, classes, card. Exit 1 when anything is wrong or nothing is there."""
    checked = verify_registry(registry)
    if as_json:
        print(json.dumps([{"model": c.reference, "problems": c.problems} for c in checked]))
    else:
        for one in checked:
            print(f"{one.reference}: {'; '.join(one.problems) or 'ok'}")
    if not checked:
        print(f"{registry}: no model found")
    if not checked or any(one.problems for one in checked):
        raise typer.Exit(1)


@models_app.command()
def pseudo(
    base: Annotated[Path, typer.Option(help="Base weights (ONNX).")],
    pictures: Annotated[Path, typer.Option(help="Real pictures: <split>/images and <split>/labels.")],
    out: Annotated[Path, typer.Option(help="Folder for the masks.")],
) -> None:
    """Write what the base weights say about real pictures as masks (needs the extra `train`)."""
    from models.distil import write_masks

    print(f"{write_masks(base, pictures, out)} pictures")


@models_app.command()
def gather(
    packages: Annotated[Path, typer.Argument(help="Folder of unpacked packages.")],
    out: Annotated[Path, typer.Option(help="Folder of real pictures; they go to OUT/grounds/images.")],
    hints: Annotated[Path, typer.Option(help="What names them.")] = Path("models/hints/grounds.yaml"),
) -> None:
    """Take the real pictures that the hints name out of packages. Exit 1 when some are not there."""
    from models.gather import gather as take_out

    try:
        missing = take_out(packages, hints, out)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    for name in missing:
        print(f"not found below {packages}: {name}")
    if missing:
        raise typer.Exit(1)


@models_app.command()
def hinted(
    checkpoint: Annotated[Path, typer.Option(help="A trained segmenter's last.pt.")],
    pictures: Annotated[Path, typer.Option(help="Real pictures: grounds/images.")],
    out: Annotated[Path, typer.Option(help="Folder for the masks, beside those of `pseudo`.")],
    hints: Annotated[Path, typer.Option(help="What a person says of them.")] = Path("models/hints/grounds.yaml"),
) -> None:
    """Write masks of real pictures: what a network says, put right by a person's hints (needs the extra `train`)."""
    from models.hinted import write_hinted

    try:
        count = write_hinted(checkpoint, hints, pictures, out)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    print(f"{count} pictures")


@models_app.command()
def train(
    base: Annotated[Path, typer.Option(help="Base weights (ONNX).")],
    pictures: Annotated[list[Path], typer.Option(help="Rendered pictures with masks; may be given more than once.")],
    real_pictures: Annotated[Path, typer.Option(help="Real pictures to keep the base's knowledge on.")],
    real_masks: Annotated[Path, typer.Option(help="Their masks, from `pseudo`.")],
    out: Annotated[Path, typer.Option(help="Folder of the checkpoint; an existing one is gone on from.")],
    steps: int = 2000,
    batch: int = 8,
    threads: int = 2,
    start: Annotated[Path | None, typer.Option(help="A checkpoint to begin from instead of the base.")] = None,
    task: Annotated[str, typer.Option(help="What to tell apart: a file of models/tasks.")] = "ground",
    half_show: Annotated[
        str | None, typer.Option(help="A class of the masks that half of the rendered pictures shall show.")
    ] = None,
    murky_share: Annotated[float, typer.Option(min=0, max=1, help="How much of bad light and weather is used.")] = 0.5,
    head_rate: Annotated[float, typer.Option(help="Step size of the decoder.")] = 6e-4,
    body_rate: Annotated[float, typer.Option(help="Step size of the blocks that are not frozen.")] = 2e-4,
    frozen: Annotated[int, typer.Option(min=0, max=17, help="How many first blocks stay as they are.")] = 7,
) -> None:
    """Fine-tune the segmenter; stop it at any time and start it again (needs the extra `train`)."""
    from models.batches import TrainingPlan
    from models.task import shipped
    from models.train_segmenter import train as run

    plan = TrainingPlan(
        base, tuple(pictures), real_pictures, real_masks, out, steps, batch, threads=threads, start=start,
        task=shipped(task), frozen_blocks=frozen, half_show=half_show, murky_share=murky_share,
        head_rate=head_rate, body_rate=body_rate,
    )  # fmt: skip
    print(run(plan))


@models_app.command()
def mix(
    checkpoint: Annotated[list[Path], typer.Option(help="last.pt of a training; may be given again.")],
    share: Annotated[list[float], typer.Option(min=0, max=1, help="Its share of the weights; one for each.")],
    out: Annotated[Path, typer.Option(help="Checkpoint to write.")],
    base: Annotated[Path | None, typer.Option(help="Base weights (ONNX), which give what is left up to 1.")] = None,
) -> None:
    """Average trainings of one network, and the base, into one checkpoint (needs the extra `train`)."""
    from models.mix import mix as write

    if len(share) != len(checkpoint):
        raise typer.BadParameter(f"{len(checkpoint)} checkpoints, {len(share)} shares", param_hint="--share")
    try:
        write(checkpoint, share, base, out)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    print(out)


@models_app.command()
def export(
    checkpoint: Annotated[Path, typer.Option(help="last.pt of a training.")],
    release: Annotated[Path, typer.Option(help="YAML with name, version, data, metrics; the card beside it as .md.")],
    registry: Registry = Path("models/registry"),
) -> None:
    """Write a trained network into the registry (needs the extra `train`)."""
    from models.release import publish

    print(publish(checkpoint, release, registry))


@models_app.command()
def quantize(
    folder: Annotated[Path, typer.Argument(help="Registry folder of a model.")],
    out: Annotated[Path, typer.Argument(help="Folder for the same in 8 bits.")],
    pictures: Annotated[list[Path], typer.Option(help="Rendered pictures; may be given more than once.")],
    count: Annotated[int, typer.Option(min=1, help="How many of them the ranges are found on.")] = 100,
) -> None:
    """Write a model in 8 bits, those layers that gain by it (needs the extra `train`)."""
    from models.int8 import write_int8

    print(write_int8(folder, out, pictures, count))


@models_app.command()
def timing(files: Annotated[list[Path], typer.Argument(help="ONNX files.")], rounds: int = 40) -> None:
    """Time one pass of each file on one thread, in turns; prints one JSON line for each."""
    from models.timing import time_passes

    for one in time_passes(files, rounds=rounds):
        print(json.dumps(asdict(one)))
