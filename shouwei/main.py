"""`shouwei …`: one command with a room for each part; a room is imported only when it is asked for."""

import importlib
from typing import Any

import typer
from typer.core import TyperGroup

ROOMS = {
    "demo": ("shouwei.demo.cli", "demo_app", "edge,server,broker"),
    "up": ("shouwei.up", "up_app", "edge,server,broker"),
    "edge": ("edge.cli", "edge_app", "edge"),
    "server": ("server.cli", "server_app", "server"),
    "models": ("models.cli", "models_app", "edge"),
    "policy": ("server.policy.cli", "policy_app", "server"),
}
"""Name -> (module, typer app, the extras that its imports need)."""
OURS = ("edge", "server", "models", "shouwei")


class Rooms(TyperGroup):
    """Loads a room when it is named. A room whose extra is not installed says so instead of failing obscurely."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every room, in the order a newcomer meets them."""
        return list(ROOMS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The room's command, None for an unknown name."""
        if cmd_name not in ROOMS:
            return None
        module, name, extras = ROOMS[cmd_name]
        try:
            app: typer.Typer = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] in OURS:
                raise
            app = _absent(missing.name or "a module", extras)
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command


def _absent(module: str, extras: str) -> typer.Typer:
    app = typer.Typer(help=f"(not installed here: needs the extras {extras})")

    @app.callback(invoke_without_command=True)
    def explain() -> None:
        typer.echo(
            f"{module} is not installed; this command needs the extras: pip install 'shouwei[{extras}]'", err=True
        )
        raise typer.Exit(2)

    return app


app = typer.Typer(
    cls=Rooms,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="首违 Shouwei: cameras find violations, people decide, the loop closes.",
)


@app.callback()
def _shouwei() -> None:
    """首违 Shouwei: cameras find violations, people decide, the loop closes."""


def run() -> None:
    """The console script."""
    app()
