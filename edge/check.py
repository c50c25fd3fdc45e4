"""Is this edge fit to run, and is everything still there that it must not have lost? Changes nothing."""

import os
from dataclasses import dataclass
from pathlib import Path

from edge.config import EdgeConfig
from edge.contracts.violations import SCENE_MODEL
from edge.errors import EdgeError
from edge.evidence_files import EvidenceFiles
from edge.evidence_key import device_key
from edge.housekeeping import check as evidence_faults
from edge.store import EdgeStore
from edge.vision.model_file import load_model, model_folder, read_card
from edge.vision.pictures import read_picture


@dataclass(frozen=True)
class Fault:
    """`kind`: model, file, secret, key, store, missing, damaged or stray; `where` it is; `what` is wrong."""

    kind: str
    where: str
    what: str


def faults_of(config: EdgeConfig) -> list[Fault]:
    """Everything that is wrong, not only the first."""
    return [*_model(config), *_labels(config), *_named_files(config), *_secrets(config), *_kept(config)]


def _model(config: EdgeConfig) -> list[Fault]:
    named = [(reference, "") for reference in (config.models.segmenter, config.models.detector) if reference]
    named += [
        (rule.measure.model, f"violation {rule.id} is not measured: ")
        for rule in config.watched_rules()
        if rule.measure.model != SCENE_MODEL
    ]
    faults: list[Fault] = []
    for reference, so in named:
        try:
            load_model(model_folder(config.models.registry, reference))
        except EdgeError as error:
            faults.append(Fault("model", reference, f"{so}{error}"))
    return faults


def _labels(config: EdgeConfig) -> list[Fault]:
    """Objects that rules count and the edge's detector has no name for: they are never found, all else is measured."""
    if config.models.detector is None:
        return []
    try:
        card = read_card(model_folder(config.models.registry, config.models.detector) / "model.yaml")
    except EdgeError:
        return []
    allowed = f"{card.reference} finds {', '.join(card.classes)}"
    return [
        Fault("model", f"violation {rule.id}: measure.objects[{index}]", f"{name!r} is never found: {allowed}")
        for rule in config.watched_rules()
        for index, name in enumerate(rule.measure.objects)
        if name not in card.classes
    ]


def _named_files(config: EdgeConfig) -> list[Fault]:
    faults: list[Fault] = []
    for camera in config.cameras:
        if camera.reference is not None:
            try:
                read_picture(camera.reference)
            except EdgeError as error:
                faults.append(Fault("file", str(camera.reference), str(error)))
    for path in (config.broker.tls_ca, config.broker.tls_cert, config.broker.tls_key):
        if path is not None and not os.access(path, os.R_OK):
            faults.append(Fault("file", str(path), "cannot be read"))
    return faults


def _secrets(config: EdgeConfig) -> list[Fault]:
    named = [config.broker.password_file, config.server.token_file]
    named += [getattr(camera.source, "password_file", None) for camera in config.cameras]
    return [fault for path in named if path is not None for fault in _secret(path)]


def _secret(path: Path) -> list[Fault]:
    if not os.access(path, os.R_OK):
        return [Fault("secret", str(path), "cannot be read")]
    mode = path.stat().st_mode & 0o777
    if mode & 0o007:
        return [Fault("secret", str(path), f"everybody may read or change it (mode {mode:o}); allowed: 600 or 640")]
    return []


def _kept(config: EdgeConfig) -> list[Fault]:
    database, key = config.data_dir / "store.db", config.data_dir / "device.key"
    if not database.exists():
        return []
    try:
        if key.exists():
            device_key(key)
        with EdgeStore(database) as store:
            found = evidence_faults(store, EvidenceFiles(config.data_dir / "evidence"))
    except EdgeError as error:
        return [Fault(error.code.removeprefix("edge."), str(config.data_dir), str(error))]
    what = {
        "missing": "a row names it, the file is not there",
        "damaged": "its bytes are not what its name says",
        "stray": "no row names it; the next start removes it",
    }
    return [Fault(fault.kind, str(fault.path), what[fault.kind]) for fault in found]
