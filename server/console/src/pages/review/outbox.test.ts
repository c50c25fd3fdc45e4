import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Offline, Problem } from "../../api/client";
import { type Box, due, type Kept, Outbox, UNDO_MS } from "./outbox";

let clock = 1_000_000;
const entry = (key: string, at = clock, person = "me"): Kept => ({
  key,
  person,
  caseId: `case-${key}`,
  number: key,
  version: 3,
  does: "false",
  to: "A3",
  reason: "x",
  fields: {},
  at,
});

class MemoryBox implements Box {
  readonly kept = new Map<string, Kept>();
  all = async () => [...this.kept.values()];
  put = async (one: Kept) => void this.kept.set(one.key, one);
  remove = async (key: string) => void this.kept.delete(key);
}

function outbox(box: Box, send: (one: Kept) => Promise<void>) {
  const told = { sent: vi.fn(), refused: vi.fn() };
  return { outbox: new Outbox(box, "me", send, told, () => clock), told };
}
async function later(ms: number): Promise<void> {
  clock += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("what is due", () => {
  it("is old enough, or has two newer ones behind it", () => {
    const [a, b, c] = [entry("a", 1000), entry("b", 2000), entry("c", 3000)];
    expect(due([a, b], 3000)).toEqual([]);
    expect(due([a, b, c], 3000)).toEqual([a]);
    expect(due([a, b], 1000 + UNDO_MS)).toEqual([a]);
  });
});

describe("the outbox", () => {
  it("keeps a decision before anything else, and sends it when it can no longer be taken back", async () => {
    const box = new MemoryBox();
    const send = vi.fn(async () => undefined);
    const { outbox: out, told } = outbox(box, send);
    await out.start();
    await out.decide(entry("a"));
    expect([...box.kept.keys()]).toEqual(["a"]);
    await later(UNDO_MS - 1);
    expect(send).not.toHaveBeenCalled();
    await later(1);
    expect(send).toHaveBeenCalledTimes(1);
    expect(told.sent).toHaveBeenCalledTimes(1);
    expect(box.kept.size).toBe(0);
  });

  it("sends the first at once when two more are made", async () => {
    const send = vi.fn(async (_one: Kept) => undefined);
    const { outbox: out } = outbox(new MemoryBox(), send);
    await out.start();
    for (const key of ["a", "b", "c"]) await out.decide(entry(key));
    await later(0);
    expect(send.mock.calls.map(([one]) => one.key)).toEqual(["a"]);
  });

  it("takes the newest back, and nothing that is on its way", async () => {
    const box = new MemoryBox();
    const send = vi.fn(() => new Promise<void>(() => undefined));
    const { outbox: out } = outbox(box, send);
    await out.start();
    await out.decide(entry("a"));
    await out.decide(entry("b"));
    expect((await out.undo())?.key).toBe("b");
    expect([...box.kept.keys()]).toEqual(["a"]);
    await later(UNDO_MS);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await out.undo()).toBeNull();
  });

  it("sends after a restart what was decided, with the same key, and only what is mine", async () => {
    const box = new MemoryBox();
    for (const one of [entry("b", clock - 10), entry("a", clock - 20), entry("x", clock - 30, "other")])
      await box.put(one);
    const send = vi.fn(async (_one: Kept) => undefined);
    const { outbox: out } = outbox(box, send);
    await out.start();
    expect(out.get().others).toBe(1);
    await later(UNDO_MS);
    expect(send.mock.calls.map(([one]) => one.key)).toEqual(["a", "b"]);
    expect([...box.kept.keys()]).toEqual(["x"]);
  });

  it.each([
    ["the network", new Offline("away")],
    ["the server", new Problem(503, "x", "x", {})],
    ["no session", new Problem(401, "auth.unauthorized", "x", {})],
  ])("keeps on trying with the same key when %s fails", async (_name, error) => {
    const box = new MemoryBox();
    const send = vi.fn<(one: Kept) => Promise<void>>();
    send.mockRejectedValueOnce(error).mockRejectedValueOnce(error).mockResolvedValue(undefined);
    const { outbox: out } = outbox(box, send);
    await out.start();
    await out.decide(entry("a"));
    await later(UNDO_MS);
    expect(out.get().offline).toBe(true);
    expect(box.kept.size).toBe(1);
    await later(2000);
    await later(4000);
    expect(send.mock.calls.map(([one]) => one.key)).toEqual(["a", "a", "a"]);
    expect([box.kept.size, out.get().offline]).toEqual([0, false]);
  });

  it("keeps what was refused, with the reason, until it was seen", async () => {
    const box = new MemoryBox();
    const refusal = new Problem(412, "case.stale_version", "Somebody changed it meanwhile", {});
    const { outbox: out, told } = outbox(box, () => Promise.reject(refusal));
    await out.start();
    await out.decide(entry("a"));
    await later(UNDO_MS);
    expect(told.refused).toHaveBeenCalledTimes(1);
    expect(box.kept.get("a")?.refusal?.code).toBe("case.stale_version");
    const { outbox: next } = outbox(box, vi.fn());
    await next.start();
    expect(next.get().refused.map((one) => one.key)).toEqual(["a"]);
    next.seen("a");
    expect(box.kept.size).toBe(0);
  });

  it("sends nothing while it is stopped", async () => {
    const send = vi.fn(async () => undefined);
    const { outbox: out } = outbox(new MemoryBox(), send);
    await out.start();
    await out.decide(entry("a"));
    out.stop();
    await later(UNDO_MS * 3);
    expect(send).not.toHaveBeenCalled();
  });
});
