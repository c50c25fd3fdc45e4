import { describe, expect, it } from "vitest";
import type { Task } from "../api/schema";
import { asIf, isOver, sorted } from "./asif";
import type { Entry } from "./outbox/entry";

function task(id: string, state: string, version: number, due: string | null = null): Task {
  return { case: { id, state, version, number: id, due_at: due } } as unknown as Task;
}

function move(seq: number, from: string, to: string, more: Partial<Entry> = {}): Entry {
  return {
    key: `k${seq}`,
    seq,
    person: "p",
    chain: "c",
    about: "",
    route: { kind: "move", caseId: "c", from, to },
    body: {},
    files: [],
    madeAt: "",
    standing: "waiting",
    tries: 0,
    notBefore: 0,
    ...more,
  };
}

describe("a task with what was decided here", () => {
  it("stands where the last decision left it", () => {
    const seen = asIf(task("c", "W2", 4), [move(2, "W3", "W4"), move(1, "W2", "W3")]);
    expect([seen.state, seen.unsent, seen.version, seen.refused]).toEqual(["W4", 2, 4, null]);
  });

  it("stays where the server refused, and counts what waits behind it", () => {
    const seen = asIf(task("c", "W2", 4), [
      move(1, "W2", "W3", { standing: "refused" }),
      move(2, "W3", "W4"),
    ]);
    expect([seen.state, seen.unsent, seen.refused?.key]).toEqual(["W2", 2, "k1"]);
  });

  it("knows an answer that the list has not caught up with, and forgets it once it has", () => {
    const done = move(1, "W2", "W3", { standing: "done", answer: { version: 5, state: "W3" } });
    expect(asIf(task("c", "W2", 4), [done]).state).toBe("W3");
    expect(asIf(task("c", "W1", 6), [done]).state).toBe("W1");
    expect(isOver(done, [done], [task("c", "W2", 4)])).toBe(false);
    expect(isOver(done, [done], [task("c", "W3", 5)])).toBe(true);
    expect(isOver(done, [done, move(2, "W3", "W4")], [])).toBe(false);
    expect(isOver(done, [done], [])).toBe(true);
  });

  it("is of its own case only", () => {
    expect(asIf(task("other", "W2", 1), [move(1, "W2", "W3")]).state).toBe("W2");
  });
});

describe("the order of tasks", () => {
  const far: Record<string, number | null> = { a: 300, b: null, c: 20 };
  const all = [
    task("a", "W2", 1, "2026-11-22T10:00:00Z"),
    task("b", "W2", 1, "2026-11-22T09:00:00Z"),
    task("c", "W2", 1),
  ];
  const seen = all.map((one) => asIf(one, []));
  const ids = (by: "near" | "due") =>
    sorted(seen, by, (one) => far[one.case.id] ?? null).map((one) => one.task.case.id);

  it("is by distance, the unknown last", () => expect(ids("near")).toEqual(["c", "a", "b"]));
  it("puts what is with somebody else last", () => {
    const handed = [asIf(task("x", "W7", 1, "2026-11-22T01:00:00Z"), []), ...seen];
    expect(sorted(handed, "due", () => null).map((one) => one.task.case.id)).toEqual(["b", "a", "c", "x"]);
  });
  it("is by deadline, those without one last", () => expect(ids("due")).toEqual(["b", "a", "c"]));
});
