"""What is advised, by the first line that applies."""

from dataclasses import replace

import pytest

from server.permits.standing import Answer
from server.review.advice import Situation, advise

PLAIN = Situation(reminder_minutes=30, subject_named=True, contact_known=True)


@pytest.mark.parametrize(
    ("known", "does", "to", "can_remind", "word"),
    [
        (PLAIN, "remind", "W0", True, "30 分钟"),
        (replace(PLAIN, contact_known=False), "file", "W1", False, "联系方式"),
        (replace(PLAIN, subject_named=False), "file", "W1", False, "主体不明"),
        (replace(PLAIN, reminder_minutes=None), "file", "W1", False, "不适用提醒"),
        (replace(PLAIN, permit=Answer.UNMEASURED, permit_number="外摆-7"), "permit", "A2", True, "外摆-7"),
        (replace(PLAIN, permit=Answer.REMIND, permit_number="外摆-7"), "remind", "W0", True, "容差"),
        # Over the permit is an act like any other (CG-28): its item says whether a reminder goes first.
        (replace(PLAIN, permit=Answer.EXCEEDED), "remind", "W0", True, "30 分钟"),
        (replace(PLAIN, permit=Answer.REMIND, contact_known=False), "file", "W1", False, "联系方式"),
        (replace(PLAIN, older_number="20261120-AB"), "duplicate", "A2", True, "20261120-AB"),
        (replace(PLAIN, ours=True), "remind", "W0", True, "30 分钟"),
        # What is nobody's of ours is transferred, whatever else there is.
        (replace(PLAIN, ours=False, older_number="x", permit=Answer.UNMEASURED), "transfer", "C5", True, "权力清单"),
    ],
)
def test_advice(known: Situation, does: str, to: str, can_remind: bool, word: str) -> None:
    advice = advise(known)
    assert (advice.does, advice.to, advice.can_remind) == (does, to, can_remind)
    assert word in advice.reason_zh
    assert advice.reason_en
