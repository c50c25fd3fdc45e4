/** What comes next, from a camera just added to its first alert. Pure. */
import type { PlanState } from "../../api/schema";
import type { Camera } from "./plan";

export const STEPS = ["picture", "zone", "violation", "force", "answer", "alert"] as const;
export type StepName = (typeof STEPS)[number];
export interface Step {
  readonly name: StepName;
  readonly state: "done" | "now" | "later";
}

interface Known {
  readonly state: PlanState;
  readonly camera: Camera;
  readonly hasPicture: boolean;
  readonly hasAlert: boolean;
}

/** Each step with whether it is done, is the one to do now, or comes later. */
export function stepsOf({ state, camera, hasPicture, hasAlert }: Known): Step[] {
  const runs = state.effective?.cameras?.find((one) => one.id === camera.id);
  const drawn = camera.zones.some((zone) => zone.polygon.length > 2);
  const isOpen = state.draft?.cameras.some((one) => one.id === camera.id) ?? false;
  const inForce = state.newest?.cameras.some((one) => one.id === camera.id) ?? false;
  const accepted = Boolean(runs) && (runs?.origin === "file" || state.newest?.answer === "accepted");
  const changes = state.draft?.changes.some((change) => change.camera_id === camera.id) ?? false;
  const done: Record<StepName, boolean> = {
    picture: hasPicture || Boolean(runs),
    zone: drawn,
    violation: drawn && camera.zones.every((zone) => zone.violations.length > 0),
    force: (inForce || Boolean(runs)) && !(isOpen && changes),
    answer: accepted && !(isOpen && changes),
    alert: hasAlert,
  };
  let open = true;
  return STEPS.map((name) => {
    const is = open && !done[name] ? "now" : done[name] && open ? "done" : "later";
    if (!done[name]) open = false;
    return { name, state: is };
  });
}
