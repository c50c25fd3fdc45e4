import { describe, expect, it } from "vitest";
import type { Entry } from "./entry";
import {
  again,
  filled,
  mayGoOn,
  needed,
  nextAt,
  patience,
  ready,
  tried,
  versionOf,
  withFollowers,
} from "./plan";

const PERSON = "p1";
let seq = 0;

function entry(key: string, more: Partial<Entry> = {}): Entry {
  seq += 1;
  return {
    key, seq, person: PERSON, chain: key, about: "", route: { kind: "report" }, body: {}, files: [],
    madeAt: "2026-11-22T09:00:00Z", standing: "waiting", tries: 0, notBefore: 0, ...more,
  }; // biome-ignore format: a row
}

const keys = (entries: readonly Entry[]) => entries.map((one) => one.key);

describe("what may go now", () => {
  it("is the first of each chain, oldest first, and nothing of another person", () => {
    const all = [
      entry("b1", { chain: "b", seq: 20 }),
      entry("a1", { chain: "a", seq: 10 }),
      entry("a2", { chain: "a", seq: 11 }),
      entry("x", { person: "p2", seq: 1 }),
    ];
    expect(keys(ready(all, PERSON, 0))).toEqual(["a1", "b1"]);
  });

  it("goes on with the next of a chain once the one before is acknowledged", () => {
    const all = [entry("a1", { chain: "a", standing: "done" }), entry("a2", { chain: "a" })];
    expect(keys(ready(all, PERSON, 0))).toEqual(["a2"]);
  });

  it("holds a chain up that was refused, and no other", () => {
    const all = [entry("a1", { chain: "a", standing: "refused" }), entry("a2", { chain: "a" }), entry("b1")];
    expect(keys(ready(all, PERSON, 0))).toEqual(["b1"]);
    expect(nextAt([all[0] as Entry, all[1] as Entry], PERSON)).toBeNull();
  });

  it("waits as long as the server asked", () => {
    const all = [entry("a", { notBefore: 500 }), entry("b", { notBefore: 900 })];
    expect(ready(all, PERSON, 499)).toEqual([]);
    expect(keys(ready(all, PERSON, 500))).toEqual(["a"]);
    expect(nextAt(all, PERSON)).toBe(500);
  });
});

describe("after a try", () => {
  it.each([
    { kind: "later" as const },
    { kind: "refused" as const, refusal: { status: 409, code: "x", title: "", problems: [] } },
    { kind: "moved" as const, version: 9 },
    { kind: "taken" as const, answer: { id: "1" } },
  ])("the key is the one made when the person decided ($kind)", (outcome) => {
    const made = entry("k");
    expect(tried(made, outcome, 1000, 0.5).key).toBe("k");
  });

  it("waits longer each time, never longer than five minutes, never shorter than asked", () => {
    expect(patience(1, 0)).toBe(500);
    expect(patience(2, 1)).toBe(2000);
    expect(patience(40, 1)).toBe(300_000);
    const slowed = tried(entry("a"), { kind: "later", afterMs: 60_000 }, 1000, 0);
    expect([slowed.tries, slowed.notBefore, slowed.standing]).toEqual([1, 61_000, "waiting"]);
  });

  it("a refusal is kept until it is tried again, with the version the case has now", () => {
    const refusal = {
      status: 412,
      code: "case.stale_version",
      title: "",
      problems: [],
      versionNow: 7,
      stateNow: "W3",
    };
    const refused = tried(entry("a", { version: 3, tries: 4 }), { kind: "refused", refusal }, 0, 0);
    expect(refused.refusal?.code).toBe("case.stale_version");
    const waiting = again(refused);
    expect([waiting.standing, waiting.version, waiting.tries, waiting.refusal]).toEqual([
      "waiting",
      7,
      0,
      undefined,
    ]);
  });
});

describe("the version of the case", () => {
  it("is taken from the answer before", () => {
    const first = entry("a1", { chain: "a", version: 4, standing: "done", answer: { version: 5 } });
    const second = entry("a2", { chain: "a", version: 4 });
    expect(versionOf(second, [first, second])).toBe(5);
    expect(versionOf(first, [first, second])).toBe(4);
    expect(versionOf(entry("r"), [])).toBeUndefined();
  });

  it("may have moved on by the system alone", () => {
    const step = (actor_role: string) => ({ actor_role });
    const seen = (state: string, version: number, ...roles: string[]) => ({
      state,
      version,
      steps: roles.map(step),
    });
    expect(mayGoOn("W3", 4, seen("W3", 5, "officer", "sys"))).toBe(true);
    expect(mayGoOn("W3", 4, seen("W3", 5, "sys", "leader"))).toBe(false);
    expect(mayGoOn("W3", 4, seen("W1", 5, "sys", "sys"))).toBe(false);
    expect(mayGoOn("W3", 4, seen("W3", 9, "sys"))).toBe(false);
    expect(mayGoOn("W3", 5, seen("W3", 5, "sys"))).toBe(false);
  });
});

describe("bodies", () => {
  it("are filled from earlier answers, wherever they stand", () => {
    const doc = entry("d", { standing: "done", answer: { id: "i-1", number: "责改1号" } });
    const body = {
      to: "W6",
      fields: { order_number: { $answer: "d", take: "number" as const }, photos: ["x"] },
    };
    expect(filled(body, [doc])).toEqual({ to: "W6", fields: { order_number: "责改1号", photos: ["x"] } });
    expect(() => filled(body, [])).toThrow("no answer to d yet");
  });
});

describe("what goes together", () => {
  it("is the refused entry with what waits behind it", () => {
    const all = [
      entry("a0", { chain: "a", standing: "done" }),
      entry("a1", { chain: "a", standing: "refused" }),
      entry("a2", { chain: "a" }),
      entry("b"),
    ];
    expect(keys(withFollowers(all[1] as Entry, all))).toEqual(["a1", "a2"]);
  });

  it("keeps every file that something unsent names", () => {
    const all = [
      entry("a", { files: ["1"], standing: "done" }),
      entry("b", { files: ["2"], standing: "refused" }),
    ];
    expect([...needed(all)]).toEqual(["2"]);
  });
});
