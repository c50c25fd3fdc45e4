"""What a monitor is advised to do with a case that waits for review, and one plain reason. Pure.

The law's own answer (`server.policy`) is asked for when officers have been there: before, a camera's record is a clue
and the table says no more than that people must look (R01). What can be said now follows from what is on file.
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from server.cases.workflow import State
from server.permits.standing import Answer

Does = Literal["remind", "file", "permit", "duplicate", "transfer"]
MOVES: dict[Does, State] = {
    "remind": State.W0,
    "file": State.W1,
    "permit": State.A2,
    "duplicate": State.A2,
    "transfer": State.C5,
}


class Advice(BaseModel):
    """`to` is the state that the advised move leads to; `can_remind`: the reminder is open, advised or not."""

    does: Does
    to: State
    can_remind: bool
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Situation:
    """What is on file. `older_number` is that of an open case of the same place and act that was there before;
    `ours` null: no power list says.
    """

    reminder_minutes: int | None
    subject_named: bool
    contact_known: bool
    permit: Answer = Answer.NONE
    permit_number: str = ""
    ours: bool | None = None
    older_number: str = ""


def advise(known: Situation) -> Advice:
    """The advice by the first line that applies."""
    why_not = _why_no_reminder(known)
    if known.ours is False:
        return _say(
            "transfer", why_not, "权力清单上没有机构可办此事项", "no body on the power list may act on this item"
        )
    if known.older_number:
        zh, en = (
            f"同一地点已有未办结案件 {known.older_number}",
            f"case {known.older_number} of this place is still open",
        )
        return _say("duplicate", why_not, zh, en)
    if known.permit is Answer.UNMEASURED:
        number = known.permit_number
        zh, en = f"许可 {number} 此时有效，且未见超出", f"permit {number} is live at this time and no overrun was seen"
        return _say("permit", why_not, zh, en)
    if why_not is not None:
        return _say("file", why_not, f"应立案：{why_not[0]}", f"file it: {why_not[1]}")
    if known.permit is Answer.REMIND:
        zh, en = (
            f"超出许可 {known.permit_number} 但在容差内",
            f"over permit {known.permit_number}, within the tolerance",
        )
        return _say("remind", None, f"{zh}，提醒即可", f"{en}: a reminder is enough")
    zh = f"事项允许先提醒（{known.reminder_minutes} 分钟），联系方式已知"
    en = f"the item allows a reminder first ({known.reminder_minutes} min) and a contact is known"
    return _say("remind", None, zh, en)


def _why_no_reminder(known: Situation) -> tuple[str, str] | None:
    if not known.subject_named:
        return "主体不明，无法提醒", "nobody is named who could be reminded"
    if known.reminder_minutes is None:
        return "此事项不适用提醒", "the item takes no reminder"
    if not known.contact_known:
        return "没有联系方式，无法提醒", "no contact is known to remind"
    return None


def _say(does: Does, why_not: tuple[str, str] | None, zh: str, en: str) -> Advice:
    return Advice(does=does, to=MOVES[does], can_remind=why_not is None, reason_zh=zh, reason_en=en)
