/** The state behind the review's screen: what lies in the queue, what is chosen, who has what, what was decided. */
import type { Heard } from "../../app/events";
import { ClaimKeeper, type ClaimNews } from "./claims";
import { type Decided, type Does, decided, type Told } from "./decision";
import { type Box, type Kept, Outbox } from "./outbox";
import {
  around,
  type Claim,
  type Claims,
  heldByOther,
  type Items,
  merged,
  nextFree,
  ordered,
  without,
} from "./queue";
import type { Filter, ReviewServer } from "./server";

/** Something to be said to who cannot see it: a key of the words, with its facts. */
export interface Said {
  readonly key: "decided" | "undone" | "nothing" | "claimed" | "gone" | "end";
  readonly facts: Readonly<Record<string, string>>;
  readonly does?: Does;
}
export interface DeskView {
  readonly items: Items;
  readonly order: readonly string[];
  readonly chosen: string | null;
  readonly claims: Claims;
  readonly loaded: boolean;
  readonly more: boolean;
  readonly error: Error | null;
  readonly said: Said | null;
  /** Everything that waits, as the server counts it. */
  readonly counted: number;
}
const NEAR_END = 12;
const SETTLE_MS = 500;
const EMPTY: DeskView = {
  items: new Map(),
  order: [],
  chosen: null,
  claims: new Map(),
  loaded: false,
  more: false,
  error: null,
  said: null,
  counted: 0,
};

export interface Desk0 {
  readonly server: ReviewServer;
  readonly box: Box;
  readonly me: { readonly id: string; readonly name: string };
  readonly filter: Filter;
  /** The case of the address bar. */
  readonly wanted?: string | undefined;
  readonly warm?: (ids: readonly string[], items: Items) => void;
  readonly now?: () => number;
}

