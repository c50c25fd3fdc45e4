/** Whether loaded entries of the audit log join up. Pure. */
export interface Entry {
  readonly seq: number;
  readonly hash: string;
  readonly previous_hash: string;
}

/** Of entries, the newest first: the numbers of those that do not carry the hash of the one before.
 *
 * Only neighbours by number are compared: people of one district are not shown entries of another.
 */
export function broken(entries: readonly Entry[]): ReadonlySet<number> {
  const found = new Set<number>();
  entries.forEach((entry, index) => {
    const before = entries[index + 1];
    if (before && before.seq === entry.seq - 1 && before.hash !== entry.previous_hash) found.add(entry.seq);
  });
  return found;
}
