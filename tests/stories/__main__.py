"""`python -m tests.stories FOLDER`: run the three stories and write them down, with their pictures and documents."""

import sys
import tempfile
from pathlib import Path

from tests.stories import fruit_shop, restaurant, site_net


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/stories")
    for story in (fruit_shop, restaurant, site_net):
        with tempfile.TemporaryDirectory() as work:
            story.tell(Path(work), folder)
        sys.stdout.write(f"{story.__name__.rpartition('.')[2]}\n")


if __name__ == "__main__":
    main()