export class Desk implements ClaimNews {
  private view = EMPTY;
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;
  private readonly keeper: ClaimKeeper;
  readonly outbox: Outbox;
  private cursor: string | null = null;
  private loading = false;
  private byHand = false;
  private stale = new Set<string>();
  private topStale = false;
  private settle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly given: Desk0) {
    this.now = given.now ?? Date.now;
    this.keeper = new ClaimKeeper(given.server, this, this.now);
    const told = {
      sent: (entry: Kept) => this.wasSent(entry),
      refused: (entry: Kept) => this.cameBack(entry),
    };
    this.outbox = new Outbox(given.box, given.me.id, given.server.send, told, this.now);
    this.outbox.subscribe(() => this.set({}));
  }

  readonly get = (): DeskView => this.view;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async start(): Promise<void> {
    this.keeper.start();
    await this.outbox.start();
    await this.load();
  }

  stop(): void {
    clearTimeout(this.settle);
    this.keeper.stop();
    this.outbox.stop();
  }

  /** The first page, and what the address bar asks for. */
  readonly load = async (): Promise<void> => {
    const { server, filter, wanted } = this.given;
    try {
      const [page, claims, one] = await Promise.all([
        server.page(filter, null),
        server.claims(),
        wanted ? server.some([wanted]) : [],
      ]);
      this.cursor = page.next;
      this.set({
        items: merged(merged(this.view.items, page.items), one),
        claims: new Map(claims.map((claim) => [claim.case_id, claim])),
        loaded: true,
        more: page.next !== null,
        error: null,
      });
      if (wanted && one.length > 0) this.choose(wanted);
      else if (this.view.chosen === null) this.chooseFree(0);
    } catch (error) {
      this.set({ error: error instanceof Error ? error : new Error(String(error)) });
    }
  };

  readonly loadMore = async (): Promise<void> => {
    if (this.loading || this.cursor === null) return;
    this.loading = true;
    try {
      const page = await this.given.server.page(this.given.filter, this.cursor);
      this.cursor = page.next;
      this.set({ items: merged(this.view.items, page.items), more: page.next !== null });
    } catch {
      // The next move asks again.
    } finally {
      this.loading = false;
    }
  };

  /** A person's choice. */
  readonly pick = (id: string): void => this.choose(id);

  choose(id: string, byHand = true): void {
    this.byHand = byHand;
    this.keeper.choose(id, this.isDecided(this.view.chosen));
    this.set({ chosen: id });
    const at = this.view.order.indexOf(id);
    if (at >= this.view.order.length - NEAR_END) void this.loadMore();
    this.given.warm?.(around(this.view.order, id, 4), this.view.items);
  }

  /** `by` steps down the list (up when negative). */
  step(by: number): void {
    const at = this.view.chosen === null ? -1 : this.view.order.indexOf(this.view.chosen);
    const to = this.view.order[Math.max(0, at + by)];
    if (to === undefined) this.say({ key: "end", facts: {} });
    else if (to !== this.view.chosen) this.choose(to);
  }

  held(id: string, claim: Claim): void {
    this.set({ claims: new Map(this.view.claims).set(id, claim) });
    if (id !== this.view.chosen) return;
    this.say({ key: "claimed", facts: { name: claim.person_name } });
    if (!this.byHand) this.chooseFree(this.view.order.indexOf(id));
  }

  mine(id: string, claim: Claim): void {
    this.set({ claims: new Map(this.view.claims).set(id, claim) });
  }

  gone(id: string): void {
    const at = this.view.order.indexOf(id);
    const number = this.view.items.get(id)?.case.number ?? "";
    this.set({ items: without(this.view.items, id) });
    if (id !== this.view.chosen) return;
    this.say({ key: "gone", facts: { number } });
    this.chooseFree(Math.max(0, at));
  }

  takeOver(): void {
    if (this.view.chosen !== null) this.keeper.take(this.view.chosen, true);
  }

  touched(): void {
    this.keeper.touched();
  }

  /** Who else has the chosen case. */
  heldBy(): Claim | null {
    const { chosen, claims } = this.view;
    return chosen === null ? null : heldByOther(claims, chosen, this.given.me.id, this.now());
  }

  /** A judgment of the chosen case; the next free one comes at once. False when somebody else has it. */
  decide(does: Does, told: Told): boolean {
    const item = this.view.chosen === null ? undefined : this.view.items.get(this.view.chosen);
    if (item === undefined || this.heldBy() !== null) return false;
    const at = this.view.order.indexOf(item.case.id);
    const made = decided(item, does, told, this.given.me.id, this.now());
    const kept = this.outbox.decide(made);
    this.chooseFree(at);
    void kept.then(() => this.say({ key: "decided", facts: { number: made.number }, does }));
    return true;
  }

  async undo(): Promise<void> {
    const back = await this.outbox.undo();
    if (back === null) return this.say({ key: "nothing", facts: {} });
    if (this.view.items.has(back.caseId)) this.choose(back.caseId);
    else await this.bring(back);
    this.say({ key: "undone", facts: { number: back.number } });
  }

  /** What the server tells of cases and claims. */
  readonly heard = ({ kind, key, facts }: Heard): void => {
    if (kind === "claim") this.heardClaim(key, facts);
    else if (kind === "case") this.heardCase(key, facts);
  };

  private heardClaim(id: string, facts: Heard["facts"]): void {
    const claims = new Map(this.view.claims);
    if (facts.person_id === null) claims.delete(id);
    else claims.set(id, facts as unknown as Claim);
    this.set({ claims });
  }

  private heardCase(id: string, facts: Heard["facts"]): void {
    const known = this.view.items.get(id);
    if (facts.state !== "A1") {
      if (known !== undefined && !this.isDecided(id)) this.gone(id);
      return;
    }
    if (known !== undefined && known.case.version === facts.version) return;
    if (known === undefined) this.topStale = true;
    else this.stale.add(id);
    this.settle ??= setTimeout(() => void this.catchUp(), SETTLE_MS);
  }

  private async catchUp(): Promise<void> {
    this.settle = undefined;
    const { server, filter } = this.given;
    const ids = [...this.stale];
    const top = this.topStale;
    this.stale = new Set();
    this.topStale = false;
    try {
      const some = ids.length > 0 ? await server.some(ids) : [];
      const page = top ? (await server.page(filter, null)).items : [];
      this.set({ items: merged(merged(this.view.items, some), page) });
      if (this.view.chosen === null) this.chooseFree(0);
    } catch {
      for (const id of ids) this.stale.add(id);
      this.topStale ||= top;
    }
  }

  private wasSent(entry: Kept): void {
    if (entry.to !== null) this.set({ items: without(this.view.items, entry.caseId) });
    else this.cameBack(entry);
  }

  private cameBack(entry: Kept): void {
    this.keeper.letGo(entry.caseId);
    void this.refresh(entry.caseId);
  }

  private async refresh(id: string): Promise<void> {
    const found = await this.given.server.some([id]).catch(() => null);
    if (found === null) return;
    this.set({ items: found.length > 0 ? merged(this.view.items, found) : without(this.view.items, id) });
    if (this.view.chosen === null) this.chooseFree(0);
  }

  private async bring(back: Decided): Promise<void> {
    await this.refresh(back.caseId);
    if (this.view.items.has(back.caseId)) this.choose(back.caseId);
  }

  private isDecided(id: string | null): boolean {
    return this.outbox.get().waiting.some((entry) => entry.caseId === id);
  }

  private chooseFree(at: number): void {
    const id = nextFree(this.view.order, at, this.view.claims, this.given.me.id, this.now());
    if (id !== null) {
      this.choose(id, false);
      return;
    }
    this.keeper.choose(null, this.isDecided(this.view.chosen));
    this.set({ chosen: null });
    void this.loadMore();
  }

  private say(said: Said): void {
    this.set({ said });
  }

  private set(part: Partial<DeskView>): void {
    const view = { ...this.view, ...part };
    const hidden = new Set(this.outbox.get().waiting.map((entry) => entry.caseId));
    const order = ordered(view.items, hidden);
    // The same order is the same array: nothing that shows it is drawn anew.
    this.view = { ...view, order: same(order, this.view.order) ? this.view.order : order };
    for (const listener of this.listeners) listener();
  }
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
