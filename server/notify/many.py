"""Many services by way of the package apprise (extra `notify`); importing this module needs it."""

from collections.abc import Sequence

import apprise  # type: ignore[import-not-found]  # optional extra

from server.notify.channels import DeliveryFailed, Letter


class AppriseNotifier:
    """All addresses of one file together."""

    is_local = False

    def __init__(self, urls: Sequence[str]) -> None:
        self._services = apprise.Apprise()
        for url in urls:
            self._services.add(url)

    def deliver(self, letter: Letter) -> str:
        """apprise gives no receipt, so it is ours. Raises DeliveryFailed."""
        if not self._services.notify(body=letter.text, title="首违 shouwei"):
            raise DeliveryFailed("at least one of the services did not take it")
        return f"said:{letter.id}"
