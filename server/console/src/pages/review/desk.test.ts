import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../api/client";
import type { ReviewItem } from "../../api/schema";
import { Desk } from "./desk";
import type { Box, Kept } from "./outbox";
import type { Claim } from "./queue";
import type { ReviewServer } from "./server";

const NOW = Date.parse("2026-11-20T02:00:00Z");
const item = (id: string, version = 1): ReviewItem =>
  ({
    case: { id, number: `N-${id}`, urgent: false, version },
    doubt: null,
    pictures: [],
    clips: [],
    permits: [],
  }) as unknown as ReviewItem;
const claim = (person_id: string): Claim => ({
  person_id,
  person_name: person_id,
  since: "2026-11-20T01:59:00Z",
  until: "2026-11-20T02:02:00Z",
});
const BOX: Box = { all: async () => [], put: async () => undefined, remove: async () => undefined };

/** A server with these cases; `held` are somebody else's, unknown to the list. */
function place(ids: string[], held: string[] = []) {
  const cases = new Map(ids.map((id) => [id, item(id)]));
  const sent: Kept[] = [];
  const server = {
    page: vi.fn(async () => ({ items: [...cases.values()], next: null })),
    some: async (wanted: readonly string[]) => wanted.flatMap((id) => cases.get(id) ?? []),
    count: vi.fn(),
    claims: async () => [],
    claim: async (id: string) => {
      if (held.includes(id)) throw new Problem(409, "claim.held", "", { ...claim("other") });
      return claim("me");
    },
    giveBack: async () => undefined,
    send: vi.fn(async (one: Kept) => {
      sent.push(one);
      cases.delete(one.caseId);
    }),
  } as unknown as ReviewServer;
  const desk = new Desk({
    server,
    box: BOX,
    me: { id: "me", name: "me" },
    filter: {},
    now: () => NOW + passed,
  });
  return { desk, server, cases, sent };
}
let passed = 0;
async function later(ms: number): Promise<void> {
  passed += ms;
  await vi.advanceTimersByTimeAsync(ms);
}
const heard = (desk: Desk, kind: string, key: string, facts: Record<string, unknown>) =>
  desk.heard({ kind, key, facts });

beforeEach(() => {
  passed = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("the desk", () => {
  it("begins with the first that nobody has", async () => {
    const { desk } = place(["a", "b", "c"], ["c", "b"]);
    await desk.start();
    await later(1000);
    expect(desk.get().chosen).toBe("a");
  });

  it("stays where a person went, and lets nobody judge what another has", async () => {
    const { desk } = place(["a", "b"], ["a"]);
    await desk.start();
    await later(1000);
    desk.choose("a");
    await later(10);
    expect([desk.get().chosen, desk.heldBy()?.person_name]).toEqual(["a", "other"]);
    expect(desk.decide("false", { reason: "x" })).toBe(false);
  });

  it("has the next one there at once, and sends later", async () => {
    const { desk, sent } = place(["a", "b"]);
    await desk.start();
    expect(desk.get().chosen).toBe("b");
    expect(desk.decide("false", { reason: "x" })).toBe(true);
    expect([desk.get().chosen, desk.get().order]).toEqual(["a", ["a"]]);
    await later(5000);
    expect(sent.map((one) => [one.caseId, one.to, one.version])).toEqual([["b", "A3", 1]]);
    expect(desk.get().items.has("b")).toBe(false);
  });

  it("takes a judgment back to where it was", async () => {
    const { desk, sent } = place(["a", "b"]);
    await desk.start();
    desk.decide("file", {});
    await desk.undo();
    expect([desk.get().chosen, desk.get().order]).toEqual(["b", ["b", "a"]]);
    await later(20_000);
    expect(sent).toEqual([]);
  });

  it("puts back what the server refuses", async () => {
    const { desk, server } = place(["a", "b"]);
    vi.mocked(server.send).mockRejectedValue(new Problem(412, "case.stale_version", "", {}));
    await desk.start();
    desk.decide("false", { reason: "x" });
    await later(5000);
    expect(desk.get().order).toEqual(["b", "a"]);
    expect(desk.outbox.get().refused.map((one) => one.caseId)).toEqual(["b"]);
  });

  it("leaves what another settled, and says so", async () => {
    const { desk } = place(["a", "b"]);
    await desk.start();
    heard(desk, "case", "b", { state: "A3", version: 5 });
    expect([desk.get().chosen, desk.get().order, desk.get().said?.key]).toEqual(["a", ["a"], "gone"]);
  });

  it("marks and frees what is told of claims", async () => {
    const { desk } = place(["a", "b"]);
    await desk.start();
    heard(desk, "claim", "a", { ...claim("other") });
    desk.step(1);
    expect(desk.heldBy()?.person_id).toBe("other");
    heard(desk, "claim", "a", { person_id: null });
    expect(desk.heldBy()).toBeNull();
  });

  it("finds new cases by itself, without leaving the one before it", async () => {
    const { desk, cases } = place(["a"]);
    await desk.start();
    cases.set("b", item("b"));
    heard(desk, "case", "b", { state: "A1", version: 1 });
    await later(600);
    expect([desk.get().chosen, desk.get().order]).toEqual(["a", ["b", "a"]]);
  });
});
