"""Everything about a configuration that can be known before a camera is opened; `shouwei edge check` shows it."""

from pathlib import Path

from edge.config import EdgeConfig, load
from edge.errors import ConfigInvalid, EdgeError, GroundInvalid, Problem
from edge.stream.redact import read_credentials
from edge.vision.ground import GroundPlane
from edge.vision.model_file import load_model, model_folder
from edge.vision.pictures import read_picture
from edge.vision.segmenter import OnnxSegmenter


def check(path: Path) -> EdgeConfig:
    """The configuration, after its model was loaded, its ground points fitted and its files read.

    Raises ConfigInvalid with every mistake found.
    """
    config = load(path)
    problems = [*_model_problems(path, config), *_camera_problems(path, config)]
    if problems:
        raise ConfigInvalid(problems)
    return config


def _model_problems(path: Path, config: EdgeConfig) -> list[Problem]:
    try:
        OnnxSegmenter(load_model(model_folder(config.models.registry, config.models.segmenter)))
    except EdgeError as error:
        return [Problem(str(path), "models.segmenter", repr(config.models.segmenter), str(error))]
    return []


def _camera_problems(path: Path, config: EdgeConfig) -> list[Problem]:
    problems: list[Problem] = []
    for index, camera in enumerate(config.cameras):
        where = f"cameras[{index}]"
        if camera.ground:
            try:
                GroundPlane.fit([(point.image, point.world_m) for point in camera.ground])
            except GroundInvalid as error:
                problems.append(Problem(str(path), f"{where}.ground", f"[{len(camera.ground)} entries]", str(error)))
        if camera.reference:
            try:
                read_picture(camera.reference)
            except EdgeError as error:
                problems.append(Problem(str(path), f"{where}.reference", str(camera.reference), str(error)))
        if camera.source.kind == "rtsp":
            try:
                read_credentials(camera.source.username, camera.source.password_file)
            except EdgeError as error:
                problems.append(Problem(str(path), f"{where}.source.password_file", "(unreadable)", str(error)))
    return problems
