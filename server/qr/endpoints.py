"""`/api/qr-codes`: a text as a QR code."""

import io

import segno
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from server.auth.person import StaffPerson

router = APIRouter(tags=["qr"])


class QrWanted(BaseModel):
    """What the code says."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")


@router.post("/api/qr-codes", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def make_qr_code(wanted: QrWanted, _person: StaffPerson) -> Response:
    """An SVG, medium error correction, with the quiet zone of four modules. In the body, not in the address: it may
    hold a one-time code. Nothing is kept.
    """
    out = io.BytesIO()
    segno.make(wanted.text, error="m", micro=False).save(out, kind="svg", scale=4, border=4, light="#fff")
    return Response(out.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})
