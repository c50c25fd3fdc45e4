import { describe, expect, it } from "vitest";
import type { DeskRead } from "../../api/schema";
import { deedOf, following, type Pressed, stepped } from "./keys";
import { besides, openTab, tabsOf } from "./tabs";

const DESK: DeskRead = {
  at: "2026-11-20T02:00:00Z",
  queues: [
    { queue: "approve", role: "head", waiting: 0, late: 0, next_due: null },
    { queue: "objected", role: "head", waiting: 2, late: 1, next_due: "2026-11-20T03:00:00Z" },
  ],
  others: [{ kind: "corrections", waiting: 3, late: 1 }],
  delegations: [],
};

describe("the tabs", () => {
  const tabs = tabsOf(DESK, ["head"]);
  it("are those of one's roles, with their counts", () => {
    expect(tabs.map((tab) => [tab.key, tab.waiting])).toEqual([
      ["approve", 0],
      ["objected", 2],
      ["corrections", 3],
      ["against", null],
      ["circumstances", null],
    ]);
  });
  it("open where the address says, else where something waits", () => {
    expect(openTab(tabs, "corrections")?.key).toBe("corrections");
    expect(openTab(tabs, "letters")?.key).toBe("objected");
    expect(openTab([], undefined)).toBeUndefined();
  });
  it("go round", () => {
    expect(besides(tabs, "approve", -1)?.key).toBe("circumstances");
    expect(besides(tabs, "circumstances", 1)?.key).toBe("approve");
  });
});

describe("the keys", () => {
  const press = (key: string, more: Partial<Pressed> = {}) =>
    deedOf({ key, ctrlKey: false, metaKey: false, altKey: false, typing: false, ...more });
  it.each([
    ["j", { kind: "go", by: 1 }],
    ["k", { kind: "go", by: -1 }],
    ["1", { kind: "move", index: 0 }],
    ["9", { kind: "move", index: 8 }],
    ["0", null],
    ["x", null],
  ])("%s", (key, deed) => expect(press(key)).toEqual(deed));
  it("leave alone what is typed and what the browser does", () => {
    expect(press("j", { typing: true })).toBeNull();
    expect(press("1", { ctrlKey: true })).toBeNull();
  });
});

describe("the next case", () => {
  it("is a step further, and stays at the ends", () => {
    expect(stepped(["a", "b"], undefined, 1)).toBe("a");
    expect(stepped(["a", "b"], "b", 1)).toBe("b");
    expect(stepped(["a", "b"], "gone", -1)).toBe("a");
    expect(stepped([], "a", 1)).toBeUndefined();
  });
  it("comes by itself when one is done", () => {
    expect(following(["a", "b", "c"], "b")).toBe("c");
    expect(following(["a", "b", "c"], "c")).toBe("b");
    expect(following(["a"], "a")).toBeUndefined();
  });
});
