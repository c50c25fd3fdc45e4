"""Nothing is written or sent on the side: no telemetry of a library, nothing in the home folder."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_segmenter_leaves_the_home_folder_alone(tmp_path: Path) -> None:
    quiet = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_")) and k != "CI"}
    subprocess.run(
        [sys.executable, "-c", "import edge.vision.segmenter, onnxruntime; onnxruntime.SessionOptions()"],
        env={**quiet, "HOME": str(tmp_path)},
        check=True,
        timeout=60,
    )
    assert [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")] == []
