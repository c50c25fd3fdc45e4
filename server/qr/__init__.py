"""QR codes for screens and paper: made here, so that no page needs a script for it."""
