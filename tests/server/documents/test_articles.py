"""With a list of unverified articles no document prints one: it states the rule without, or is not issued."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from server.auth.roles import Role
from server.config import CONFIGS, ServerSettings
from server.policy import publication
from server.policy.exemptions import ExemptionList
from tests.server.documents.conftest import Desk
from tests.server.documents.paper import cites_an_article, words


@pytest.fixture
def unverified(desk: Desk) -> None:
    """A newer list in which nobody has verified any law or article."""
    draft = yaml.safe_load((CONFIGS / "exemptions" / "tianning-draft.yaml").read_text("utf-8"))
    draft["version"] = "nothing-verified"
    for statute in draft["statutes"].values():
        statute["verified"] = False
    for item in draft["items"]:
        _doubt(item)
    with desk.town.database.session_scope() as session:
        listing = ExemptionList.model_validate(draft)
        publication.publish(session, "exemptions", listing.id, listing.version, listing, desk.town.after(hours=1))
    desk.town.after(hours=1)


def _doubt(value: Any) -> None:
    if isinstance(value, dict):
        if "verified" in value:
            value["verified"] = False
        for inner in value.values():
            _doubt(inner)
    elif isinstance(value, list):
        for inner in value:
            _doubt(inner)


def whole_file(desk: Desk) -> list[dict[str, Any]]:
    case_id = desk.on_site()
    made = [desk.issue(case_id, kind) for kind in ("inspection", "order", "pledge")]
    desk.decided(case_id)
    desk.educate(case_id)
    made.append(desk.issue(case_id, "decision"))
    made.append(desk.issue(case_id, "receipt", document_id=made[-1]["id"]))
    made.append(desk.issue(case_id, "electronic_receipt", document_id=made[-2]["id"], electronic_address="13800000000"))
    desk.town.act(case_id, Role.OFFICER, "C1", served_by="direct", education=["ED1", "ED2"])
    return [*made, *(desk.issue(case_id, kind) for kind in ("education", "closing", "contents"))]


@pytest.mark.usefixtures("unverified")
def test_what_needs_an_article_is_not_issued_and_the_error_says_what_to_verify(desk: Desk) -> None:
    case_id = desk.on_site()
    for kind in ("order", "pledge"):
        refused = desk.ask(case_id, kind).json()
        assert refused["code"] == "document.articles_unverified"
        assert {"law", "articles", "where"} <= refused["to_verify"][0].keys()
        assert any("城市市容和环境卫生管理条例" in entry["law"] for entry in refused["to_verify"])
    assert not cites_an_article(words(desk.pdf(desk.issue(case_id, "inspection"))))


@pytest.mark.integration
def test_the_reader_of_articles_finds_them_where_they_are_verified(desk: Desk) -> None:
    citing = {d["kind"] for d in whole_file(desk) if cites_an_article(words(desk.pdf(d)))}
    assert citing == {"order", "pledge", "decision", "closing"}


class TestWithoutArticles:
    """The law office allows rules without articles."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> ServerSettings:
        base = ServerSettings(data_dir=tmp_path / "data")
        file = tmp_path / "documents.yaml"
        text = base.documents_file.read_text("utf-8")
        file.write_text(text.replace("rules_without_articles: false", "rules_without_articles: true"), "utf-8")
        return base.model_copy(update={"documents_file": file})

    @pytest.mark.usefixtures("unverified")
    def test_no_article_is_on_any_page(self, desk: Desk) -> None:
        made = whole_file(desk)
        assert len({document["kind"] for document in made}) == 9
        for document in made:
            assert not cites_an_article(words(desk.pdf(document))), document["kind"]
        decision = words(desk.pdf(made[3]))
        assert "违反了城市管理有关法律、法规的规定" in decision
        assert "违法行为轻微并及时改正" in decision
