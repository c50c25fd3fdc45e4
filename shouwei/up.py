"""`shouwei up`: one box in one process tree; broker, server and edge from one small file that names the other two."""

import logging
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from edge.config import load as load_edge
from edge.errors import ConfigInvalid, EdgeError
from server.config import ConfigError
from server.config import load as load_server
from shouwei.box import Box, with_token

up_app = typer.Typer(add_completion=False)


class UpConfig(BaseModel):
    """Relative paths start at the file's folder. Broker and data folders are named in the two files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: Path
    edge: Path


class UpInvalid(Exception):
    """The box's file, or one that it names, has mistakes; the text names every one."""


@up_app.callback(invoke_without_command=True)
def up(config: Annotated[Path, typer.Option(help="Names the server's and the edge's file.")]) -> None:
    """Broker (embedded, 127.0.0.1 only), server and edge of one box, until SIGTERM or Ctrl-C.

    The first start prints the administrator's token once. The edge's own token is made when its file names none.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        _run(config, stop)
    except (UpInvalid, EdgeError, OSError) as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
        raise typer.Exit(1) from error


def read(file: Path) -> UpConfig:
    """The box's file with its paths made absolute. Raises UpInvalid."""
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        config = UpConfig.model_validate(raw or {})
    except (OSError, yaml.YAMLError) as error:
        raise UpInvalid(f"{file}: {error}") from error
    except ValidationError as error:
        faults = (f"{file}: {'.'.join(map(str, f['loc']))}: {f['input']!r}: {f['msg']}" for f in error.errors())
        raise UpInvalid("\n".join(faults)) from error
    return UpConfig(server=file.parent / config.server, edge=file.parent / config.edge)


def _run(file: Path, stop: threading.Event) -> None:
    named = read(file)
    try:
        settings, edge_config = load_server(named.server), load_edge(named.edge)
    except (ConfigError, ConfigInvalid) as error:
        raise UpInvalid(str(error)) from error
    if settings.broker.port != edge_config.broker.port:
        raise UpInvalid(
            f"{named.edge}: broker.port {edge_config.broker.port} is not the {settings.broker.port} of {named.server}"
        )
    with Box(settings, settings.data_dir) as box:
        if box.server.first_token is not None:
            typer.echo(f"administrator's token, shown once: {box.server.first_token}")
            typer.echo(f"the code that sets the password of admin, once: {box.server.first_code}")
            typer.echo(f"the page: {box.server.page_link(box.server.first_token)}")
            edge_config = with_token(edge_config, box.server.url, box.server.first_token)
        elif edge_config.server.token_file is None:
            edge_config = with_token(edge_config, box.server.url, "")
        typer.echo(f"server {box.server.url}, broker 127.0.0.1:{settings.broker.port}, edge {edge_config.edge_id}")
        box.open_edge(edge_config).run(stop)
