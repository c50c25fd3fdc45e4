/** Getting in: the code behind the `#` is used once; what opens the door the next time stays on this phone. */
import { newKey } from "../api/keys";

/** A matter that this phone has been let into before. `origins` are fingerprints of the codes that led here. */
export interface Known {
  readonly origins: readonly string[];
  readonly next: string;
  readonly number: string;
  readonly item: string;
}
/** A visit that is open: `token` until `until` (ISO time). */
export interface Open {
  readonly token: string;
  readonly until: string;
  readonly origin: string;
}
/** A code on its way: if the answer is lost, the same request with the same key may be sent again. */
interface Asking {
  readonly code: string;
  readonly key: string;
}
export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}
export interface Answered {
  readonly token: string;
  readonly until: string;
  readonly next_code: string;
}
export type Knock = (code: string, key: string) => Promise<Answered | "refused">;

const KNOWN = "shouwei.party.known";
const OPEN = "shouwei.party.open";
const ASKING = "shouwei.party.asking";
const MOST = 20;

/** The code behind the `#`, taken out of the address bar so that no history keeps it. */
export function takeCode(location: Location, history: History): string | null {
  const found = /^#(?:c=)?(swc_[A-Za-z0-9_-]+)$/.exec(location.hash)?.[1] ?? null;
  if (found !== null) history.replaceState(null, "", location.pathname);
  return found;
}

/** Keeps what this phone knows. `lasting` survives the browser's end, `passing` only this tab's. */
export class Memory {
  constructor(
    private readonly lasting: Shelf,
    private readonly passing: Shelf,
  ) {}

  known(): Known[] {
    return read<Known[]>(this.lasting, KNOWN) ?? [];
  }

  open(now: number): Open | null {
    const found = read<Open>(this.passing, OPEN);
    return found !== null && Date.parse(found.until) > now ? found : null;
  }

  /** Uses a code. Says "refused" for one that opens nothing; throws when no answer came, and may be asked again. */
  async use(code: string, origin: string, knock: Knock): Promise<Open | "refused"> {
    const before = read<Asking>(this.lasting, ASKING);
    const key = before?.code === code ? before.key : newKey();
    write(this.lasting, ASKING, { code, key });
    const answer = await knock(code, key);
    this.lasting.removeItem(ASKING);
    if (answer === "refused") return "refused";
    const open = { token: answer.token, until: answer.until, origin };
    const entry = this.of(origin);
    this.keep({ origins: [origin], number: "", item: "", ...entry, next: answer.next_code });
    write(this.passing, OPEN, open);
    return open;
  }

  of(origin: string): Known | undefined {
    return this.known().find((one) => one.origins.includes(origin));
  }

  /** What the matter is called, once it was read. Two ways into one matter become one entry. */
  name(origin: string, number: string, item: string): void {
    const entry = this.of(origin);
    if (entry === undefined || (entry.number === number && entry.item === item)) return;
    const same = this.known().filter((one) => one.number === number && one !== entry && number !== "");
    const origins = [...new Set([...entry.origins, ...same.flatMap((one) => one.origins)])];
    write(
      this.lasting,
      KNOWN,
      this.known().filter((one) => !one.origins.some((name) => origins.includes(name))),
    );
    this.keep({ ...entry, origins, number, item });
  }

  forget(origin: string): void {
    write(
      this.lasting,
      KNOWN,
      this.known().filter((one) => !one.origins.includes(origin)),
    );
    this.passing.removeItem(OPEN);
  }

  leave(): void {
    this.passing.removeItem(OPEN);
  }

  private keep(entry: Known): void {
    const rest = this.known().filter((one) => !one.origins.some((name) => entry.origins.includes(name)));
    write(this.lasting, KNOWN, [entry, ...rest].slice(0, MOST));
  }
}

/** Opens a visit from what there is: a new code, a code used on this phone before, or a visit that still runs.
 *
 * Null: there is nothing to open with. "refused": the code opens nothing any more.
 */
export async function enter(
  memory: Memory,
  code: string | null,
  knock: Knock,
  now: number,
): Promise<Open | "refused" | null> {
  const running = memory.open(now);
  if (code === null) {
    if (running !== null) return running;
    const [only, ...others] = memory.known();
    if (only === undefined || others.length > 0) return null;
    return memory.use(only.next, only.origins[0] ?? "", knock);
  }
  const origin = fingerprint(code);
  if (running?.origin === origin) return running;
  const known = memory.of(origin);
  if (known !== undefined) {
    const again = await memory.use(known.next, origin, knock);
    if (again !== "refused") return again;
  }
  return memory.use(code, origin, knock);
}

/** Tells codes apart without keeping them (FNV-1a, 52 bits): a fingerprint opens nothing. */
export function fingerprint(code: string): string {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (const letter of code) {
    high = Math.imul(high ^ letter.charCodeAt(0), 0x01000193);
    low = Math.imul(low ^ high, 0x85ebca6b);
  }
  return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}

function read<T>(shelf: Shelf, name: string): T | null {
  try {
    return JSON.parse(shelf.getItem(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function write(shelf: Shelf, name: string, value: unknown): void {
  try {
    shelf.setItem(name, JSON.stringify(value));
  } catch {
    // A private window may keep nothing: the visit goes on, only the next one needs a new link.
  }
}
