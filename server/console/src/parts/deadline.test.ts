import { describe, expect, it } from "vitest";
import { spoken, standing } from "./deadline";

const span = {
  started_at: "2026-11-20T02:00:00Z",
  warn_at: "2026-11-20T02:21:00Z",
  due_at: "2026-11-20T02:30:00Z",
  late_at: "2026-11-20T02:45:00Z",
};
const at = (time: string) => standing(span, Date.parse(`2026-11-20T${time}Z`));

describe("a deadline", () => {
  it.each([
    ["01:00:00", "running", 0],
    ["02:15:00", "running", 0.5],
    ["02:20:59", "running", 0.699],
    ["02:21:00", "warn", 0.7],
    ["02:29:59", "warn", 0.999],
    ["02:30:00", "overdue", 1],
    ["02:44:59", "overdue", 1],
    ["02:45:00", "late", 1],
    ["09:00:00", "late", 1],
  ])("at %s is %s", (time, phase, share) => {
    expect(at(time).phase).toBe(phase);
    expect(at(time).share).toBeCloseTo(share, 2);
  });
  it("says what is left, and below nothing how long it is over", () => {
    expect(at("02:00:00").left).toBe(30 * 60_000);
    expect(at("02:40:00").left).toBe(-10 * 60_000);
  });
  it("that has no length is used up", () => {
    const none = { ...span, started_at: span.due_at };
    expect(standing(none, Date.parse(span.due_at)).share).toBe(1);
  });
});

describe("time in words", () => {
  it.each([
    [0, []],
    [59_000, []],
    [60_000, [{ unit: "minutes", n: 1 }]],
    [
      -90 * 60_000,
      [
        { unit: "hours", n: 1 },
        { unit: "minutes", n: 30 },
      ],
    ],
    [24 * 3600_000, [{ unit: "days", n: 1 }]],
    [
      (3 * 24 + 4) * 3600_000 + 59 * 60_000,
      [
        { unit: "days", n: 3 },
        { unit: "hours", n: 4 },
      ],
    ],
  ])("%d ms", (ms, told) => expect(spoken(ms)).toEqual(told));
});
