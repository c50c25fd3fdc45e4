"""placeholder until the clips' truth format exists"""

from pathlib import Path
from typing import Any

from edge.vision.segmenter import Segmenter


def judge_clips(segmenter: Segmenter, clips: Path) -> dict[str, Any]:
    raise NotImplementedError
