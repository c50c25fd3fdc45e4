"""What a file is, by its first bytes. Names and headers are only claims."""

HEAD_BYTES = 64
ALLOWED = ("image/jpeg", "image/png", "video/mp4", "video/webm", "application/json")
"""What is taken from outside. Documents that we issue ourselves are PDF."""


def media_type(head: bytes) -> str | None:
    """The media type of a file that starts with `head` (64 bytes are enough), or None when it is none we know."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in head:
        # EBML whose DocType is webm (RFC 8794, RFC 9559); other Matroska is not taken.
        return "video/webm"
    if head.lstrip()[:1] == b"{":
        return "application/json"
    return None
