"""The shipped exemption list, and what the loader says of a bad one."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import Session

from server.cases.rulebook import load, publish_configs
from server.config import CONFIGS, ConfigError
from server.errors import Conflict
from server.policy import publication
from server.policy.exemptions import ExemptionList, Tier
from server.policy.facts import Listing, Precondition

FILE = CONFIGS / "exemptions" / "tianning-draft.yaml"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_all_30_items_ship(shipped: ExemptionList) -> None:
    assert [item.code for item in shipped.items] == [f"CG-{n:02d}" for n in range(1, 31)]
    assert shipped.status == "draft"


def test_nothing_proposed_or_unread_is_called_verified(shipped: ExemptionList) -> None:
    for item in shipped.items:
        assert not item.verified, item.code
        assert not item.correction.verified
        assert not item.harm_ceiling.verified
        assert not item.look_back.verified
        for basis in (*item.offence_basis, *item.earlier_basis):
            if basis.law in ("JS23", "JS12", "CW139", "PERMIT", "LOCAL"):
                assert not basis.verified, item.code


@pytest.mark.parametrize(
    ("code", "tier", "area_m2", "minutes"),
    [("CG-01", "BOTH", 4, 30), ("CG-13", "T2", 200, 1440), ("CG-28", "T1", 2, 15), ("CG-15", "EXCLUDED", None, 1440)],
)
def test_items_that_the_cameras_find(
    shipped: ExemptionList, code: str, tier: str, area_m2: float | None, minutes: int
) -> None:
    item = shipped.item(code)
    assert item is not None
    assert (item.tier, item.harm_ceiling.area_m2, item.correction.minutes) == (tier, area_m2, minutes)


def test_environmental_items_may_be_punished_for_five_years(shipped: ExemptionList) -> None:
    for item in shipped.items:
        environmental = any(basis.law == "EEC" for basis in item.offence_basis)
        assert item.limitation.years == (5 if environmental else 2), item.code


def test_every_tier_has_its_input() -> None:
    assert {tier: tier.listing() for tier in Tier} == {
        Tier.T1: Listing.T1, Tier.T1_FIRST: Listing.T1_FIRST, Tier.T2: Listing.T2, Tier.T2_LEGAL: Listing.T2,
        Tier.BOTH: Listing.BOTH, Tier.PRE: Listing.OFF, Tier.CORRECT_ONLY: Listing.OFF,
        Tier.EXCLUDED: Listing.EXCLUDED,
    }  # fmt: skip


def test_refusal_only_items_close_as_corrected(shipped: ExemptionList) -> None:
    facts = {item.code: item.precondition.fact() for item in shipped.items}
    assert {code for code, pre in facts.items() if pre is Precondition.REFUSAL_ONLY} == {"CG-10", "CG-29"}


def spoiled(tmp_path: Path, **changes: Any) -> Path:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for path, value in changes.items():
        target, names = raw, path.split("__")
        for name in names[:-1]:
            target = target[int(name)] if name.isdigit() else target[name]
        target[names[-1]] = value
    file = tmp_path / "list.yaml"
    file.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return file


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    file = spoiled(tmp_path, items__0__tier="T9", items__1__colour="red", items__2__look_back={"months": 0}, status="x")
    with pytest.raises(ConfigError) as error:
        publication.read_yaml(file, ExemptionList)
    text = str(error.value)
    for named in ("items.0.tier: 'T9'", "items.1.colour: no such field", "items.2.look_back.months: 0", "status: 'x'"):
        assert named in text
    assert "'T1_FIRST'" in text, "what is allowed"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"items__1__code": "CG-01"}, "item CG-01 is listed twice"),
        ({"items__0__offence_basis": [{"law": "XX", "articles": ["1"], "verified": False}]}, "law XX is not among"),
        ({"items__0__offence_basis": [{"law": "JS23", "articles": ["1"], "verified": True}]}, "JS23 is not verified"),
        ({"items__0__offence_basis": [{"law": "SR", "articles": [], "verified": True}]}, "verified needs the articles"),
        ({"items__14__legal_review": False}, "needs legal_review"),
        ({"in_force_to": date(2000, 1, 1)}, "in_force_to is before"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        publication.read_yaml(spoiled(tmp_path, **changes), ExemptionList)


def test_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "exemptions").mkdir()
    (tmp_path / "violations").mkdir()
    (tmp_path / "exemptions" / "a.yaml").write_text("id: 3")
    (tmp_path / "violations" / "b.yaml").write_text("{")
    (tmp_path / "calendar.yaml").write_text("office_hours: []")
    with pytest.raises(ConfigError) as error:
        load(tmp_path / "exemptions", tmp_path / "violations", tmp_path / "calendar.yaml")
    assert {problem.split(":")[0] for problem in error.value.problems} == {"a.yaml", "b.yaml", "calendar.yaml"}


def test_a_version_is_published_once_and_never_edited(session: Session, shipped: ExemptionList) -> None:
    folders = CONFIGS / "exemptions", CONFIGS / "violations", CONFIGS / "calendar.yaml"
    assert len(publish_configs(session, *folders, NOW)) == 5
    assert publish_configs(session, *folders, NOW) == []
    edited = shipped.model_copy(update={"author": "somebody else"})
    with pytest.raises(Conflict, match="new version"):
        publication.publish(session, publication.EXEMPTIONS, edited.id, edited.version, edited, NOW)


def test_the_list_in_force_on_the_day_is_the_one_published_last(session: Session, shipped: ExemptionList) -> None:
    newer = shipped.model_copy(update={"version": "2027.1", "in_force_from": date(2027, 1, 1)})
    later = datetime(2026, 12, 1, tzinfo=UTC)
    for listing, at in ((shipped, NOW), (newer, later)):
        publication.publish(session, publication.EXEMPTIONS, listing.id, listing.version, listing, at)
    assert publication.exemptions_on(session, date(2000, 1, 1)) is None
    old, new = (
        publication.exemptions_on(session, date(2026, 6, 1)),
        publication.exemptions_on(session, date(2027, 6, 1)),
    )
    assert (old and old.key, new and new.key) == ("tianning-draft@2026.2", "tianning-draft@2027.1")
