"""The words: every step that tells somebody has both languages and all its facts."""

import ast
from pathlib import Path

import pytest

import server
from server.cases.workflow import TRANSITIONS, State
from server.config import ConfigError
from server.notify.templates import known, load, render

SERVER = Path(server.__file__).parent
FACTS = {"text": "某", "number": 3, "time": "2026-11-20T04:00:00+00:00"}


@pytest.mark.parametrize("name", sorted(known()))
def test_both_languages_tell_all_facts(name: str) -> None:
    template = known()[name]
    facts = {fact: FACTS[kind] for fact, kind in template.facts.items()}
    zh, en = render(name, facts)
    assert "{" not in zh + en
    for fact, kind in template.facts.items():
        shown = "2026-11-20 12:00" if kind == "time" else str(facts[fact])
        assert shown in zh or shown in en, fact
        with pytest.raises(KeyError):
            render(name, {key: value for key, value in facts.items() if key != fact})


def test_told_at_names_states_and_moves_that_exist() -> None:
    moves = {f"{move.frm}>{move.to}" for move in TRANSITIONS}
    for name, template in known().items():
        assert set(template.told_at) <= moves | set(State), name


def test_every_open_state_of_a_case_is_told_to_somebody() -> None:
    told = {at.rpartition(">")[2] for template in known().values() for at in template.told_at}
    silent = {State.A0, State.W3, State.W4, State.W8, State.W9, State.L2}
    """Entered by whoever acts next, or waited in: nobody else need be told."""
    ends = {state for state in State if state.value[0] in "CV" or state in {State.A2, State.A3}}
    assert set(State) - silent - ends <= {State(at) for at in told}


def test_every_template_that_the_code_names_exists() -> None:
    named: set[str] = set()
    for file in SERVER.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "notify" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "queue" or len(node.args) < 4:
                continue
            template = node.args[3]
            if isinstance(template, ast.Constant):
                named.add(str(template.value))
    assert "task" in named, "the search finds calls"
    assert named <= known().keys()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("facts: {a: text}, zh: '无', en: 'none {a}'", "different facts"),
        ("facts: {a: text}, zh: '无{a}', en: 'none'", "different facts"),
        ("facts: {a: text, b: text}, zh: '无{a}', en: 'none {a}'", "differ: b"),
        ("facts: {a: text}, zh: 'none{a}', en: 'none {a}'", "must be Chinese"),
        ("facts: {a: text}, zh: '无{a}', en: '无 {a}'", "must be Chinese"),
        ("facts: {a: text}, deadline: a, zh: '无{a}', en: 'x {a}'", "kind time"),
        ("facts: {a: text}, zh: '无{a.__class__}', en: 'x {a}'", "plain name"),
        ("facts: {a: text}, zh: '无{a!r}', en: 'x {a}'", "plain name"),
        ("facts: {a: money}, zh: '无{a}', en: 'x {a}'", "number"),
    ],
)
def test_a_mistake_is_found_at_the_start(tmp_path: Path, body: str, said: str) -> None:
    (tmp_path / "x.yaml").write_text(f"x: {{to: [role], {body}}}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load(tmp_path)
