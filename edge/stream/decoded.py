"""Samples decoded one after the other, in the caller's thread."""

import logging
from collections.abc import Callable, Iterable, Iterator

from edge.stream.errors import PictureBroken
from edge.stream.frame import Frame, Sample

log = logging.getLogger(__name__)


def decoded(samples: Iterable[Sample], count_broken: Callable[[], None]) -> Iterator[Frame]:
    """The frames of samples; one that does not decode is counted and passed over."""
    for sample in samples:
        try:
            frame = sample.frame()
        except PictureBroken as broken:
            count_broken()
            log.info("%s: picture %d: %s", sample.camera_id, sample.seq, broken)
            continue
        yield frame
