/** The queue as it lies before a monitor. Pure: values in, values out. */
import type { ReviewItem } from "../../api/schema";

/** Who has a case before them, as the server says or as its stream tells. Instants are ISO 8601. */
export interface Claim {
  readonly person_id: string;
  readonly person_name: string;
  readonly since: string;
  readonly until: string;
}
export type Claims = ReadonlyMap<string, Claim>;
export type Items = ReadonlyMap<string, ReviewItem>;

/** Urgent ones 0, the others 1, what was left for later 2: the server's own order. */
export function bandOf(item: ReviewItem): number {
  if (item.doubt) return 2;
  return item.case.urgent ? 0 : 1;
}

/** Ids in the order of the queue: by band, newest first (ids of version 7 sort by time). */
export function ordered(items: Items, hidden: ReadonlySet<string>): readonly string[] {
  return [...items.values()]
    .filter((item) => !hidden.has(item.case.id))
    .sort((a, b) => bandOf(a) - bandOf(b) || (a.case.id < b.case.id ? 1 : -1))
    .map((item) => item.case.id);
}

export function merged(items: Items, more: readonly ReviewItem[]): Items {
  const all = new Map(items);
  for (const item of more) all.set(item.case.id, item);
  return all;
}

export function without(items: Items, id: string): Items {
  const rest = new Map(items);
  rest.delete(id);
  return rest;
}

/** Whether somebody else has the case before them at `now` (ms). */
export function heldByOther(claims: Claims, id: string, me: string, now: number): Claim | null {
  const claim = claims.get(id);
  return claim !== undefined && claim.person_id !== me && Date.parse(claim.until) > now ? claim : null;
}

/** The first free case from `at` on, going round; null when others have them all. */
export function nextFree(
  order: readonly string[],
  at: number,
  claims: Claims,
  me: string,
  now: number,
): string | null {
  for (let step = 0; step < order.length; step += 1) {
    const id = order[(at + step) % order.length];
    if (id !== undefined && heldByOther(claims, id, me, now) === null) return id;
  }
  return null;
}

/** What the next few will need: `ahead` after the chosen one, and the one before it. */
export function around(order: readonly string[], chosen: string | null, ahead: number): readonly string[] {
  const at = chosen === null ? 0 : order.indexOf(chosen);
  return [...order.slice(at + 1, at + 1 + ahead), ...order.slice(Math.max(0, at - 1), Math.max(0, at))];
}

/** What people may see of a case without a reason: shown pictures, best first; the clean view; the blurred clip. */
export function picturesOf(item: ReviewItem) {
  const open = item.pictures.filter((picture) => !picture.sealed);
  const shots = open.filter((picture) => picture.role !== "reference_shown");
  const wide = shots.filter((picture) => picture.role === "wide_shown");
  const close = shots.filter((picture) => picture.role !== "wide_shown");
  const references = open.filter((picture) => picture.role === "reference_shown");
  return {
    shots: [...wide.slice(0, 1), ...close.slice(0, 1), ...wide.slice(1), ...close.slice(1)],
    reference: references.at(0) ?? null,
    clip: item.clips.find((clip) => !clip.sealed) ?? null,
    clipSealed: item.clips.some((clip) => clip.sealed),
  };
}

export const evidence = (sha256: string) => `/api/evidence/${sha256}`;
