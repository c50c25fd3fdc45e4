/** Decisions on their way: kept on this computer until the server has them, so that none is lost and none is doubled.
 *
 * A decision may be taken back until it is sent: five seconds after it was made, or when the next two are. Each carries
 * a key of its own; sent twice (a killed tab, an answer that was lost) it has one effect.
 */
import { Problem } from "../../api/client";
import type { Decided } from "./decision";

export const UNDO_MS = 5000;
export const UNDO_DEPTH = 2;
const WAITS_MS = [2000, 4000, 8000, 15_000, 30_000];

/** Why the server did not take a decision. */
export interface Refusal {
  readonly code: string;
  readonly title: string;
}
export interface Kept extends Decided {
  readonly refusal?: Refusal;
}
/** Where decisions are kept. `put` has ended when they are. */
export interface Box {
  all(): Promise<readonly Kept[]>;
  put(entry: Kept): Promise<void>;
  remove(key: string): Promise<void>;
}
export interface BoxView {
  /** Made and not sent, oldest first. */
  readonly waiting: readonly Kept[];
  readonly refused: readonly Kept[];
  /** Of somebody else who worked at this computer. */
  readonly others: number;
  readonly offline: boolean;
}

/** Those that are sent now: old enough, or with two newer ones behind them. Pure; `waiting` is oldest first. */
export function due(waiting: readonly Kept[], now: number): readonly Kept[] {
  return waiting.filter((entry, at) => now - entry.at >= UNDO_MS || waiting.length - 1 - at >= UNDO_DEPTH);
}

export class Outbox {
  private view: BoxView = { waiting: [], refused: [], others: 0, offline: false };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: string | null = null;
  private misses = 0;
  private open = false;

  constructor(
    private readonly box: Box,
    private readonly person: string,
    private readonly send: (entry: Kept) => Promise<void>,
    private readonly told: { sent: (entry: Kept) => void; refused: (entry: Kept) => void },
    private readonly now: () => number = Date.now,
  ) {}

  readonly get = (): BoxView => this.view;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Reads what is kept and begins to send. */
  async start(): Promise<void> {
    this.open = true;
    const all = [...(await this.box.all())].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    const mine = all.filter((entry) => entry.person === this.person);
    this.set({
      waiting: [...mine.filter((entry) => entry.refusal === undefined), ...this.view.waiting],
      refused: mine.filter((entry) => entry.refusal !== undefined),
      others: all.length - mine.length,
    });
    this.arm();
  }

  stop(): void {
    this.open = false;
    clearTimeout(this.timer);
  }

  /** Ends when the decision is kept. */
  async decide(entry: Kept): Promise<void> {
    this.set({ waiting: [...this.view.waiting, entry] });
    await this.box.put(entry);
    this.arm();
  }

  /** Takes the newest decision back that was not sent yet; null when there is none. Ends when it is kept no more. */
  async undo(): Promise<Kept | null> {
    const last = this.view.waiting.at(-1);
    if (last === undefined || last.key === this.sending) return null;
    this.set({ waiting: this.view.waiting.slice(0, -1) });
    await this.box.remove(last.key);
    return last;
  }

  /** The person has read why a decision was refused. */
  seen(key: string): void {
    this.set({ refused: this.view.refused.filter((entry) => entry.key !== key) });
    void this.box.remove(key);
  }

  /** The network is back, or somebody wants to know. */
  readonly again = (): void => {
    this.misses = 0;
    this.arm();
  };

  private arm(): void {
    clearTimeout(this.timer);
    const oldest = this.view.waiting[0];
    if (!this.open || this.sending !== null || oldest === undefined) return;
    const ready = due(this.view.waiting, this.now()).includes(oldest);
    const rest = ready ? 0 : Math.max(0, oldest.at + UNDO_MS - this.now());
    const pause = this.misses > 0 ? (WAITS_MS[Math.min(this.misses, WAITS_MS.length) - 1] ?? 0) : 0;
    this.timer = setTimeout(() => void this.sendOldest(), Math.max(rest, pause));
  }

  private async sendOldest(): Promise<void> {
    const entry = this.view.waiting[0];
    if (!this.open || this.sending !== null || entry === undefined) return;
    if (!due(this.view.waiting, this.now()).includes(entry)) return this.arm();
    this.sending = entry.key;
    try {
      await this.send(entry);
      await this.box.remove(entry.key);
      this.leave(entry);
      this.told.sent(entry);
    } catch (error) {
      if (isFinal(error)) await this.refuse(entry, error);
      else this.miss();
    } finally {
      this.sending = null;
      this.arm();
    }
  }

  private leave(entry: Kept): void {
    this.misses = 0;
    this.set({ waiting: this.view.waiting.filter((one) => one.key !== entry.key), offline: false });
  }

  private async refuse(entry: Kept, error: Problem): Promise<void> {
    const refused = { ...entry, refusal: { code: error.code, title: error.title } };
    await this.box.put(refused);
    this.leave(entry);
    this.set({ refused: [...this.view.refused, refused] });
    this.told.refused(refused);
  }

  private miss(): void {
    this.misses += 1;
    this.set({ offline: true });
  }

  private set(part: Partial<BoxView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}

/** Whether asking again would bring the same answer. Without a session, too busy, or broken: later it may not. */
function isFinal(error: unknown): error is Problem {
  return error instanceof Problem && error.status < 500 && ![401, 408, 425, 429].includes(error.status);
}
