"""统一社会信用代码 (GB 32100-2015): 18 characters, the last a check character, mod 31.

C18 = (31 - sum(C(i) * W(i)) mod 31) mod 31, W(i) = 3^(i-1) mod 31. Really issued codes are known that fail the
check, so a failed check is a warning that a person may override with a reason; a wrong shape is refused.
"""

from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


@dataclass(frozen=True)
class CodeCheck:
    """`is_well_formed`: 18 characters of the alphabet. `expected` is the check character, null when malformed."""

    code: str
    is_well_formed: bool
    expected: str | None

    @property
    def passes(self) -> bool:
        """Whether the check character is right."""
        return self.expected is not None and self.code[17] == self.expected


def check_character(first_17: str) -> str:
    """The 18th character. Raises ValueError unless given 17 characters of the alphabet."""
    if len(first_17) != 17 or any(c not in ALPHABET for c in first_17):
        raise ValueError(f"17 characters of {ALPHABET} are needed, not {first_17!r}")
    total = sum(ALPHABET.index(c) * weight for c, weight in zip(first_17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def normalize(code: str) -> str:
    """Upper case, without the spaces and hyphens that people type."""
    return "".join(code.split()).replace("-", "").upper()


def check(code: str) -> CodeCheck:
    """What is known of a code as written (normalized)."""
    code = normalize(code)
    if len(code) != 18 or any(c not in ALPHABET for c in code):
        return CodeCheck(code, is_well_formed=False, expected=None)
    return CodeCheck(code, is_well_formed=True, expected=check_character(code[:17]))
