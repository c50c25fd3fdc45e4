"""Pictures from packets. Key frames are decoded one by one in a decoder of their own, a run of packets in one go."""

from typing import cast

import av
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from edge.errors import CodecUnsupported
from edge.stream.errors import PictureBroken
from edge.stream.frame import Image
from edge.stream.packet import SUPPORTED, Coding


def check_codec(codec: str | None, where: str) -> str:
    """The codec's name if it is one that is read; raises CodecUnsupported naming those that are."""
    if codec not in SUPPORTED:
        raise CodecUnsupported(where, f"its video is {codec or 'of an unknown codec'}; read are {', '.join(SUPPORTED)}")
    return codec


def new_decoder(coding: Coding) -> VideoCodecContext:
    """A decoder that uses the calling thread only. Raises CodecUnsupported."""
    check_codec(coding.codec, "decoder")
    context = av.CodecContext.create(coding.codec, "r")
    assert isinstance(context, VideoCodecContext)
    if coding.extradata:
        context.extradata = coding.extradata
    if coding.size is not None:
        context.width, context.height = coding.size
    context.thread_count = 1
    return context


def decode_key(coding: Coding, data: bytes) -> Image:
    """One key frame as (H, W, 3) BGR. Raises PictureBroken.

    The decoder lives only as long as the call: measured, it costs no more time than a kept one, gives the picture at
    once instead of with the next, and a camera holds no decoder memory between two looks.
    """
    try:
        decoder = new_decoder(coding)
        if coding.codec == "hevc":
            # H.264 marks a picture that it had to patch up as corrupt; H.265 must be told not to patch.
            decoder.options = {"err_detect": "explode"}
        frames = [*decoder.decode(av.Packet(data)), *decoder.decode(None)]
    except FFmpegError as error:
        raise PictureBroken(f"a key frame of {len(data)} bytes does not decode: {error.strerror}") from error
    if not frames or frames[0].is_corrupt:
        raise PictureBroken(f"a key frame of {len(data)} bytes gives {'a damaged' if frames else 'no'} picture")
    return to_bgr(frames[0])


def to_bgr(frame: VideoFrame) -> Image:
    """(H, W, 3) BGR, uint8."""
    return cast(Image, frame.to_ndarray(format="bgr24"))
