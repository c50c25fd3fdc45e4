"""What can be wrong with a single picture or clip. What is wrong with a whole stream stands in edge.errors."""

from pathlib import Path

from edge.errors import EdgeError, SourceUnreadable


class SourceRefused(SourceUnreadable):
    """The camera answered and said no: wrong password, unknown path, or something that is not RTSP.

    `status` is that of its answer, where it was one (401, 403, 404).
    """

    code = "edge.source_refused"

    def __init__(self, where: str, reason: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(where, reason)


class PictureBroken(EdgeError):
    """The data of one picture do not decode; the next key frame may."""

    code = "edge.picture_broken"


class ClipUnavailable(EdgeError):
    """The ring holds no pictures of that time, or what it holds cannot be written as a clip."""

    code = "edge.clip_unavailable"

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path.name}: {reason}")
