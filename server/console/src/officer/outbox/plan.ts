/** What may be sent when, and what an answer means for an entry. Pure: entries and times in, entries out. */
import type { Answer, Entry, Json, Later, Refusal } from "./entry";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

/** What came of one try. */
export type Outcome =
  | { readonly kind: "taken"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "later"; readonly afterMs?: number | undefined }
  | { readonly kind: "moved"; readonly version: number };

/** How long to wait before the try after `tries` failed ones: twice as long each time, at most five minutes, and a
 * part of it by chance (`luck` 0..1), so that many phones do not come back at once. */
export function patience(tries: number, luck: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1));
  return whole / 2 + (whole / 2) * luck;
}

/** The entries that may go now, oldest first: of each chain the first that is not done, if it is not refused and its
 * time has come. What one chain waits for never holds up another. */
export function ready(entries: readonly Entry[], person: string, now: number): Entry[] {
  return heads(entries, person).filter((entry) => entry.standing === "waiting" && entry.notBefore <= now);
}

/** When the next waiting head may go, in ms; null when nothing waits. */
export function nextAt(entries: readonly Entry[], person: string): number | null {
  const times = heads(entries, person)
    .filter((entry) => entry.standing === "waiting")
    .map((entry) => entry.notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

function heads(entries: readonly Entry[], person: string): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of inOrder(entries)) {
    if (entry.person !== person || entry.standing === "done") continue;
    if (!first.has(entry.chain)) first.set(entry.chain, entry);
  }
  return [...first.values()];
}

export function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((one, other) => one.seq - other.seq);
}

/** The entry after a try. Its key never changes: the server may have carried it out though no answer came. */
export function tried(entry: Entry, outcome: Outcome, now: number, luck: number): Entry {
  const { refusal: _old, ...kept } = entry;
  switch (outcome.kind) {
    case "taken":
      return { ...kept, standing: "done", answer: outcome.answer, doneAt: new Date(now).toISOString() };
    case "refused":
      return { ...kept, standing: "refused", refusal: outcome.refusal };
    case "moved":
      return { ...kept, version: outcome.version, notBefore: now };
    case "later": {
      const tries = entry.tries + 1;
      const wait = Math.max(outcome.afterMs ?? 0, patience(tries, luck));
      return { ...kept, tries, notBefore: now + wait };
    }
  }
}

/** The version to send as If-Match: the newest that the chain's answers told, else the one decided on. */
export function versionOf(entry: Entry, entries: readonly Entry[]): number | undefined {
  const told = entries
    .filter((one) => one.chain === entry.chain && one.standing === "done" && one.seq < entry.seq)
    .map((one) => one.answer?.version ?? 0);
  const newest = Math.max(entry.version ?? 0, ...told);
  return newest === 0 ? undefined : newest;
}

/** The body with what earlier answers gave in its places. Throws when one of them is not there. */
export function filled(body: Json, entries: readonly Entry[]): Json {
  if (Array.isArray(body)) return body.map((part: Json) => filled(part, entries));
  if (typeof body !== "object" || body === null) return body;
  if (isLater(body)) {
    const value = entries.find((entry) => entry.key === body.$answer)?.answer?.[body.take];
    if (value === undefined) throw new Error(`no answer to ${body.$answer} yet`);
    return value;
  }
  return Object.fromEntries(Object.entries(body).map(([name, part]) => [name, filled(part, entries)]));
}

function isLater(body: object): body is Later & { readonly [name: string]: Json } {
  return "$answer" in body && "take" in body;
}

interface StepSeen {
  readonly actor_role: string;
}

/** Whether a move that met a newer version may go on: the case stands where it stood, and since then only the system
 * wrote something into it (a deadline that was told, a camera that saw it again). */
export function mayGoOn(
  from: string,
  version: number,
  seen: { state: string; version: number; steps: readonly StepSeen[] },
): boolean {
  if (seen.state !== from || seen.version <= version) return false;
  const since = seen.steps.slice(-(seen.version - version));
  return (
    since.length === seen.version - version && since.every((step) => ["sys", "ai"].includes(step.actor_role))
  );
}

/** The entry to try again after a person looked at the refusal; `version` when the case has moved on. */
export function again(entry: Entry): Entry {
  const { refusal, ...kept } = entry;
  const version = refusal?.versionNow ?? entry.version;
  return {
    ...kept,
    ...(version === undefined ? {} : { version }),
    standing: "waiting",
    tries: 0,
    notBefore: 0,
  };
}

/** The refused entry, and what waits behind it and means nothing without it. */
export function withFollowers(entry: Entry, entries: readonly Entry[]): Entry[] {
  return inOrder(entries).filter(
    (one) => one.chain === entry.chain && one.standing !== "done" && one.seq >= entry.seq,
  );
}

/** Files that something still to be sent names. */
export function needed(entries: readonly Entry[]): Set<string> {
  return new Set(entries.filter((entry) => entry.standing !== "done").flatMap((entry) => entry.files));
}
