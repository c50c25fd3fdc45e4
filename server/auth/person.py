"""Who is asking: a person (or an edge device, or the system itself) with roles."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from server.auth.reach import EVERYWHERE, NOWHERE, Reach
from server.auth.roles import HOUSE, READERS, STAFF, Role
from server.context import services_of
from server.errors import Forbidden, Unauthorized


@dataclass(frozen=True)
class Person:
    """`edge_id` is set for a device (role EDGE) and null for people."""

    id: UUID
    name: str
    roles: frozenset[Role]
    edge_id: str | None = None
    reach: Reach = NOWHERE

    def has(self, *roles: Role) -> bool:
        """Whether any of these roles is held."""
        return not self.roles.isdisjoint(roles)

    def require(self, *roles: Role) -> None:
        """Raises Forbidden unless any of these roles is held."""
        if not self.has(*roles):
            raise Forbidden(sorted(roles), sorted(self.roles))


SYSTEM = Person(UUID(int=1), "系统", frozenset({Role.SYS}), reach=EVERYWHERE)
AI = Person(UUID(int=2), "智能识别", frozenset({Role.AI}), reach=EVERYWHERE)
"""The actors of steps that no person takes."""


def current_person(request: Request) -> Person:
    """Whoever the bearer token or the session cookie belongs to; raises Unauthorized."""
    person = services_of(request).identify(request)
    if person is None:
        raise Unauthorized
    return person


CurrentPerson = Annotated[Person, Depends(current_person)]


class Allow:
    """The policy of a route: `Annotated[Person, Depends(Allow(Role.SEAT))]`. A route without one fails a test."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    def __call__(self, person: CurrentPerson) -> Person:
        """The person, when any of the roles is held; raises Unauthorized or Forbidden."""
        person.require(*self.roles)
        return person


StaffPerson = Annotated[Person, Depends(Allow(*STAFF))]
"""Any person of the authority who works on cases."""
ReaderPerson = Annotated[Person, Depends(Allow(*READERS))]
"""Staff, and who may only look: for GET of alerts, cases and the ledger, never for originals."""
HousePerson = Annotated[Person, Depends(Allow(*HOUSE))]
"""Also administrators: for what says nothing of any case."""
AdminPerson = Annotated[Person, Depends(Allow(Role.ADMIN))]
