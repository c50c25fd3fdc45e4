"""Configuration: every mistake at once, with file, field, value and what is allowed."""

import contextlib
import copy
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from edge.config import EdgeConfig, RtspSourceConfig, load
from edge.errors import ConfigInvalid, Problem

SQUARE = [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]


def good() -> dict[str, Any]:
    tree = {
        "edge_id": "edge-1",
        "data_dir": "data",
        "cameras": [
            {
                "id": "cam-1",
                "source": {"kind": "file", "paths": ["clip.mp4"]},
                "zones": [{"id": "front", "polygon": SQUARE, "violations": ["outdoor_display"]}],
            }
        ],
    }
    return copy.deepcopy(tree)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clip.mp4").write_bytes(b"x")
    return tmp_path


def write(folder: Path, tree: dict[str, Any] | str) -> Path:
    path = folder / "edge.yaml"
    path.write_text(tree if isinstance(tree, str) else yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return path


def problems(folder: Path, tree: dict[str, Any] | str) -> list[Problem]:
    with pytest.raises(ConfigInvalid) as caught:
        load(write(folder, tree))
    return list(caught.value.problems)


def only(folder: Path, tree: dict[str, Any] | str) -> Problem:
    found = problems(folder, tree)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def test_a_good_file(folder: Path):
    config = load(write(folder, good()))
    assert config.data_dir == folder / "data"
    camera = config.camera("cam-1")
    assert camera.interval_s == 5.0
    assert camera.source.kind == "file"
    assert camera.source.paths == [folder / "clip.mp4"]
    assert camera.zone("front").polygon[0] == (0.1, 0.1)
    assert set(config.rules) >= {"outdoor_display", "exposed_muck"}
    assert config.server.url == EdgeConfig.model_fields["server"].default.url


def test_the_configuration_is_frozen(folder: Path):
    with pytest.raises(ValidationError, match="frozen"):
        load(write(folder, good())).edge_id = "other"  # type: ignore[misc]


def set_in(tree: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    node: Any = tree
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        node = node[part] if isinstance(part, int) else node.setdefault(part, {})
    node[last] = value
    return tree


@pytest.mark.parametrize(
    ("path", "value", "field", "shown", "allowed"),
    [
        ("edge_id", "Edge 1", "edge_id", "'Edge 1'", "lower-case letters"),
        ("edge", 1, "edge", "1", "did you mean edge_id"),
        ("plans", {"networks": ["10.0.0.1/8"]}, "plans.networks[0]", "'10.0.0.1/8'", "host bits"),
        ("plans", {"ports": [0]}, "plans.ports[0]", "0", "greater than or equal to 1"),
        ("cameras.0.interval_s", 0, "cameras[0].interval_s", "0", "greater than 0"),
        ("cameras.0.interval_s", "often", "cameras[0].interval_s", "'often'", "valid number"),
        ("cameras.0.zones.0.polygon", SQUARE[:2], "cameras[0].zones[0].polygon", "[2 entries]", "at least 3"),
        ("cameras.0.zones.0.polygon.2.0", 1.5, "cameras[0].zones[0].polygon[2][0]", "1.5", "less than or equal to 1"),
        ("cameras.0.zones.0.polygon", [[0, 0], [1, 1], [1, 0], [0, 1]], "cameras[0].zones[0].polygon", "[4", "cross"),
        ("cameras.0.zones.0.violations", ["litter"], "cameras[0].zones[0].violations[0]", "'litter'", "exposed_muck"),
        ("cameras.0.zones.0.colour", "red", "cameras[0].zones[0].colour", "'red'", "id, name, polygon, violations"),
        ("cameras.0.source.kind", "usb", "cameras[0].source.kind", "'usb'", "rtsp"),
        ("cameras.0.source.paths", ["gone.mp4"], "cameras[0].source.paths[0]", "gone.mp4", "no such file"),
        ("cameras.0.source.paths", ["."], "cameras[0].source.paths[0]", "", "a folder: name a file"),
        ("cameras.0.source.url", "rtsp://h/1", "cameras[0].source.url", "'rtsp://h/1'", "paths, realtime, loop"),
        ("cameras.0.reference", "gone.jpg", "cameras[0].reference", "gone.jpg", "no such file"),
        ("cameras.0.ground", [{"image": [0, 0], "world_m": [0, 0]}], "cameras[0].ground", "[1 entries]", "at least 4"),
        ("broker.port", 70000, "broker.port", "70000", "less than or equal to 65535"),
        ("broker.host", "mqtt://broker", "broker.host", "'mqtt://broker'", "host name"),
        ("broker.password_file", "gone", "broker.password_file", "gone", "no such file"),
        ("server.url", "ftp://h/", "server.url", "'ftp://h/'", "https://host"),
        ("server.token_file", "gone", "server.token_file", "gone", "no such file"),
        ("models.segmenter", "../../x", "models.segmenter", "'../../x'", "name/version"),
        ("models.registry", "gone", "models.registry", "gone", "no such folder"),
        ("violations", "gone", "violations", "gone", "a folder with one YAML file"),
        ("overrides.litter", {}, "overrides.litter", "'litter'", "outdoor_display"),
        ("overrides.outdoor_display", {"dwell_s": -1}, "overrides.outdoor_display.dwell_s", "-1", "greater than 0"),
        ("overrides.outdoor_display", {"enter": 0.01}, "overrides.outdoor_display", "", "must be lower than enter"),
        ("data_dir", "clip.mp4", "data_dir", "clip.mp4", "a file: name a folder"),
        ("rules", {}, "rules", "{}", "stand in the files of `violations`"),
    ],
)  # fmt: skip
def test_one_mistake(folder: Path, path: str, value: Any, field: str, shown: str, allowed: str):
    found = [problem for problem in problems(folder, set_in(good(), path, value)) if problem.field == field]
    assert len(found) == 1
    assert found[0].file == str(folder / "edge.yaml")
    assert shown in found[0].value
    assert allowed in found[0].allowed


def test_without_cameras_it_waits_for_a_plan_unless_it_takes_none(folder: Path):
    waiting = set_in(good(), "cameras", [])
    assert load(write(folder, waiting)).cameras == []
    assert [p.field for p in problems(folder, waiting | {"plans": {"accept": False}})] == ["cameras"]


def test_every_mistake_is_told_at_once(folder: Path):
    tree = good()
    del tree["edge_id"]
    set_in(tree, "broker.port", 0)
    set_in(tree, "cameras.0.zones.0.violations", ["litter"])
    set_in(tree, "cameras.0.source.paths", ["gone.mp4"])
    tree["cameras"].append(tree["cameras"][0] | {"interval_s": -5})
    tree["permits"] = [
        {"id": "p", "camera_id": "cam-9", "zone_id": "front", "polygon": SQUARE, "valid_from": "2026-01-01",
         "valid_to": "2026-02-31"}
    ]  # fmt: skip
    assert {problem.field for problem in problems(folder, tree)} == {
        "edge_id",
        "broker.port",
        "cameras[0].zones[0].violations[0]",
        "cameras[0].source.paths[0]",
        "cameras[1].id",
        "cameras[1].interval_s",
        "cameras[1].zones[0].violations[0]",
        "cameras[1].source.paths[0]",
        "permits[0].camera_id",
        "permits[0].valid_to",
    }


def test_ground_points_that_make_no_plane_are_told(folder: Path):
    line = [{"image": [x, x], "world_m": [x * 10, 3]} for x in (0.1, 0.2, 0.4, 0.9)]
    fault = only(folder, set_in(good(), "cameras.0.ground", line))
    assert (fault.field, fault.value) == ("cameras[0].ground", "[4 entries]")
    assert "lie on a line" in fault.allowed


def test_ids_that_are_used_twice_are_told(folder: Path):
    tree = good()
    tree["cameras"] *= 2
    twin = only(folder, tree)
    assert (twin.field, twin.value) == ("cameras[1].id", "'cam-1'")
    tree = good()
    tree["cameras"][0]["zones"] *= 2
    assert only(folder, tree).field == "cameras[0].zones[1].id"
    tree = good()
    tree["cameras"][0]["zones"][0]["violations"] *= 2
    assert only(folder, tree).field == "cameras[0].zones[0].violations[1]"


class TestYaml:
    def test_a_syntax_error_names_its_line(self, folder: Path):
        fault = only(folder, "edge_id: e\ncameras: [\n  {id: a,\n")
        assert fault.field.startswith("line ")
        assert fault.allowed == "valid YAML"

    def test_a_field_that_is_given_twice_is_an_error(self, folder: Path):
        fault = only(folder, "edge_id: a\ndata_dir: b\nedge_id: c\n")
        assert fault.field == "line 3, column 1"
        assert "first in line 1" in fault.value

    @pytest.mark.parametrize("text", ["", "- a\n", "just words"])
    def test_a_file_without_fields_is_an_error(self, folder: Path, text: str):
        assert "fields with values" in only(folder, text).allowed

    def test_a_missing_file_and_a_file_that_is_not_text(self, folder: Path):
        with pytest.raises(ConfigInvalid, match="No such file"):
            load(folder / "missing.yaml")
        (folder / "edge.yaml").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(ConfigInvalid, match="UTF-8"):
            load(folder / "edge.yaml")

    def test_tags_that_make_objects_are_refused(self, folder: Path):
        assert "tag" in only(folder, "edge_id: !!python/object/apply:os.system ['true']\n").value

    def test_hours_and_dates_stay_what_they_look_like(self, folder: Path):
        text = yaml.safe_dump(good()) + (
            "permits:\n  - {id: p, camera_id: cam-1, zone_id: front, polygon: [[0,0],[1,0],[1,1]],\n"
            "     valid_from: 2026-01-01, valid_to: 2026-12-31, hours_from: 18:30, hours_to: 02:00, weekdays: [6, 7]}\n"
        )
        permit = load(write(folder, text)).permits[0]
        assert (permit.hours_from, permit.hours_to) == (time(18, 30), time(2, 0))
        assert permit.valid_from.isoformat() == "2026-01-01"
        assert permit.weekdays == {6, 7}

    def test_an_unknown_field_of_a_permit_is_an_error_here(self, folder: Path):
        permit = {"id": "p", "camera_id": "cam-1", "zone_id": "front", "polygon": SQUARE, "valid_from": "2026-01-01"}
        fault = only(folder, good() | {"permits": [permit | {"valid_to": "2026-12-31", "weekday": [1]}]})
        assert fault.field == "permits[0].weekday"
        assert "did you mean weekdays" in fault.allowed


class TestT15Secrets:
    @pytest.mark.parametrize(
        "url",
        [
            "rtsp://admin:hunter2@10.0.0.1/stream",
            "rtsp://admin:hun/ter2@10.0.0.1/stream",
            "rtsp://hunter2@10.0.0.1/",
            "rtsp://10.0.0.1/cam?user=admin&password=hunter2",
            "rtsp://10.0.0.1/user=admin_password=hunter2_channel=1",
            "rtsp://10.0.0.1/cam?token=hunter2",
        ],
    )
    def test_credentials_in_an_address_are_refused_and_never_shown(self, folder: Path, url: str):
        tree = set_in(good(), "cameras.0.source", {"kind": "rtsp", "url": url})
        with pytest.raises(ConfigInvalid) as caught:
            load(write(folder, tree))
        assert "credentials" in str(caught.value)
        assert "hunter2" not in str(caught.value)
        assert "ter2" not in repr(caught.value.problems)

    def test_the_servers_address_too(self, folder: Path):
        fault = only(folder, set_in(good(), "server.url", "https://edge:hunter2@city.example/"))
        assert "hunter2" not in str(fault)

    @pytest.mark.parametrize("field", ["password", "token", "secret", "passwd", "api_key"])
    def test_a_password_in_the_file_is_refused_and_never_shown(self, folder: Path, field: str):
        fault = only(folder, set_in(good(), f"broker.{field}", "hunter2"))
        assert fault.value == "(hidden)"

    def test_a_good_address(self):
        assert RtspSourceConfig(url="rtsps://camera.local:322/Streaming/Channels/101?profile=1").transport == "tcp"

    @pytest.mark.parametrize("url", ["rtsp://", "rtsp:///path", "http://h/", "rtsp://h:port/", "camera", ""])
    def test_what_is_no_address_is_refused(self, url: str):
        with pytest.raises(ValidationError, match="rtsps://host"):
            RtspSourceConfig(url=url)


class TestRules:
    def rule(self, folder: Path, name: str, **changes: Any) -> None:
        fields = {
            "id": name, "version": 1, "name": {"zh": "甲", "en": "A"}, "measure": "covered_share", "enter": 0.1,
            "exit": 0.05, "dwell_s": 60, "leave_s": 30, "update_s": 60, "item": "CG-01",
        }  # fmt: skip
        (folder / "rules").mkdir(exist_ok=True)
        (folder / "rules" / f"{name}.yaml").write_text(yaml.safe_dump(fields | changes))

    def tree(self) -> dict[str, Any]:
        return set_in(good(), "cameras.0.zones.0.violations", ["stalls"]) | {"violations": "rules"}

    def test_a_citys_own_violation(self, folder: Path):
        self.rule(folder, "stalls")
        config = load(write(folder, self.tree() | {"overrides": {"stalls": {"dwell_s": 5}}}))
        assert (config.rules["stalls"].dwell_s, config.rules["stalls"].leave_s) == (5, 30)

    def test_a_mistake_in_a_rules_file_names_that_file_and_nothing_else(self, folder: Path):
        self.rule(folder, "stalls", measure="smell")
        fault = only(folder, self.tree())
        assert fault.file.endswith("rules/stalls.yaml")
        assert (fault.field, fault.value) == ("measure", "'smell'")

    def test_a_rule_is_named_after_its_file(self, folder: Path):
        self.rule(folder, "stalls", id="booths")
        assert "named after its id" in only(folder, self.tree()).allowed


class TestDigest:
    def test_it_tells_configurations_apart(self, folder: Path):
        base = load(write(folder, good()))
        again = load(write(folder, good()))
        slower = load(write(folder, set_in(good(), "cameras.0.interval_s", 6)))
        longer = load(write(folder, set_in(good(), "overrides.outdoor_display", {"dwell_s": 99})))
        assert base.digest() == again.digest()
        assert len({base.digest(), slower.digest(), longer.digest()}) == 3
        assert len(base.digest()) == 64


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "cameras", "zones", "source", "kind", "paths", "polygon", "violations", "permits", "overrides"]
    ), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=60)
@given(tree=st.dictionaries(st.sampled_from(list(EdgeConfig.model_fields)), JSON))
def test_any_tree_is_taken_or_refused_with_its_problems(tmp_path_factory: pytest.TempPathFactory, tree: dict[str, Any]):
    # A folder for each example would be slow; nothing in the tree is written to.
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    with contextlib.suppress(ConfigInvalid):
        load(path)
