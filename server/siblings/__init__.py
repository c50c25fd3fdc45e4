"""One act of several subjects: a case each, sharing alerts and evidence; own "first", own share, own correction."""
