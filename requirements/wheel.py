"""Builds the screens before a wheel is made, so that whoever installs it needs no Node."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ScreensFirst(BuildHookInterface[Any]):
    """Runs for a wheel, not for an editable install."""

    def dependencies(self) -> list[str]:
        """The Node of the package index, where the screens must be built and this machine has none."""
        build = self._build()
        if not build.is_stale() or build.has_node():
            return []
        lock = Path(self.root, "requirements", "node.lock").read_text(encoding="utf-8")
        return [lock.split()[0]]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is older than its sources. Raises NoNode, subprocess.CalledProcessError."""
        if version == "editable":
            return
        build = self._build()
        if build.is_stale():
            build.build()

    def _build(self) -> Any:
        if self.root not in sys.path:
            sys.path.insert(0, self.root)
        from server.web import build

        return build
