"""The yardstick: what bare decoding and bare inference cost, by the plainest programs that do them."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import onnxruntime
from av.error import FFmpegError

from edge.errors import SourceUnreadable
from edge.stream.demux import video_stream
from edge.stream.frame import Image
from edge.vision.letterbox import letterbox
from edge.vision.model_file import LoadedModel
from edge.vision.segmenter import tensor


@dataclass(frozen=True, slots=True)
class RawCost:
    """Seconds of processor time. `read` is for one second of stream (demuxing alone), `decode` for one key frame to
    BGR, `infer` for one run of each network on a ready tensor."""

    read_s: float
    decode_s: float
    infer_s: float

    def of(self, stream_s: float, pictures: int) -> float:
        """What so many stream seconds with so many analysed pictures cost at least."""
        return stream_s * self.read_s + pictures * (self.decode_s + self.infer_s)


def raw_cost(clip: Path, models: Sequence[LoadedModel], threads: int, rounds: int = 3) -> RawCost:
    """Measure with `threads` at once, as the pipeline works, so that both share caches and memory alike.

    Reading, decoding and inference take turns, so that a slow minute of the machine hits all of them.
    """
    image, keys = _keys(clip)
    networks = [_session(model, image) for model in models]

    def infer_all() -> None:
        for _ in range(keys):
            for network in networks:
                network()

    times: dict[str, list[float]] = {"read": [], "decode": [], "infer": []}
    for _ in range(rounds):
        times["read"].append(_in_threads(threads, lambda: _read(clip)) / threads)
        times["decode"].append(_in_threads(threads, lambda: _decode(clip)) / threads / keys)
        times["infer"].append(_in_threads(threads, infer_all) / threads / keys)
    seconds = _seconds(clip)
    read, decode, infer = (float(np.mean(times[name])) for name in ("read", "decode", "infer"))
    # The decoding program reads too; what reading costs is counted once, by the second.
    return RawCost(read / seconds, max(0.0, decode - read / keys), infer)


def _seconds(clip: Path) -> float:
    with av.open(str(clip)) as container:
        return (container.duration or 0) / av.time_base


def _keys(clip: Path) -> tuple[Image, int]:
    """The film's first key frame, and how many it has. Raises SourceUnreadable."""
    try:
        with av.open(str(clip)) as container:
            stream = video_stream(container, str(clip))
            stream.codec_context.skip_frame = "NONKEY"
            images = [frame.to_ndarray(format="bgr24") for frame in container.decode(stream)]
    except (FFmpegError, OSError) as error:
        raise SourceUnreadable(str(clip), f"it is not a film that can be read: {error.strerror}") from error
    if not images:
        raise SourceUnreadable(str(clip), "it has no key frames")
    return images[0].astype(np.uint8, copy=False), len(images)


def _read(clip: Path) -> None:
    with av.open(str(clip)) as container:
        for _ in container.demux(container.streams.video[0]):
            pass


def _decode(clip: Path) -> None:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame, stream.codec_context.thread_count = "NONKEY", 1
        for frame in container.decode(stream):
            frame.to_ndarray(format="bgr24")


def _session(model: LoadedModel, image: Image) -> Callable[[], object]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.onnx, options, providers=["CPUExecutionProvider"])
    card = model.card
    boxed = letterbox(image, card.input.long_side, card.input.multiple, card.input.pad_value, card.output.stride)
    feed = {card.input.name: tensor(boxed.image, card)}
    session.run([card.output.name], feed)
    return lambda: session.run([card.output.name], feed)


def _in_threads(count: int, work: Callable[[], object]) -> float:
    """Processor seconds of all threads together."""
    spent: list[float] = []

    def measured() -> None:
        begin = time.thread_time()
        work()
        spent.append(time.thread_time() - begin)

    threads = [threading.Thread(target=measured) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(spent)
