"""The 31 states and 67 transitions of a case as data (domain rules (c)). Pure.

An unlisted pair is refused before anything is saved; so is a listed pair by somebody else than the table names.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from server.auth.roles import Role
from server.errors import ServerError


class State(StrEnum):
    """A alert, W work order, L legal, C closed, V void."""

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    W0 = "W0"
    W1 = "W1"
    W2 = "W2"
    W3 = "W3"
    W4 = "W4"
    W5 = "W5"
    W6 = "W6"
    W7 = "W7"
    W8 = "W8"
    W9 = "W9"
    WX = "WX"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    L8 = "L8"
    L9 = "L9"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    C8 = "C8"
    V = "V"


S = State
NAMES: dict[State, tuple[str, str]] = {
    S.A0: ("预警生成", "alert made"),
    S.A1: ("待研判", "to be reviewed"),
    S.A2: ("抑制(许可/白名单/重复/自改)", "suppressed or corrected by itself"),
    S.A3: ("误报", "false alarm"),
    S.W0: ("提醒自改", "reminded to correct"),
    S.W1: ("已立案待派遣", "filed, to be dispatched"),
    S.W2: ("已派遣待接单", "dispatched, to be accepted"),
    S.W3: ("出警途中", "on the way"),
    S.W4: ("现场处置", "on site"),
    S.W5: ("主体不明待查", "subject unknown"),
    S.W6: ("限期改正中", "correction period running"),
    S.W7: ("已反馈待核查", "reported, to be checked"),
    S.W8: ("核查中", "being checked"),
    S.W9: ("挂账/缓办", "suspended"),
    S.WX: ("退回/延期/挂账申请中", "return, extension or suspension asked"),
    S.L1: ("免罚适用审查", "exemption examined"),
    S.L2: ("陈述申辩/复核", "party states its case"),
    S.L3: ("法制审核", "legal review"),
    S.L4: ("负责人审批", "approval"),
    S.L5: ("已决定待送达", "decided, to be served"),
    S.L8: ("异议处理中", "objection"),
    S.L9: ("决定已撤销待重办", "decision set aside"),
    S.C1: ("免罚结案", "closed: exempt"),
    S.C2: ("已改正结案(责改前置)", "closed: corrected"),
    S.C3: ("转处罚程序", "closed: penalty procedure"),
    S.C4: ("违法事实不成立结案", "closed: no violation"),
    S.C5: ("移送其他部门", "closed: other authority"),
    S.C6: ("移送司法", "closed: suspected crime"),
    S.C7: ("无主体清除结案", "closed: cleared, no subject"),
    S.C8: ("超时效/无责任能力/无过错结案", "closed: barred, no capacity or no fault"),
    S.V: ("作废", "void"),
}
ENDS: frozenset[State] = frozenset({S.A2, S.A3, S.C1, S.C2, S.C3, S.C4, S.C5, S.C6, S.C7, S.C8, S.V})
"""States in which a case counts as closed. From some of them it can be reopened."""


@dataclass(frozen=True)
class Transition:
    """One listed move; `when` is the condition in words (the service checks it)."""

    frm: State
    to: State
    who: Role
    when: str


R = Role
TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.A0, S.A1, R.AI, "alert passes persistence, zone and quality test"),
    Transition(S.A0, S.A2, R.SYS, "inside a live permit, whitelist, or same open case"),
    Transition(S.A1, S.A2, R.SEAT, "reviewer confirms permit or duplicate"),
    Transition(S.A1, S.A3, R.SEAT, "not a violation; the picture goes to the error set"),
    Transition(S.A1, S.W0, R.SEAT, "item allows a reminder and contact is known"),
    Transition(S.A1, S.W1, R.SEAT, "filed: number, item, place, evidence attached"),
    Transition(S.A1, S.C5, R.SEAT, "not our power list"),
    Transition(S.W0, S.A2, R.SYS, "clear on re-check inside the window (no record on the subject)"),
    Transition(S.W0, S.W1, R.SYS, "still there when the window ends"),
    Transition(S.W1, S.W2, R.DISPATCH, "assigned by grid, power list and load"),
    Transition(S.W1, S.V, R.SUPERV, "wrongly filed; reason and second person"),
    Transition(S.W2, S.W3, R.OFFICER, "accept"),
    Transition(S.W2, S.W1, R.OFFICER, "refused within 10 min with reason"),
    Transition(S.W2, S.WX, R.OFFICER, "return, extension or suspension asked"),
    Transition(S.W3, S.W4, R.OFFICER, "arrived (position check)"),
    Transition(S.W3, S.WX, R.OFFICER, "return, extension or suspension asked"),
    Transition(S.W4, S.A3, R.OFFICER, "on-site finding: false alarm"),
    Transition(S.W4, S.C4, R.LEADER, "no violation in law"),
    Transition(S.W4, S.C5, R.LEADER, "other authority"),
    Transition(S.W4, S.W5, R.OFFICER, "nobody can be named"),
    Transition(S.W4, S.W6, R.OFFICER, "written order served (two certified officers)"),
    Transition(S.W4, S.W7, R.OFFICER, "corrected on the spot, documents done"),
    Transition(S.W4, S.WX, R.OFFICER, "return, extension or suspension asked"),
    Transition(S.W5, S.W4, R.OFFICER, "subject found"),
    Transition(S.W5, S.C7, R.LEADER, "cleared at once (Compulsion Law 52), no subject"),
    Transition(S.W6, S.W7, R.OFFICER, "party reports or officer records correction"),
    Transition(S.W6, S.WX, R.OFFICER, "extension asked before the deadline"),
    Transition(S.W6, S.L1, R.SYS, "deadline passed without report"),
    Transition(S.WX, S.W1, R.SUPERV, "decision recorded with reason"),
    Transition(S.WX, S.W2, R.SUPERV, "decision recorded with reason"),
    Transition(S.WX, S.W3, R.SUPERV, "decision recorded with reason"),
    Transition(S.WX, S.W4, R.SUPERV, "decision recorded with reason"),
    Transition(S.WX, S.W6, R.SUPERV, "decision recorded with reason"),
    Transition(S.WX, S.W9, R.SUPERV, "decision recorded with reason"),
    Transition(S.W9, S.W1, R.SYS, "review date reached or obstacle gone"),
    Transition(S.W7, S.W8, R.VERIFY, "verification by someone other than the handling officer"),
    Transition(S.W8, S.W4, R.VERIFY, "not done or came back: rework +1"),
    Transition(S.W8, S.L1, R.VERIFY, "verified, statute punishes the act itself"),
    Transition(S.W8, S.C2, R.VERIFY, "verified, statute punishes only refusal"),
    Transition(S.L1, S.W6, R.OFFICER, "order needs changing"),
    Transition(S.L1, S.L2, R.OFFICER, "party wants to state its case"),
    Transition(S.L1, S.L3, R.OFFICER, "R10, R17, R19, R24, T2_LEGAL items"),
    Transition(S.L1, S.L4, R.OFFICER, "recommendation complete"),
    Transition(S.L1, S.C3, R.LEADER, "R14-R16, R22"),
    Transition(S.L1, S.C4, R.LEADER, "R02"),
    Transition(S.L1, S.C6, R.HEAD, "R05"),
    Transition(S.L1, S.C8, R.HEAD, "R08-R10"),
    Transition(S.L2, S.L1, R.OFFICER, "reviewed in writing, never to the party's harm (Art. 45)"),
    Transition(S.L3, S.L1, R.LEGAL, "returned with defects"),
    Transition(S.L3, S.L4, R.LEGAL, "passed"),
    Transition(S.L4, S.L1, R.HEAD, "returned"),
    Transition(S.L4, S.L5, R.HEAD, "approved (Art. 57(1)(2))"),
    Transition(S.L4, S.C3, R.HEAD, "refused"),
    Transition(S.L5, S.C1, R.OFFICER, "served, education recorded, archived"),
    Transition(S.L5, S.L8, R.PARTY, "objection"),
    Transition(S.C1, S.L8, R.PARTY, "objection, reconsideration (60 days), suit (6 months)"),
    Transition(S.C3, S.L8, R.PARTY, "objection, reconsideration (60 days), suit (6 months)"),
    Transition(S.L8, S.C1, R.HEAD, "upheld"),
    Transition(S.L8, S.L9, R.HEAD, "set aside"),
    Transition(S.C1, S.L9, R.HEAD, "false promise or material found; own-motion correction (Art. 75)"),
    Transition(S.L9, S.L1, R.OFFICER, "redo"),
    Transition(S.L9, S.C3, R.HEAD, "penalty if still in time"),
    Transition(S.L9, S.C4, R.HEAD, "no violation"),
    Transition(S.L9, S.V, R.HEAD, "wrong person or void act"),
    Transition(S.A3, S.A1, R.SUPERV, "quality check reopens"),
    Transition(S.A2, S.A1, R.SUPERV, "permit found invalid"),
    Transition(S.C7, S.W4, R.LEADER, "subject found inside 2 years"),
)
_BY_PAIR: dict[tuple[State, State], Transition] = {(t.frm, t.to): t for t in TRANSITIONS}


class TransitionNotListed(ServerError):
    """The table has no such move."""

    def __init__(self, frm: State, to: State) -> None:
        facts = {"from": frm, "to": to, "allowed": [t.to.value for t in exits(frm)]}
        super().__init__(409, "case.transition_not_listed", "A case cannot move so", facts)


class NotYourTransition(ServerError):
    """The move exists, but another role makes it."""

    def __init__(self, transition: Transition, held: Collection[Role]) -> None:
        facts = {"from": transition.frm, "to": transition.to, "needed": transition.who, "held": sorted(held)}
        super().__init__(403, "case.not_your_transition", "Another role makes this move", facts)


def exits(state: State) -> list[Transition]:
    """The listed moves out of a state."""
    return [t for t in TRANSITIONS if t.frm is state]


def is_open(state: State) -> bool:
    """Whether a case in this state is still being worked on."""
    return state not in ENDS


def check(frm: State, to: State, roles: Collection[Role]) -> Transition:
    """The listed move from `frm` to `to` by somebody with `roles`. Raises TransitionNotListed, NotYourTransition."""
    transition = _BY_PAIR.get((frm, to))
    if transition is None:
        raise TransitionNotListed(frm, to)
    if transition.who not in roles:
        raise NotYourTransition(transition, roles)
    return transition
