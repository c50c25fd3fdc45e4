/** A list that stays true while the server changes: rows that changed, left or came, without reading it all again. Pure. */
import type { Sort } from "./filters";

export interface Row {
  readonly id: string;
  readonly version: number;
  readonly due_at?: string | null;
}
/** By id: the row as it is now, or null when it is not (any more) in the list. */
export type Changes<R extends Row> = ReadonlyMap<string, R | null>;

/** The changes after the server was asked about these ids and found these rows. */
export function noted<R extends Row>(
  before: Changes<R>,
  asked: readonly string[],
  found: readonly R[],
): Changes<R> {
  const next = new Map(before);
  for (const id of asked) next.set(id, null);
  for (const row of found) next.set(row.id, row);
  return next;
}

/** The rows in their order with the changes in them. `whole`: every page was read; otherwise what belongs behind the
 * last row stays away until its page comes.
 */
export function withChanges<R extends Row>(
  rows: readonly R[],
  changes: Changes<R>,
  sort: Sort,
  whole: boolean,
): readonly R[] {
  if (changes.size === 0) return rows;
  const before = (one: R, other: R) => order(one, other, sort) < 0;
  const last = rows.at(-1);
  const kept = rows.filter((row) => !isOlder(row, changes));
  const known = new Set(kept.map((row) => row.id));
  const come = [...changes.values()]
    .filter((row): row is R => row !== null && !known.has(row.id))
    .filter((row) => whole || last === undefined || !before(last, row))
    .sort((one, other) => order(one, other, sort));
  const merged: R[] = [];
  let next = 0;
  for (const row of kept) {
    for (let one = come[next]; one !== undefined && before(one, row); one = come[next]) {
      merged.push(one);
      next += 1;
    }
    merged.push(row);
  }
  return merged.concat(come.slice(next));
}

/** Whether something newer is known of the row. */
function isOlder<R extends Row>(row: R, changes: Changes<R>): boolean {
  const now = changes.get(row.id);
  return now === null || (now !== undefined && now.version >= row.version);
}

function order(one: Row, other: Row, sort: Sort): number {
  if (sort === "due") {
    const [a, b] = [one.due_at ?? "", other.due_at ?? ""];
    if (a !== b) return Date.parse(a) - Date.parse(b);
    return one.id < other.id ? -1 : 1;
  }
  if (one.id === other.id) return 0;
  return one.id < other.id === (sort === "oldest") ? -1 : 1;
}
