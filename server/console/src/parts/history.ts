/** Undo and redo of a value: what was, what is, what was taken back. Pure. */

export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

const KEPT = 100;

export function begun<T>(now: T): History<T> {
  return { past: [], now, future: [] };
}

/** A new value; what had been taken back is gone. The same value changes nothing. */
export function changed<T>(history: History<T>, now: T): History<T> {
  if (now === history.now) return history;
  return { past: [...history.past, history.now].slice(-KEPT), now, future: [] };
}

export function undone<T>(history: History<T>): History<T> {
  const now = history.past.at(-1);
  if (now === undefined) return history;
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future] };
}

export function redone<T>(history: History<T>): History<T> {
  const [now, ...future] = history.future;
  if (now === undefined) return history;
  return { past: [...history.past, history.now], now, future };
}
