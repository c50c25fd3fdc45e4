"""The API as OpenAPI 3.1, written from the routes: `python -m server.openapi [FILE]`.

The console's types come from this file, so a changed route that the console does not know fails its build.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from server.app import create_app
from server.config import ServerSettings

FILE = Path(__file__).resolve().parent / "console" / "openapi.json"


def document() -> dict[str, Any]:
    """Every route of the server as it stands."""
    with tempfile.TemporaryDirectory() as folder:
        return create_app(ServerSettings(data_dir=Path(folder))).openapi()


def text() -> str:
    """The file's content."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    file.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
