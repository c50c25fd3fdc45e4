"""What can stand in the way of a document."""

from typing import Any

from server.errors import Conflict, InvalidInput, ServerError


class NotNow(Conflict):
    """The case is not in a state in which this document is made."""

    def __init__(self, kind: str, state: str, allowed: list[str]) -> None:
        facts = {"kind": kind, "state": state, "allowed": allowed}
        super().__init__("document.not_in_this_state", "This document is not made in this state", facts)


class Incomplete(Conflict):
    """Something that the document must say is not known yet: each of `missing` is `{what, todo}`."""

    def __init__(self, kind: str, missing: list[dict[str, str]]) -> None:
        facts = {"kind": kind, "missing": missing}
        super().__init__("document.incomplete", "The document cannot be issued yet", facts)


class Unverified(Conflict):
    """The document needs an article that nobody has verified: each of `to_verify` is `{law, articles, where}`."""

    def __init__(self, kind: str, to_verify: list[dict[str, Any]]) -> None:
        facts = {
            "kind": kind,
            "to_verify": to_verify,
            "todo": "the legal department verifies these and publishes a new version of the list, "
            "or allows rules without articles (rules_without_articles in documents.yaml)",
        }
        super().__init__("document.articles_unverified", "Articles that must be verified first", facts)


class CarriesPenalty(InvalidInput):
    """A decision not to punish may not carry a warning: a warning is a penalty (Penalty Law 9)."""

    def __init__(self, field: str, word: str) -> None:
        allowed = f"text without {word}: a decision not to punish carries no penalty, and a warning is one"
        super().__init__([{"field": field, "value": word, "allowed": allowed}], "document.carries_penalty")


class NotTypeset(ServerError):
    """The template could not be set. A fault of ours, not of the input."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(500, "document.not_typeset", "The document could not be typeset", {"kind": kind, "why": why})


class NoSuchToken(ServerError):
    """Nothing was issued under this verification code."""

    def __init__(self) -> None:
        super().__init__(404, "document.not_found", "No document carries this code")
