"""Show pip's work as one moving line: `pip install ... 2>&1 | python progress.py LOCK`. Errors are shown whole."""

import re
import sys
from pathlib import Path


def main() -> int:
    """Exit status 1 when pip reported an error, so that the pipe's end tells make the truth."""
    total = len(re.findall(r"^[A-Za-z0-9][^\s=]*==", Path(sys.argv[1]).read_text(encoding="utf-8"), re.MULTILINE))
    live = sys.stderr.isatty()
    start, end = ("\r", "") if live else ("", "\n")
    seen, done, failed = 0, False, False
    for line in sys.stdin:
        text = line.strip()
        if text.startswith("Collecting "):
            seen += 1
            if live or seen % 10 == 0:
                name = text.split()[1].split("==")[0]
                print(f"{start}  {seen}/{total} {name:<40}", end=end, file=sys.stderr, flush=True)
        elif text.startswith("Installing collected"):
            print(f"{start}  installing {seen} packages ...{' ' * 30}", file=sys.stderr, flush=True)
        elif text.startswith(("Successfully installed", "Requirement already satisfied")):
            done = True
        elif text.startswith("ERROR") or failed:
            failed = True
            print(line, end="", file=sys.stderr)
    return 0 if done and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
