"""工作日历: drafted, published and read in the server; a published version is never edited."""
