"""What can be wrong with a message."""


class ContractError(Exception):
    """Root of contract errors. `code` is stable; the text says what was wrong, where, and what is allowed."""

    code = "contract.error"


class BadMessage(ContractError):
    """Not JSON, not a CloudEvent, or a field is missing or out of range."""

    code = "contract.bad_message"


class UnknownMessage(ContractError):
    """A well-formed CloudEvent of a type that this version does not know."""

    code = "contract.unknown_message"
