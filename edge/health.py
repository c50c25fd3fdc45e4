"""What a camera's pictures are good for, over time. Pure: signatures and their times go in, changes come out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from edge.contracts.taxonomy import CameraState
from edge.vision.quality import Signature, changed_share
from edge.vision.view import Displacement, Reference, View


@dataclass(frozen=True, slots=True)
class HealthLimits:
    """When a picture is what, and for how many seconds it must be so (in at least two pictures) to count."""

    black_bright: float = 24.0
    blank_contrast: float = 3.5
    frozen_share: float = 0.002
    blurred_ratio: float = 0.55
    blurred_sharpness: float = 2.0
    black_s: float = 3.0
    frozen_s: float = 20.0
    blurred_s: float = 10.0
    shifted_s: float = 1.5
    gone_s: float = 4.0
    covered_s: float = 60.0
    well_s: float = 3.0
    lost_s: float = 10.0
    refresh_s: float = 300.0


@dataclass(frozen=True, slots=True)
class HealthChange:
    """From `at` on the camera is known to be in `state`; it was first seen so at `since`."""

    state: CameraState
    at: datetime
    since: datetime
    detail: str


@dataclass(slots=True)
class _Suspicion:
    """A state that the pictures show but that has not lasted long enough. `hold_s` is the shortest that any demands."""

    state: CameraState
    since: datetime
    hold_s: float
    pictures: int = 1


class HealthJudge:
    """Judges one camera. Times are aware and are those of the pictures.

    The reference view is what is given, or else the first view that two good pictures in a row agree on. It stays for
    good; beside it a newer picture of the same view is kept, so that dusk, night and snow do not look like a move.
    """

    def __init__(self, reference: Signature | None = None, limits: HealthLimits | None = None) -> None:
        self._limits = limits or HealthLimits()
        self._reference = Reference(reference) if reference is not None else None
        self._recent: Reference | None = None
        self._recent_at: datetime | None = None
        self._candidate: Reference | None = None
        self._last: Signature | None = None
        self._last_at: datetime | None = None
        self._changed_at: datetime | None = None
        self._suspicion: _Suspicion | None = None
        self._before_lost = CameraState.OK
        self.state = CameraState.OK
        self.detail = ""
        self.fit = False

    @property
    def suspects(self) -> bool:
        """Whether a change is in the air: looking closer now tells sooner."""
        return self._suspicion is not None

    def step(self, at: datetime, signature: Signature | None) -> HealthChange | None:
        """Judge one picture, or with None that there is none at this time. Afterwards `fit` says whether this very
        picture may be measured: the camera is well and so is the picture."""
        if signature is None:
            self.fit = False
            return self._miss(at)
        if self._last_at is not None and at < self._last_at:
            self._suspicion = self._changed_at = self._recent_at = None  # the clock was set back
        shown, hold_s, detail = self._symptom(at, signature)
        self._last, self._last_at = signature, at
        change = self._return(at) if self.state is CameraState.LOST else None
        change = self._weigh(at, shown, hold_s, detail) or change
        self.fit = self.state is CameraState.OK and shown is CameraState.OK
        return change

    def _miss(self, at: datetime) -> HealthChange | None:
        if self._last_at is None:
            self._last_at = at
        quiet_s = (at - self._last_at).total_seconds()
        if self.state is CameraState.LOST or quiet_s < self._limits.lost_s:
            return None
        self._before_lost, self._suspicion = self.state, None
        return self._become(CameraState.LOST, at, self._last_at, f"no picture for {quiet_s:.0f} s")

    def _return(self, at: datetime) -> HealthChange:
        self._changed_at = at
        return self._become(self._before_lost, at, at, "pictures come again")

    def _weigh(self, at: datetime, shown: CameraState, hold_s: float, detail: str) -> HealthChange | None:
        suspicion = self._suspicion
        if shown is self.state:
            self._suspicion = None
            return None
        if suspicion is None or suspicion.state is not shown:
            self._suspicion = suspicion = _Suspicion(shown, at, hold_s)
        else:
            suspicion.pictures += 1
            suspicion.hold_s = min(suspicion.hold_s, hold_s)
        if suspicion.hold_s > 0:
            lasted = at - suspicion.since >= timedelta(seconds=suspicion.hold_s)
            if suspicion.pictures < 2 or not lasted:
                return None
        self._suspicion = None
        return self._become(shown, at, suspicion.since, detail)

    def _become(self, state: CameraState, at: datetime, since: datetime, detail: str) -> HealthChange:
        self.state, self.detail = state, detail
        return HealthChange(state, at, since, detail)

    def _symptom(self, at: datetime, now: Signature) -> tuple[CameraState, float, str]:
        """(what this picture shows, how long that must last, in words)."""
        limits = self._limits
        if self._last is None or self._changed_at is None or changed_share(self._last, now) > limits.frozen_share:
            self._changed_at = at
        if now.bright < limits.black_bright:
            return CameraState.BLACK, limits.black_s, f"brightest grey level {now.bright:.0f} of 255"
        if now.contrast < limits.blank_contrast:
            return CameraState.BLACK, limits.black_s, "nothing but one colour can be seen"
        still_s = (at - self._changed_at).total_seconds()
        if still_s >= limits.frozen_s:
            return CameraState.FROZEN, 0.0, f"the picture has not changed for {still_s:.0f} s"
        view, shift = self._compare(at, now)
        if view is View.SHIFTED:
            return CameraState.MOVED, limits.shifted_s, _in_words(shift)
        if view is View.GONE:
            return CameraState.MOVED, limits.gone_s, "nothing of the reference view can be found"
        if view is View.COVERED:
            return CameraState.MOVED, limits.covered_s, "most of the reference view is covered"
        if self._is_blurred(now):
            return CameraState.BLURRED, limits.blurred_s, f"sharpness {now.sharpness:.1f}"
        self._learn(at, now)
        return CameraState.OK, limits.well_s, ""

    def _is_blurred(self, now: Signature) -> bool:
        limits, reference = self._limits, self._reference
        if reference is None:
            return now.sharpness < limits.blurred_sharpness
        usual = reference.signature.sharpness
        return now.sharpness < max(limits.blurred_ratio * usual, min(limits.blurred_sharpness, 0.8 * usual))

    def _compare(self, at: datetime, now: Signature) -> tuple[View, Displacement | None]:
        if self._reference is None:
            return View.SAME, None
        view, shift = self._reference.compare(now)
        if view in (View.GONE, View.COVERED) and self._recent is not None:
            view, shift = self._recent.compare(now)
        return view, shift

    def _learn(self, at: datetime, now: Signature) -> None:
        """Only from good pictures of the view itself."""
        if self._reference is None:
            if self._candidate is not None and self._candidate.compare(now)[0] is View.SAME:
                self._reference = self._candidate
            else:
                self._candidate = Reference(now)
        elif self._recent_at is None or at - self._recent_at >= timedelta(seconds=self._limits.refresh_s):
            self._recent, self._recent_at = Reference(now), at


def _in_words(shift: Displacement | None) -> str:
    if shift is None:
        return "the view has shifted"
    return f"the view has shifted by {shift.dx:+.0%} of its width and {shift.dy:+.0%} of its height"
