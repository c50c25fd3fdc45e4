"""The frame's own pages."""

from tests.e2e.screens import Screen

SCREENS = [Screen("login", role="", path="/console/login", ready="form")]
