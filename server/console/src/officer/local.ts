/** Between `<input type=datetime-local>` and moments, in Shanghai's time whatever the phone is set to. */

const SHANGHAI_MS = 8 * 3_600_000;

/** `2026-11-22T18:05` for a moment in ms. */
export function toLocal(at: number): string {
  return new Date(at + SHANGHAI_MS).toISOString().slice(0, 16);
}

/** The moment in ms of such a text. NaN when it is none. */
export function fromLocal(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00Z`) - SHANGHAI_MS : Number.NaN;
}
