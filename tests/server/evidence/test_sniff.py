"""What a file is, by its first bytes."""

import pytest

from server.evidence.sniff import media_type

EBML = b"\x1a\x45\xdf\xa3"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (EBML + b"\xa3\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04", "video/webm"),
        (EBML + b"\xa3\x42\x86\x81\x01\x42\x82\x88matroska\x42\x87\x81\x04", None),
        (EBML, None),
        (b"\x42\x82\x84webm", None),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"GIF89a", None),
    ],
)
def test_a_webm_is_told_from_other_matroska(head: bytes, kind: str | None) -> None:
    assert media_type(head) == kind
