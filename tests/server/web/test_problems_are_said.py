"""Every error code of the server has Chinese words in the console, or ends in one that has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

I18N = Path("server/console/src/i18n")
CODE = re.compile(r"[a-z_]+\.[a-z_]+")


def codes() -> Iterator[str]:
    """Of the calls that make errors: the code, a literal that is followed by a title."""
    for file in Path("server").rglob("*.py"):
        if "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _of_call(node)


def _of_call(call: ast.Call) -> Iterator[str]:
    for position, argument in enumerate(call.args[:-1]):
        following = call.args[position + 1]
        if (
            isinstance(argument, ast.Constant)
            and isinstance(argument.value, str)
            and CODE.fullmatch(argument.value)
            and isinstance(following, ast.Constant)
            and isinstance(following.value, str)
            and following.value[:1].isupper()
        ):
            yield argument.value


def test_every_code_is_said_in_chinese() -> None:
    known = set(
        re.findall(r'^\s+"([a-z_.]+)":', (I18N / "problems.codes.ts").read_text(encoding="utf-8"), re.MULTILINE)
    )
    endings = set(re.findall(r"^  ([a-z_]+): \"", (I18N / "problems.ts").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(codes())
    assert len(told) > 100
    assert sorted(code for code in told - known if code.split(".")[1] not in endings) == []
