"""The kinds of document: what each is called, who may issue it, and in which states of the case."""

from dataclasses import dataclass
from enum import StrEnum

from server.auth.roles import Role
from server.cases.workflow import ENDS, State

S, R = State, Role


class Kind(StrEnum):
    """Kinds of document; the value is stable and names the template."""

    INSPECTION = "inspection"
    ORDER = "order"
    PLEDGE = "pledge"
    EDUCATION = "education"
    DECISION = "decision"
    RECEIPT = "receipt"
    ELECTRONIC_RECEIPT = "electronic_receipt"
    CLOSING = "closing"
    CONTENTS = "contents"


@dataclass(frozen=True)
class Form:
    """What holds for every document of a kind. `word` stands in its number."""

    title: str
    title_en: str
    word: str
    roles: frozenset[Role]
    states: frozenset[State]


ON_SITE = frozenset({S.W4, S.W5, S.W6, S.W7, S.W8, S.W9, S.WX})
IN_LAW = frozenset({S.L1, S.L2, S.L3, S.L4, S.L5, S.L8, S.L9})
CLOSED_WITH_FILE = ENDS - {S.A2, S.A3, S.V}
FORMS: dict[Kind, Form] = {
    Kind.INSPECTION: Form("现场检查（勘验）笔录", "Record of inspection", "检", frozenset({R.OFFICER}), ON_SITE),
    Kind.ORDER: Form(
        "责令限期改正通知书", "Order to correct within a time", "责改", frozenset({R.OFFICER}), ON_SITE | {S.L1}
    ),
    Kind.PLEDGE: Form(
        "轻微违法行为告知承诺书", "Notice and pledge for a minor act", "承", frozenset({R.OFFICER}), ON_SITE | {S.L1}
    ),
    Kind.EDUCATION: Form(
        "教育记录", "Record of education", "教", frozenset({R.OFFICER}), ON_SITE | IN_LAW | CLOSED_WITH_FILE
    ),
    Kind.DECISION: Form(
        "不予行政处罚决定书", "Decision not to punish", "不罚", frozenset({R.OFFICER, R.HEAD}), frozenset({S.L5, S.C1})
    ),
    Kind.RECEIPT: Form(
        "送达回证", "Proof of service", "送", frozenset({R.OFFICER}), ON_SITE | IN_LAW | CLOSED_WITH_FILE
    ),
    Kind.ELECTRONIC_RECEIPT: Form(
        "电子送达确认书", "Consent to and proof of electronic service", "电送", frozenset({R.OFFICER}),
        ON_SITE | IN_LAW | CLOSED_WITH_FILE,
    ),
    Kind.CLOSING: Form("结案报告", "Closing report", "结", frozenset({R.OFFICER, R.LEADER}), CLOSED_WITH_FILE),
    Kind.CONTENTS: Form(
        "卷宗目录", "Contents of the case file", "卷", frozenset({R.OFFICER, R.LEADER, R.LEGAL}),
        ON_SITE | IN_LAW | CLOSED_WITH_FILE,
    ),
}  # fmt: skip
ISSUERS: frozenset[Role] = frozenset().union(*(form.roles for form in FORMS.values()))
"""Whoever may issue any of them."""
