"""The console has Chinese words for every error code of the server, or for its ending, and for every sentence by
which a request is refused.
"""

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


REQUESTS = ("schemas.py", "ground_schemas.py", "fields.py", "exemptions.py")
"""Files whose `ValueError`s are told to people."""


def sentences() -> Iterator[str]:
    """What is said when a rule of ours refuses a field; `X` stands where a fact does."""
    for file in Path("server").rglob("*.py"):
        if file.name not in REQUESTS:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ValueError":
                yield from (_text(argument) for argument in node.args if not isinstance(argument, ast.Call))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "X"


def test_every_sentence_is_said_in_chinese() -> None:
    source = (I18N / "problems.fields.ts").read_text(encoding="utf-8")
    forms = [re.compile(found) for found in re.findall(r"\[\s*/(.+)/,\s*\"", source)]
    told = set(sentences())
    assert len(forms) > 50
    assert len(told) > 30
    assert sorted(said for said in told if not any(form.match(said) for form in forms)) == []
