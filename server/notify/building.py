"""From the settings to the channels, secrets read from their files."""

from collections.abc import Mapping
from pathlib import Path

from server.clock import Clock
from server.config import ConfigError
from server.notify.channels import FileNotifier, Notifier
from server.notify.posting import Poster
from server.notify.robots import Robot
from server.notify.routing import AppriseChannel, ChannelSettings, FileChannel, NotifySettings, SmsChannel
from server.notify.sms import SmsGateway


def build(settings: NotifySettings, data_dir: Path, clock: Clock) -> Mapping[str, Notifier]:
    """Every channel by name. Raises ConfigError for a secret that cannot be read or a package that is missing."""
    return {name: _one(name, channel, data_dir, clock) for name, channel in settings.channels.items()}


def secret(name: str, file: Path | None) -> str:
    """The first line of a file, "" without one. Raises ConfigError (with the file's name, never its content)."""
    if file is None:
        return ""
    try:
        lines = file.read_text(encoding="utf-8").strip().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(file, [f"channel {name}: cannot be read ({type(error).__name__})"]) from None
    if not lines:
        raise ConfigError(file, [f"channel {name}: is empty"])
    return lines[0].strip()


def _one(name: str, channel: ChannelSettings, data_dir: Path, clock: Clock) -> Notifier:
    if isinstance(channel, FileChannel):
        return FileNotifier(data_dir / channel.file)
    if isinstance(channel, AppriseChannel):
        return _apprise(name, channel)
    poster = Poster(channel.timeout_s, channel.proxy)
    if isinstance(channel, SmsChannel):
        return SmsGateway(channel, secret(name, channel.secret_file), poster)
    return Robot(channel.kind, secret(name, channel.url_file), secret(name, channel.secret_file), poster, clock)


def _apprise(name: str, channel: AppriseChannel) -> Notifier:
    try:
        from server.notify.many import AppriseNotifier
    except ModuleNotFoundError as error:
        message = f"channel {name}: needs the package apprise (pip install 'shouwei[notify]')"
        raise ConfigError(channel.urls_file, [message]) from error
    secret(name, channel.urls_file)
    return AppriseNotifier(channel.urls_file.read_text(encoding="utf-8").split())
