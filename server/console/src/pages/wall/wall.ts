/** What the wall shows: from the address bar, the cameras, and today's alerts. Pure. */
import type { Search } from "../../app/search";
import type { Camera } from "../../parts/cameras";

export const SIZES = [1, 4, 6, 9, 12, 16] as const;
export const EVERY_S = [10, 20, 30, 60] as const;
const COLUMNS: Readonly<Record<number, number>> = { 1: 1, 4: 2, 6: 3, 9: 3, 12: 4, 16: 4 };

/** `cameras`: chosen ones by `edge/camera`, empty for all; `size` tiles at once; a new page of them each `every` s. */
export interface View {
  readonly cameras: readonly string[];
  readonly size: number;
  readonly every: number;
  readonly focus: string;
}

export function readView(search: Search): View {
  const among = (text: string | undefined, known: readonly number[], otherwise: number) =>
    known.find((one) => String(one) === text) ?? otherwise;
  return {
    cameras: (search.cameras ?? "").split(",").filter((key) => /^[\w-]+\/[\w-]+$/.test(key)),
    size: among(search.size, SIZES, 9),
    every: among(search.every, EVERY_S, 20),
    focus: search.focus ?? "",
  };
}

/** Only what differs from the plain wall. */
export function writeView(view: View): Search {
  return {
    cameras: view.cameras.join(",") || undefined,
    size: view.size === 9 ? undefined : String(view.size),
    every: view.every === 20 ? undefined : String(view.every),
    focus: view.focus || undefined,
  };
}

/** The chosen cameras in the order chosen; with none chosen all, those with alerts today first, the most alerts ahead. */
export function shown(
  all: readonly Camera[],
  chosen: readonly string[],
  alerts: ReadonlyMap<string, number>,
) {
  if (chosen.length > 0) {
    const byKey = new Map(all.map((camera) => [camera.key, camera]));
    return chosen.flatMap((key) => byKey.get(key) ?? []);
  }
  return [...all].sort((a, b) => (alerts.get(b.key) ?? 0) - (alerts.get(a.key) ?? 0));
}

/** How many tiles stand beside and above one another for so many cameras; no more room than is needed. */
export function grid(size: number, count: number): { columns: number; rows: number } {
  const columns = Math.min(COLUMNS[size] ?? 3, Math.max(1, Math.ceil(Math.sqrt(count))));
  return { columns, rows: Math.max(1, Math.ceil(Math.min(size, count) / columns)) };
}

/** How often each camera alerted. */
export function byCamera(cameras: readonly { edge_id: string; camera_id: string; count: number }[]) {
  return new Map(cameras.map((one) => [`${one.edge_id}/${one.camera_id}`, one.count]));
}

/** `8 s`, `3 min`, `2 h`: whole numbers of the largest fitting unit. */
export function age(ms: number): { n: number; unit: "s" | "min" | "h" } {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 100) return { n: s, unit: "s" };
  return s < 5400 ? { n: Math.round(s / 60), unit: "min" } : { n: Math.round(s / 3600), unit: "h" };
}

/** Midnight in the city (UTC+8, no summer time) before an instant. */
export function midnight(now: number): string {
  const offset = 8 * 3600_000;
  return new Date(Math.floor((now + offset) / 86_400_000) * 86_400_000 - offset).toISOString();
}
