/** Two pictures of one spot: which to lay side by side, and one zoom for both. Pure. */

/** A picture to compare. `sealed`: seeing it needs a reason, which is kept. */
export interface Shot {
  readonly sha256: string;
  readonly at: string;
  readonly source: "camera" | "photo";
  readonly sealed: boolean;
  readonly role: string;
}
/** What the gallery of a case tells of a picture. */
export interface Seen {
  readonly sha256: string;
  readonly role: string;
  readonly captured_at: string;
  readonly camera_id: string;
  readonly sealed: boolean;
  readonly is_cover: boolean;
  readonly is_best: boolean;
}
/** Of a step only what is looked at here. */
export interface Told {
  readonly at: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** When the place was last said to be put right: pictures from then on are "after". */
export function correctedAt(steps: readonly Told[]): string | null {
  const last = steps.filter((step) => movedTo(step, "W7")).at(-1);
  if (last === undefined) return null;
  const told = last.fields.corrected_at;
  return typeof told === "string" && told < last.at ? told : last.at;
}

/** A move; a mark of the deadline is told in the same state. */
function movedTo(step: Told, state: string): boolean {
  return step.to_state === state && step.from_state !== state;
}

/** The pictures before and after, the one to begin with first: before the best camera picture, after the newest. */
export function shotsOf(
  pictures: readonly Seen[],
  steps: readonly Told[],
): { before: Shot[]; after: Shot[] } {
  const since = correctedAt(steps);
  const shown = pictures.filter((one) => !one.sealed && one.role !== "thumbnail");
  const early = shown.filter((one) => since === null || one.captured_at < since);
  const best = [...early].sort((a, b) => rank(b) - rank(a) || a.captured_at.localeCompare(b.captured_at));
  const late = shown.filter((one) => since !== null && one.captured_at >= since);
  const newest = [...late].sort((a, b) => b.captured_at.localeCompare(a.captured_at));
  return {
    before: [...best.map(fromCamera), ...photos(steps, "W6")],
    after: [...photos(steps, "W7").reverse(), ...newest.map(fromCamera)],
  };
}

function rank(one: Seen): number {
  return (one.is_cover ? 4 : 0) + (one.is_best ? 2 : 0) + (one.role.startsWith("wide") ? 1 : 0);
}

function fromCamera(one: Seen): Shot {
  return { sha256: one.sha256, at: one.captured_at, source: "camera", sealed: one.sealed, role: one.role };
}

function photos(steps: readonly Told[], state: string): Shot[] {
  const last = steps.filter((step) => movedTo(step, state)).at(-1);
  const named = Array.isArray(last?.fields.photos) ? (last.fields.photos as unknown[]) : [];
  return named
    .filter((name): name is string => typeof name === "string")
    .map((sha256) => ({ sha256, at: last?.at ?? "", source: "photo", sealed: true, role: "site_photo" }));
}

/** How far in, and where: `x`, `y` is the middle of what is seen, 0..1 of the picture. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}
export const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 };
export const DEEPEST = 8;

/** In or out by a factor, the point (0..1 of the frame) staying where it is. */
export function zoomed(view: View, factor: number, px = 0.5, py = 0.5): View {
  const zoom = Math.min(DEEPEST, Math.max(1, view.zoom * factor));
  const shift = 1 / view.zoom - 1 / zoom;
  return kept({ zoom, x: view.x + (px - 0.5) * shift, y: view.y + (py - 0.5) * shift });
}

/** Moved by parts of the frame. */
export function moved(view: View, dx: number, dy: number): View {
  return kept({ ...view, x: view.x - dx / view.zoom, y: view.y - dy / view.zoom });
}

/** Never beyond the edge of the picture. */
function kept(view: View): View {
  const half = 0.5 / view.zoom;
  const inside = (at: number) => Math.min(1 - half, Math.max(half, at));
  return { zoom: view.zoom, x: inside(view.x), y: inside(view.y) };
}

/** As CSS for a picture that fills its frame. */
export function transformOf(view: View): string {
  const percent = (at: number) => `${((0.5 - at) * 100 * view.zoom).toFixed(3)}%`;
  return `translate(${percent(view.x)}, ${percent(view.y)}) scale(${view.zoom.toFixed(4)})`;
}
