"""What an edge found at an address that people asked it to try (`PUT /api/edges/{edge_id}/probes/{id}/result`)."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from edge.contracts.messages import Message

MAX_PICTURE_BASE64 = 400_000
MAX_RESULT_BYTES = 512 * 1024


class ProbeFault(StrEnum):
    """Why there is no picture."""

    NOT_ALLOWED = "not_allowed"
    BAD_ADDRESS = "bad_address"
    UNREACHABLE = "unreachable"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a fault
    NO_SUCH_STREAM = "no_such_stream"
    NO_VIDEO = "no_video"
    TIMED_OUT = "timed_out"
    UNREADABLE = "unreadable"


class ProbeResult(Message):
    """A blurred picture (JPEG, base64) with the stream's size, codec and frames a second; or the fault, in words too.

    `detail` never holds the address.
    """

    schema_version: Literal["1"] = "1"
    ok: bool
    fault: ProbeFault | None = None
    detail: str = Field(default="", max_length=400)
    width: int | None = Field(default=None, ge=1, le=32768)
    height: int | None = Field(default=None, ge=1, le=32768)
    codec: str = Field(default="", max_length=40)
    frames_per_s: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    picture_jpeg_base64: Annotated[str, Field(max_length=MAX_PICTURE_BASE64)] | None = None


class ProbeAddress(Message):
    """The address to try, brought once to the edge (`GET /api/edges/{edge_id}/probes/{id}/address`)."""

    address: str = Field(min_length=1, max_length=2000, repr=False)
