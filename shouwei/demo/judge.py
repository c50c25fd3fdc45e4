"""Did each clip come out as its truth file says? Pure: what was found in, verdicts out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from edge.contracts.taxonomy import CameraState, PermitRelation
from shouwei.demo.truth import Act, Truth

MARGIN_S = 15.0
"""How far a raise or a clear may lie from what dwell and leave time ask: goods are carried out and in step by step."""
HEALTH_MARGIN_S = 10.0


@dataclass(frozen=True, slots=True)
class FoundAlert:
    """An alert as the server holds it; times in seconds of the clip."""

    id: str
    zone: str
    violation: str
    permit: PermitRelation
    raised_s: float
    cleared_s: float | None


@dataclass(frozen=True, slots=True)
class FoundHealth:
    """A camera state that was reported; seconds of the clip."""

    state: CameraState
    at_s: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """One clip's outcome: right when nothing is in `problems`."""

    clip: str
    expected: list[str]
    found: list[str]
    problems: list[str] = field(default_factory=list[str])

    @property
    def right(self) -> bool:
        """Whether the clip came out as its truth file says."""
        return not self.problems


def judge(
    truth: Truth, alerts: Sequence[FoundAlert], health: Sequence[FoundHealth], dwell_s: float, leave_s: float
) -> Verdict:
    """Every act is one alert, raised and cleared in time; nothing else is raised; the camera's health as it was.

    An alert answers an act when zone, violation and permit relation agree and it was raised between the act's start
    and `dwell_s` + MARGIN_S later. It must be cleared within MARGIN_S of the act's end + `leave_s`, or not at all
    when the act outlasts the clip.
    """
    left = sorted(alerts, key=lambda a: a.raised_s)
    problems: list[str] = []
    for act in truth.acts:
        answer = next((a for a in left if _answers(a, act, dwell_s)), None)
        if answer is None:
            problems.append(f"missed: {_act_text(act)} (to be raised by {act.from_s + dwell_s + MARGIN_S:.0f} s)")
            continue
        left.remove(answer)
        problems += _clearing_problems(answer, act, leave_s, truth.duration_s)
    problems += [f"false: {_alert_text(a)}" for a in left]
    problems += _health_problems(truth, health)
    return Verdict(
        clip=truth.clip,
        expected=[_act_text(a) for a in truth.acts]
        + [f"camera {h.state.value} at {h.from_s:.0f} s" for h in truth.health],
        found=[_alert_text(a) for a in sorted(alerts, key=lambda a: a.raised_s)]
        + [f"camera {h.state.value} at {h.at_s:.0f} s" for h in health if h.state is not CameraState.OK],
        problems=problems,
    )


def _answers(alert: FoundAlert, act: Act, dwell_s: float) -> bool:
    same = (alert.zone, alert.violation, alert.permit) == (act.zone, act.violation, act.permit)
    return same and act.from_s <= alert.raised_s <= act.from_s + dwell_s + MARGIN_S


def _clearing_problems(alert: FoundAlert, act: Act, leave_s: float, duration_s: float) -> list[str]:
    if act.to_s is None:
        return (
            [] if alert.cleared_s is None else [f"cleared at {alert.cleared_s:.0f} s though it stays: {_act_text(act)}"]
        )
    latest = act.to_s + leave_s + MARGIN_S
    if alert.cleared_s is None:
        return [f"never cleared: {_act_text(act)}"] if latest <= duration_s else []
    if not act.to_s - MARGIN_S <= alert.cleared_s <= latest:
        return [f"cleared at {alert.cleared_s:.0f} s, not about {act.to_s + leave_s:.0f} s: {_act_text(act)}"]
    return []


def _health_problems(truth: Truth, health: Sequence[FoundHealth]) -> list[str]:
    left = [h for h in health if h.state is not CameraState.OK]
    problems: list[str] = []
    for wanted in truth.health:
        answer = next(
            (h for h in left if h.state is wanted.state and -1 <= h.at_s - wanted.from_s <= HEALTH_MARGIN_S), None
        )
        if answer is None:
            problems.append(f"health missed: {wanted.state.value} at {wanted.from_s:.0f} s")
        else:
            left.remove(answer)
    return problems + [f"health false: {h.state.value} at {h.at_s:.0f} s" for h in left]


def _act_text(act: Act) -> str:
    end = "the end" if act.to_s is None else f"{act.to_s:.0f} s"
    permit = "" if act.permit is PermitRelation.NONE else f", permit {act.permit.value}"
    return f"{act.violation} in {act.zone} from {act.from_s:.0f} s to {end}{permit}"


def _alert_text(alert: FoundAlert) -> str:
    end = "not cleared" if alert.cleared_s is None else f"cleared at {alert.cleared_s:.0f} s"
    permit = "" if alert.permit is PermitRelation.NONE else f", permit {alert.permit.value}"
    return f"{alert.violation} in {alert.zone} raised at {alert.raised_s:.0f} s, {end}{permit}"
