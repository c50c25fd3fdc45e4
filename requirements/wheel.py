"""Builds the screens before a wheel is made, so that whoever installs it needs no Node."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ScreensFirst(BuildHookInterface[Any]):
    """Runs for a wheel, not for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is older than its sources. Raises NoNode, subprocess.CalledProcessError."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from server.web import build

        if build.is_stale():
            build.build()
