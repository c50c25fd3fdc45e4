"""Which district a new thing belongs to, and which a person may be given."""

from collections.abc import Iterable

from server.auth.person import Person
from server.auth.reach import ALL
from server.config import ServerSettings
from server.errors import InvalidInput


def choose(settings: ServerSettings, person: Person, wanted: str | None = None) -> str:
    """The district of something that `person` enters: as wanted, else the person's only one, else the only there is.

    Raises InvalidInput for an unknown district, one out of the person's reach, or when it must be said and was not.
    """
    within = sorted(code for code in settings.district_codes if person.reach.holds(code))
    if wanted is None and len(within) == 1:
        return within[0]
    if wanted is None or wanted not in within:
        raise InvalidInput([{"field": "district", "value": wanted, "allowed": within}])
    return wanted


def assignable(settings: ServerSettings, by: Person, wanted: Iterable[str] | None) -> list[str]:
    """The districts of a new person: as wanted (`*` is every one); not said, the only one there is, else none at all.

    Raises InvalidInput for an unknown one, or one beyond the reach of whoever gives it.
    """
    if wanted is None:
        return [settings.home_district] if settings.home_district else []
    given = set(wanted)
    allowed = sorted(code for code in settings.district_codes if by.reach.holds(code)) + [ALL] * by.reach.everywhere
    refused = sorted(given.difference(allowed))
    if refused:
        raise InvalidInput([{"field": "districts", "value": refused, "allowed": allowed}])
    return [ALL] if ALL in given else sorted(given)
