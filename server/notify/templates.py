"""The words of each notice, zh-CN and en. A template names the facts it needs."""

from collections.abc import Mapping
from typing import Any

TEMPLATES: dict[str, tuple[str, str]] = {
    "reminder": (
        "【城管提醒】{subject}：您门前/场地存在“{item_zh}”情形（{number}），请于{minutes}分钟内自行改正。及时改正的，不予记录。",
        'Reminder to {subject}: "{item_en}" was seen ({number}). Please put it right within {minutes} minutes; '
        "nothing is recorded if you do.",
    ),
    "task": ("案件{number}：{state_zh}，请处理。", "Case {number}: {state_en}; please act."),
    "deadline_warn": (
        "案件{number}（{state_zh}）时限已过70%。",
        "Case {number} ({state_en}): 70 % of the time is used.",
    ),
    "deadline_due": (
        "案件{number}（{state_zh}）已到期，请督办。",
        "Case {number} ({state_en}) is due; please look into it.",
    ),
    "deadline_late": ("案件{number}（{state_zh}）严重超期，请督办。", "Case {number} ({state_en}) is long overdue."),
    "corrected": (
        "{subject}：案件{number}经复核已自行改正，不予记录。",
        "{subject}: case {number} was seen to be put right; nothing is recorded.",
    ),
    "order": (
        "{subject}：责令限期改正（{number}），期限至{due}。",
        "{subject}: order to correct ({number}) by {due}.",
    ),
    "decision": ("{subject}：案件{number}决定：{outcome}。", "{subject}: case {number} decided: {outcome}."),
}


def render(template: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """(zh, en). Raises KeyError for an unknown template or a missing fact."""
    zh, en = TEMPLATES[template]
    return zh.format_map(facts), en.format_map(facts)
