"""Which passwords are taken: long ones that are not made of the worst. No classes of characters are asked for.

NIST SP 800-63B-4 section 3.1.1.2: a minimum length (15 where a password is the only factor), at least 64 taken, no
composition rules, no forced change, a list of known bad ones, the text normalised before hashing.
"""

import unicodedata

from server.errors import InvalidInput

LONGEST = 256
LEFT_AT_LEAST = 6
"""How many characters must be left when the worst words and the person's own names are taken out."""
DIFFERENT_AT_LEAST = 5
WORST = (
    "123456", "1234567", "12345678", "123456789", "1234567890", "987654321", "654321", "0123456789", "111111", "000000",
    "112233", "123123", "121212", "666666", "888888", "999999", "88888888", "00000000", "11111111", "147258369",
    "qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "1qaz2wsx", "qazwsx", "1q2w3e4r", "q1w2e3r4",
    "abc123", "a123456", "a12345678", "aa123456", "abcdef", "abcd1234", "abcdefgh", "password", "passw0rd", "p@ssw0rd",
    "p@ssword", "letmein", "welcome", "iloveyou", "dragon", "monkey", "football", "baseball", "sunshine", "princess",
    "superman", "master", "shadow", "trustno1", "changeme", "default", "secret", "login", "admin", "administrator",
    "root", "test", "guest", "user", "system", "server", "shouwei", "chengguan", "changzhou", "tianning", "jiangsu",
    "woaini", "woaini1314", "5201314", "1314520", "520520", "147258", "159357", "beijing", "zhongguo", "china", "mima",
    "wodemima", "nihao", "caonima", "dearbook", "首违", "城管", "密码", "我爱你", "常州", "天宁",
)  # fmt: skip
"""The worst of published lists of leaked passwords, and what people here would think of first."""


def normalized(password: str) -> str:
    """The text as it is hashed: NFKC, so that the same keys give the same password everywhere."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, shortest: int, *names: str) -> str:
    """The normalised password. Raises InvalidInput when it is too short or long, or made of the worst words, of the
    person's own names (`names`) or of few characters.
    """
    text = normalized(password)
    left = text.casefold()
    for word in sorted({*WORST, *(name.casefold() for name in names if len(name) > 1)}, key=len, reverse=True):
        left = left.replace(word, "")
    if not shortest <= len(text) <= LONGEST:
        raise _refused(f"{shortest} to {LONGEST} characters")
    if len(set(text.casefold())) < DIFFERENT_AT_LEAST or len(left) < LEFT_AT_LEAST:
        raise _refused("a sentence of your own: not made of common passwords, of your name or of one key")
    return text


def _refused(allowed: str) -> InvalidInput:
    return InvalidInput([{"field": "password", "value": "(not shown)", "allowed": allowed}], "auth.password_refused")
