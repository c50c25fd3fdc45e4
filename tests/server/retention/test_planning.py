"""The pure plan, the settings, and the search for columns that nobody has said anything about."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from server.cases.workflow import ENDS, State
from server.config import ConfigError
from server.retention.planning import File, Matter, class_of, due
from server.retention.settings import CLASSES, RetentionSettings, load
from server.retention.uses import CASE_PHOTOS, KEEPERS
from server.schema import load_tables

NOW = datetime(2026, 11, 20, tzinfo=UTC)
DAYS = {name: 10 * number for number, name in enumerate(sorted(CLASSES), 1)}
matters = st.builds(
    Matter,
    st.text(max_size=3),
    st.sampled_from(sorted(CLASSES)),
    st.none() | st.integers(0, 200).map(lambda days: NOW - timedelta(days=days)),
    st.booleans(),
)
files = st.builds(
    File,
    st.just("f"),
    st.just(1),
    st.integers(0, 200).map(lambda days: NOW - timedelta(days=days)),
    st.just("local"),
    st.lists(matters, max_size=4),
    st.sampled_from(["", "", "", "issued_document"]),
    st.booleans(),
)


@given(files)
def test_a_file_is_due_only_when_nothing_at_all_keeps_it(file: File) -> None:
    found = list(due([file], DAYS, NOW))
    over = [m.closed_at is not None and m.closed_at + timedelta(days=DAYS[m.rule]) <= NOW for m in file.matters]
    free = not file.kept_by and not file.is_held and not any(m.is_held for m in file.matters)
    aged = all(over) if file.matters else file.stored_at + timedelta(days=DAYS["unused"]) <= NOW
    assert bool(found) is (free and aged)
    for one in found:
        assert one.due_at <= NOW
        assert all(one.due_at >= m.closed_at + timedelta(days=DAYS[m.rule]) for m in file.matters if m.closed_at)


def test_every_end_has_a_class_and_no_open_state_has_one() -> None:
    for state in State:
        if state in ENDS:
            assert class_of(state, settled=False) in CLASSES
        else:
            with pytest.raises(ValueError, match="open"):
                class_of(state, settled=False)


def test_as_shipped_it_lists_and_each_term_has_a_source(shipped: RetentionSettings) -> None:
    assert shipped.mode == "dry_run"
    assert shipped.days("false_alarm") == 90
    assert (shipped.classes["raw_video"].days, shipped.classes["raw_video"].where) == (30, "edge")
    assert shipped.classes["impact_assessment"].days == 3 * 365 + 1
    assert not any(shipped.executes(name) for name in CLASSES)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("mode: delete\n", "verified"),
        ("mode: shred\n", "mode"),
        ("wait_days: 0\n", "wait_days"),
        ("classes: {}\n", "no term for"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, change: str, said: str) -> None:
    text = Path("configs/retention.yaml").read_text(encoding="utf-8")
    name = change.partition(":")[0]
    lines = [line for line in text.splitlines() if not line.startswith(f"{name}:")]
    if name == "classes":
        lines = [line for line in lines if not line.startswith(" ")]
    file = tmp_path / "r.yaml"
    file.write_text("\n".join(lines) + "\n" + change, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load(file)


ELSEWHERE = {
    "evidence_file.sha256", "evidence_link.sha256", "party_file.sha256", "retention_due.sha256", "photo_taken.sha256",
    "retention_tombstone.sha256",
    # Hashes of something else than files in the store:
    "published_version.sha256", "subject_import.sha256", "subject_import.plan_sha256", "dead_letter.payload_sha256",
    "case_request.body_sha256", "request_made.body_sha256", "inbox_message.content_sha256",
    "plan_version.sha256", "party_link.code_before_sha256", "party_link.visit_key_sha256",
    # Kept in its own row, for a day:
    "edge_probe.picture",
}  # fmt: skip


def test_every_column_that_may_name_a_file_is_known() -> None:
    load_tables()
    known = {f"{table.__tablename__}.photos" for table in CASE_PHOTOS}
    known |= {f"{table.__tablename__}.{column}" for table, column in KEEPERS} | ELSEWHERE
    words = ("photo", "picture", "sha256", "evidence", "attachment")
    found = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in words)
    }
    tokens = {name for name in found if "token_sha" in name or "code_sha" in name or "secret" in name}
    assert found - tokens - known == set(), "say in server/retention/uses.py what these keep"
