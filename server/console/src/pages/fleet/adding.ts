/** A new camera: its address with user and password, its id, what can be tried without a camera. Pure. */
import type { PlanState } from "../../api/schema";

export const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** The address with user and password in it, whatever signs they hold. */
export function addressWith(address: string, user: string, password: string): string {
  const plain = address.trim();
  const at = plain.indexOf("://");
  if (user === "" || at < 0) return plain;
  const rest = plain.slice(at + 3).replace(/^[^/?#]*@/, "");
  const secret = password === "" ? "" : `:${encodeURIComponent(password)}`;
  return `${plain.slice(0, at + 3)}${encodeURIComponent(user)}${secret}@${rest}`;
}

/** The ids that an edge's cameras have, planned or running. */
export function idsOf(state: PlanState): string[] {
  const planned = state.draft?.cameras ?? state.newest?.cameras ?? [];
  return [...new Set([...planned, ...(state.effective?.cameras ?? [])].map((camera) => camera.id))];
}

/** Clips that the edge plays already: to try everything without a camera at hand. */
export function clipsOf(state: PlanState | undefined): string[] {
  const files = (state?.effective?.cameras ?? []).filter((camera) => camera.kind === "file");
  return [...new Set(files.map((camera) => camera.address).filter((address) => address.startsWith("/")))];
}

/** Where a try stands: which steps are done, and which runs. */
export const TRY_STEPS = ["asked", "fetched", "done"] as const;
export function tryStep(state: string): number {
  return state === "done" ? 3 : state === "fetched" ? 1 : 0;
}
