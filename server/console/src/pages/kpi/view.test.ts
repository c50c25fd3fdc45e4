import { describe, expect, it } from "vitest";
import { daysOf, readView, said, spark, stepOf, writeView } from "./view";

const TODAY = "2026-11-22";

describe("the address", () => {
  it("says the view and comes back the same", () => {
    const search = {
      since: "2026-01-01",
      until: "2026-03-31",
      district: "east",
      item: "CG-01",
      camera: "cam-1",
      kpi: "rework_rate",
      by: "team",
      part: "denominator",
    };
    expect(writeView(readView(search, TODAY), TODAY)).toEqual(search);
  });
  it("is bare for the last thirty days", () => {
    const view = readView({}, TODAY);
    expect([view.since, view.until, daysOf(view)]).toEqual(["2026-10-24", TODAY, 30]);
    expect(Object.values(writeView(view, TODAY)).filter(Boolean)).toEqual([]);
  });
  it("passes over days that are none, or the wrong way round", () => {
    expect(readView({ since: "x", until: "2026-02-31x" }, TODAY).until).toBe(TODAY);
    expect(readView({ since: "2026-12-01", until: "2026-11-02" }, TODAY).since).toBe("2026-10-04");
  });
});

it.each([
  ["2026-11-16", "day"],
  ["2026-09-01", "week"],
  ["2025-11-23", "month"],
])("from %s the steps are a %s", (since, step) => {
  expect(stepOf(readView({ since, until: TODAY }, TODAY))).toBe(step);
});

it.each([
  [null, "share", null],
  [0.875, "share", { n: "87.5", unit: "%" }],
  [1, "share", { n: "100", unit: "%" }],
  [4.25, "minutes", { n: "4.3", unit: "min" }],
  [35.4, "minutes", { n: "35", unit: "min" }],
  [150, "minutes", { n: "2.5", unit: "h" }],
  [7200, "minutes", { n: "5", unit: "d" }],
] as const)("%s as %s", (value, unit, expected) => {
  expect(said(value, unit)).toEqual(expected);
});

it("draws through what is known, and no trend through two points", () => {
  expect(spark([0, null, 1, 0.5, null], 10, 4)).toBe("M0.0 4.0L5.0 0.0L7.5 2.0");
  expect(spark([2, 2, 2], 10, 4)).toBe("M0.0 2.0L5.0 2.0L10.0 2.0");
  expect(spark([null, 1, 2], 10, 4)).toBe("");
});
