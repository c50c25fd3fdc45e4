/** The server's time on a phone whose clock may be wrong: what the last answer said, carried on by the phone's. */

const KEPT = "shouwei.officer.clock";

/** The server said that it is `at` now. */
export function setClock(at: string, phone: number = Date.now()): void {
  localStorage.setItem(KEPT, String(Date.parse(at) - phone));
}

/** Now, as the server would say, in ms. */
export function serverNow(phone: number = Date.now()): number {
  const ahead = Number(localStorage.getItem(KEPT) ?? 0);
  return phone + (Number.isFinite(ahead) ? ahead : 0);
}

export function stamp(): string {
  return new Date(serverNow()).toISOString();
}
