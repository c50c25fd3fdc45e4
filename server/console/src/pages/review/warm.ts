/** Pictures fetched and decoded before they are asked for, so that the next case stands there at once. */
const KEEP = 16;
const kept = new Map<string, HTMLImageElement>();

/** The newest `KEEP` stay in memory. Fetching twice does nothing. */
export function warm(addresses: readonly string[]): void {
  for (const address of addresses) {
    const known = kept.get(address);
    if (known) {
      kept.delete(address);
      kept.set(address, known);
      continue;
    }
    const image = new Image();
    image.src = address;
    // A picture that does not come is told where it is shown.
    void image.decode().catch(() => kept.delete(address));
    kept.set(address, image);
  }
  for (const address of kept.keys()) {
    if (kept.size <= KEEP) break;
    kept.delete(address);
  }
}
