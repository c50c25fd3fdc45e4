"""Requests made from the API's own schema by Schemathesis: once, with a seed, to be sent by everybody."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.api.seeding import District

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.core import NotSet
    from schemathesis.core.result import Ok
    from schemathesis.schemas import APIOperation

SEED = 20261120
TABLE_OF = {
    "person_id": "person", "letter_id": "dead_letter", "alarm_id": "security_alarm", "report_id": "alert_report",
    "binding_id": "zone_binding", "document_id": "issued_document", "task_id": "correction_task",
    "plan_id": "patrol_plan", "import_id": "subject_import", "head_office_id": "subject", "assignee_id": "person",
    "second_person_id": "person", "sha256": "sha256",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One request, and the operation that says what may come back."""

    operation: APIOperation
    path_parameters: dict[str, Any]
    query: dict[str, Any]
    headers: dict[str, str]
    body: Any

    @property
    def name(self) -> str:
        """Method and path as in the schema."""
        return f"{self.operation.method.upper()} {self.operation.path}"

    @property
    def path(self) -> str:
        """The path with its parameters."""
        path = self.operation.path
        for name, value in self.path_parameters.items():
            path = path.replace("{" + name + "}", _quoted(value))
        return path

    def aimed_at(self, one: District) -> "Made":
        """The same request at things of a district, wherever it names any."""
        return replace(
            self,
            path_parameters=_aimed(self.path_parameters, one),
            query=_aimed(self.query, one),
            body=_aimed(self.body, one),
        )


def made(app: FastAPI, each: int) -> dict[str, list[Made]]:
    """Up to `each` requests for every operation, by method and path."""
    schema = schemathesis.openapi.from_dict(_without_tuples(app.openapi()))
    return {
        f"{operation.method.upper()} {operation.path}": list(_of(operation, each))
        for operation in (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok))
    }


def _without_tuples(part: Any) -> Any:
    """Pairs of the same type as lists of two: the library turns `prefixItems` into what its own validator refuses."""
    if isinstance(part, list):
        return [_without_tuples(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    known = {name: _without_tuples(inner) for name, inner in part.items()}
    first = known.pop("prefixItems", None)
    if first is not None:
        known["items"] = first[0] if all(one == first[0] for one in first) else {}
    return known


def _of(operation: APIOperation, each: int) -> Iterator[Made]:
    cases: list[Any] = []

    @seed(SEED)
    @settings(
        max_examples=each,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
    )
    @given(operation.as_strategy())
    def collect(case: Any) -> None:
        cases.append(case)

    collect()
    for case in cases[:each]:
        body = None if isinstance(case.body, NotSet) else case.body
        headers = {name: str(value) for name, value in (case.headers or {}).items() if str(value).isprintable()}
        headers = {name: value for name, value in headers.items() if value.isascii()}
        yield Made(operation, dict(case.path_parameters or {}), dict(case.query or {}), headers, body)


def _aimed(value: Any, one: District) -> Any:
    if isinstance(value, dict):
        return {name: _real(name, inner, one) for name, inner in value.items()}
    return value


def _real(name: str, value: Any, one: District) -> Any:
    table = TABLE_OF.get(name, name.removesuffix("_id"))
    if (name.endswith("_id") or name == "sha256") and table in one.ids:
        return str(one.ids[table])
    return _aimed(value, one) if isinstance(value, dict) else value


def _quoted(value: Any) -> str:
    from urllib.parse import quote

    return quote(str(value).encode("utf-8", "surrogatepass"), safe="") or "-"
