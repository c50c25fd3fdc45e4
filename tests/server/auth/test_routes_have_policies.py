"""Deny by default: a route without a policy fails here."""

from fastapi import FastAPI
from fastapi.routing import APIRoute

from server.auth.matrix import guards
from server.auth.person import Allow, current_person
from tests.server.routes import api_routes

PUBLIC = {
    ("GET", "/healthz"): "says only that the process lives",
    ("GET", "/readyz"): "says which part is missing, for a load balancer",
    ("POST", "/api/session"): "is how one gets in, with a one-time code",
    ("POST", "/api/notices/callbacks/{channel}"): "a gateway has no account: the channel's own secret",
    ("POST", "/api/party/visits"): "is how a party gets into its own case, with a one-time code",
    (
        "GET",
        "/api/party/contact",
    ): "tells whom to ask when a party's link does not open: what is printed on every paper",
    ("POST", "/api/session/password"): "is how one gets in, with name and password",
    ("POST", "/api/session/setup"): "is how one gets in for the first time, with a one-time code",
    ("GET", "/api/public/publications"): "is what the law has published: acts with no person and no picture",
    ("GET", "/"): "the page itself holds no data",
    ("GET", "/static/icon.svg"): "the page itself holds no data",
    ("GET", "/static/icon-{size}.png"): "the page itself holds no data",
    ("GET", "/console"): "the page itself holds no data",
    ("GET", "/console/assets/{name}"): "the page itself holds no data",
    ("GET", "/console/{path:path}"): "the page itself holds no data",
    ("GET", "/officer/sw.js"): "the page itself holds no data",
    ("GET", "/officer/manifest.webmanifest"): "the page itself holds no data",
    ("GET", "/officer/files.json"): "the page itself holds no data",
    ("GET", "/officer/{path:path}"): "the page itself holds no data",
    ("GET", "/party"): "the page itself holds no data",
    ("GET", "/verify/{token}"): "whoever holds a document may ask whether it is genuine; tells nothing personal",
    ("GET", "/api/verify/{token}"): "the same for programs",
}
ANYBODY_KNOWN = {("GET", "/api/me"), ("DELETE", "/api/session")}


def test_every_route_has_a_policy(app: FastAPI) -> None:
    unguarded: list[str] = []
    for method, route in api_routes(app):
        calls = guards(route.dependant)
        if any(isinstance(call, Allow) for call in calls) or (method, route.path) in PUBLIC:
            continue
        if (method, route.path) in ANYBODY_KNOWN and current_person in calls:
            continue
        unguarded.append(f"{method} {route.path}")
    assert unguarded == []


def test_a_public_route_is_listed_on_purpose_and_exists(app: FastAPI) -> None:
    there = {(method, route.path) for method, route in api_routes(app)}
    assert PUBLIC.keys() | ANYBODY_KNOWN <= there


def test_the_check_can_fail(app: FastAPI) -> None:
    app.add_api_route("/api/open", lambda: None, methods=["GET"])
    last = app.routes[-1]
    assert isinstance(last, APIRoute)
    assert not any(isinstance(call, Allow) for call in guards(last.dependant))
