/** Keeps the case before the monitor claimed, and gives back what was left. Asks go out in order, case by case. */
import { Problem } from "../../api/client";
import type { Claim } from "./queue";
import type { ReviewServer } from "./server";

export const RENEW_MS = 60_000;
/** Whoever touches nothing for so long lets go of the case. */
export const IDLE_MS = 170_000;
const HURRY_MS = 250;

export interface ClaimNews {
  /** The case is mine now. */
  mine(id: string, claim: Claim): void;
  /** Somebody else has it. */
  held(id: string, claim: Claim): void;
  /** It needs no review any more. */
  gone(id: string): void;
}

export class ClaimKeeper {
  private chosen: string | null = null;
  private readonly have = new Set<string>();
  private readonly last = new Map<string, Promise<void>>();
  private soon: ReturnType<typeof setTimeout> | undefined;
  private renewing: ReturnType<typeof setInterval> | undefined;
  private changedAt = 0;
  private touchedAt = 0;

  constructor(
    private readonly server: Pick<ReviewServer, "claim" | "giveBack">,
    private readonly news: ClaimNews,
    private readonly now: () => number = Date.now,
  ) {}

  start(): void {
    this.renewing = setInterval(() => this.renew(), RENEW_MS);
  }

  /** Gives back what is left, where nothing was decided. */
  stop(): void {
    clearInterval(this.renewing);
    clearTimeout(this.soon);
    if (this.chosen !== null) this.letGo(this.chosen);
    this.chosen = null;
  }

  /** The case that is looked at now. `keep` the one before: it was decided, and its decision is on the way. */
  choose(id: string | null, keep: boolean): void {
    const before = this.chosen;
    if (before === id) return;
    clearTimeout(this.soon);
    if (before !== null && !keep) this.letGo(before);
    this.chosen = id;
    const hurry = this.now() - this.changedAt < HURRY_MS && !keep;
    this.changedAt = this.touchedAt = this.now();
    if (id === null) return;
    if (hurry) this.soon = setTimeout(() => this.take(id, false), HURRY_MS);
    else this.take(id, false);
  }

  /** Somebody is at the keys. */
  touched(): void {
    const slept = this.now() - this.touchedAt > IDLE_MS;
    this.touchedAt = this.now();
    if (slept && this.chosen !== null) this.take(this.chosen, false);
  }

  take(id: string, takeOver: boolean): void {
    this.inTurn(id, async () => {
      if (this.chosen !== id) return;
      try {
        const claim = await this.server.claim(id, takeOver);
        this.have.add(id);
        this.news.mine(id, claim);
      } catch (error) {
        if (!(error instanceof Problem)) return;
        if (error.code === "claim.held") this.news.held(id, error.facts as unknown as Claim);
        else if (error.code === "claim.not_waiting" || error.status === 404) this.news.gone(id);
      }
    });
  }

  letGo(id: string): void {
    this.inTurn(id, async () => {
      if (!this.have.delete(id) || this.chosen === id) return;
      await this.server.giveBack(id).catch(() => undefined);
    });
  }

  private renew(): void {
    if (this.chosen !== null && this.now() - this.touchedAt < IDLE_MS) this.take(this.chosen, false);
  }

  private inTurn(id: string, act: () => Promise<void>): void {
    const before = this.last.get(id) ?? Promise.resolve();
    const mine = before.then(act);
    this.last.set(id, mine);
    void mine.then(() => {
      if (this.last.get(id) === mine) this.last.delete(id);
    });
  }
}
