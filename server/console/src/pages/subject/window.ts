/** Whether a finding can still make an act of today a repeat, as the archive tells it. Pure. */

interface Told {
  readonly served_at: string | null;
  readonly standing: string;
  readonly window_ends: string | null;
}
export interface Window {
  readonly counts: boolean;
  readonly why: "inside" | "over" | "not_served" | "void";
  /** The share of the look-back that is gone, 0 to 1. */
  readonly gone: number;
}

/** `today` and the end are days in the city; the last day of the look-back still counts. */
export function windowOf(finding: Told, today: string): Window {
  if (finding.standing === "void") return { counts: false, why: "void", gone: 1 };
  if (finding.served_at === null || finding.window_ends === null)
    return { counts: false, why: "not_served", gone: 0 };
  if (today > finding.window_ends) return { counts: false, why: "over", gone: 1 };
  const from = Date.parse(finding.served_at);
  const to = Date.parse(`${finding.window_ends}T23:59:59+08:00`);
  const now = Date.parse(`${today}T12:00:00+08:00`);
  const gone = to > from ? Math.min(1, Math.max(0, (now - from) / (to - from))) : 1;
  return { counts: true, why: "inside", gone };
}
