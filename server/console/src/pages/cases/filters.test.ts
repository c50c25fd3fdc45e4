import { describe, expect, it } from "vitest";
import { NONE, preset, queryOf, readFilters, same, writeFilters } from "./filters";

const FULL = {
  state: "W1,W2",
  open: "1",
  overdue: "1",
  urgent: "1",
  mine: "1",
  item: "CG-07",
  camera: "cam-1",
  district: "east",
  subject: "0198a1b2-0000-7000-8000-000000000001",
  number: "2026",
  from: "2026-11-01",
  to: "2026-11-20",
  sort: "due",
};

describe("the filters", () => {
  it("read back what they wrote", () => {
    expect(writeFilters(readFilters(FULL))).toEqual(FULL);
    expect(
      same(readFilters(writeFilters(readFilters(FULL)) as Record<string, string>), readFilters(FULL)),
    ).toBe(true);
  });
  it("have a bare address when nothing is filtered", () => {
    expect(Object.values(writeFilters(NONE)).every((value) => value === undefined)).toBe(true);
    expect(readFilters({})).toEqual(NONE);
  });
  it("let nothing through that is no filter", () => {
    expect(
      readFilters({ state: "W1,XX,'--", item: "7", from: "soon", subject: "x", sort: "up", open: "yes" }),
    ).toEqual({
      ...NONE,
      state: ["W1"],
    });
  });
  it("ask for whole days of the city, the last one included", () => {
    const query = queryOf(readFilters(FULL));
    expect(query.opened_from).toBe("2026-10-31T16:00:00.000Z");
    expect(query.opened_to).toBe("2026-11-20T16:00:00.000Z");
  });
  it("look for numbers from three characters on", () => {
    expect(queryOf({ ...NONE, number: "20" }).number).toBeUndefined();
    expect(queryOf({ ...NONE, number: " 202 " }).number).toBe("202");
  });
});

describe("a ready-made view", () => {
  const moves = [
    { frm: "A1", who: "seat" },
    { frm: "W2", who: "officer" },
    { frm: "W4", who: "leader" },
    { frm: "L4", who: "head" },
    { frm: "A1", who: "seat" },
  ];
  const now = new Date("2026-11-19T17:00:00Z");
  it("of today begins at midnight in the city", () =>
    expect(preset("today", now, [], []).from).toBe("2026-11-20"));
  it("of what waits for me is by my roles", () => {
    expect(preset("waiting", now, ["seat", "leader"], moves)).toMatchObject({
      state: ["A1", "W4"],
      mine: false,
    });
    expect(preset("waiting", now, ["officer"], moves)).toMatchObject({ state: ["W2"], mine: true });
    expect(preset("waiting", now, ["officer", "leader"], moves)).toMatchObject({
      state: ["W2", "W4"],
      mine: false,
    });
  });
});
