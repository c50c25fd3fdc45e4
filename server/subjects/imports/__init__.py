"""Subjects and grades from CSV and Excel files: read, checked row by row, shown, and only then written."""
