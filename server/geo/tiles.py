"""Where map tiles come from: nowhere, unless the settings name a server. Pure."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

Template = Annotated[str, Field(pattern=r"^https?://[^\s;,'\"]+$", max_length=400)]
HOLES = ("{z}", "{x}", "{y}")


class MapSettings(BaseModel):
    """A tile server. Without `tiles` the map is plain: areas, zones and cameras on a grid, nothing from outside.

    Each of `tiles` is drawn over the one before (a picture, then its names). `{s}` stands for one of `subdomains`,
    `{key}` for the first line of `key_file`; every browser sees it, so take a key that the provider bound to your
    address. `crs`: gcj02 where the provider shifts its tiles as web maps in China do; what is ours is then shifted
    alike before it is drawn, and stays WGS-84 everywhere else.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tiles: tuple[Template, ...] = Field(default=(), max_length=4)
    subdomains: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]{1,20}$")], ...] = Field(default=(), max_length=16)
    key_file: Path | None = None
    attribution: str = Field(default="", max_length=200)
    crs: Literal["wgs84", "gcj02"] = "wgs84"
    tile_size: Literal[256, 512] = 256
    max_zoom: int = Field(default=18, ge=1, le=22)

    @model_validator(mode="after")
    def _is_whole(self) -> "MapSettings":
        for template in self.tiles:
            lacking = [hole for hole in HOLES if hole not in template]
            if lacking:
                raise ValueError(f"a tile address needs {', '.join(lacking)}")
            if "{s}" in template and not self.subdomains:
                raise ValueError("{s} needs subdomains")
            if "{key}" in template and self.key_file is None:
                raise ValueError("{key} needs key_file")
            if "{" in (urlsplit(template).hostname or "").replace("{s}", ""):
                raise ValueError("only {s} may stand in the name of the host")
        if self.tiles and not self.attribution:
            raise ValueError("say in attribution whose tiles these are, as their terms ask")
        return self


def addresses(settings: MapSettings) -> list[list[str]]:
    """The address templates of each layer, `{z}` `{x}` `{y}` left open, one for each subdomain.

    Raises OSError when the key's file cannot be read.
    """
    key = settings.key_file.read_text(encoding="utf-8").strip() if settings.key_file and settings.tiles else ""
    return [[one.replace("{key}", key) for one in _each(template, settings)] for template in settings.tiles]


def hosts(settings: MapSettings) -> tuple[str, ...]:
    """The origins that a page with a map may load from, for its Content-Security-Policy; sorted."""
    found = {urlsplit(one) for template in settings.tiles for one in _each(template, settings)}
    return tuple(sorted({f"{url.scheme}://{url.netloc}" for url in found}))


def _each(template: str, settings: MapSettings) -> list[str]:
    names = settings.subdomains if "{s}" in template else ("",)
    return [template.replace("{s}", name) for name in names]
