import { describe, expect, it } from "vitest";
import { noted, type Row, withChanges } from "./changes";

const row = (id: string, version = 1, due_at: string | null = null): Row => ({ id, version, due_at });
const ids = (rows: readonly Row[]) => rows.map((one) => `${one.id}${one.version}`).join(" ");
const none = new Map<string, Row | null>();

describe("a list that stays true", () => {
  const newest = [row("d"), row("c"), row("b")];
  it("is itself when nothing changed", () => expect(withChanges(newest, none, "newest", false)).toBe(newest));
  it("shows what changed in its place", () => {
    expect(ids(withChanges(newest, noted(none, ["c"], [row("c", 2)]), "newest", false))).toBe("d1 c2 b1");
  });
  it("lets go what the filters no longer find", () => {
    expect(ids(withChanges(newest, noted(none, ["c"], []), "newest", false))).toBe("d1 b1");
  });
  it("takes in what is new, at its place", () => {
    expect(ids(withChanges(newest, noted(none, ["e"], [row("e")]), "newest", false))).toBe("e1 d1 c1 b1");
    expect(ids(withChanges([...newest].reverse(), noted(none, ["e"], [row("e")]), "oldest", true))).toBe(
      "b1 c1 d1 e1",
    );
  });
  it("keeps what lies behind the last row away until its page comes", () => {
    const changes = noted(none, ["a"], [row("a")]);
    expect(ids(withChanges(newest, changes, "newest", false))).toBe("d1 c1 b1");
    expect(ids(withChanges(newest, changes, "newest", true))).toBe("d1 c1 b1 a1");
  });
  it("moves a row whose deadline moved", () => {
    const due = [row("a", 1, "2026-11-20T01:00:00Z"), row("b", 1, "2026-11-20T02:00:00Z")];
    const changes = noted(none, ["a"], [row("a", 2, "2026-11-20T03:00:00Z")]);
    expect(ids(withChanges(due, changes, "due", true))).toBe("b1 a2");
  });
  it("shows a row once, the newer one, when its page comes later", () => {
    const changes = noted(none, ["b"], [row("b", 2)]);
    expect(ids(withChanges([row("c"), row("b", 3)], changes, "newest", true))).toBe("c1 b3");
    expect(ids(withChanges([row("c"), row("b", 1)], changes, "newest", true))).toBe("c1 b2");
  });
  it("begins from nothing", () => {
    expect(ids(withChanges([], noted(none, ["b", "a"], [row("a"), row("b")]), "newest", true))).toBe("b1 a1");
  });
});
