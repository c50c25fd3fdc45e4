import { describe, expect, it } from "vitest";
import { tabsOf } from "./tabs";
import { windowOf } from "./window";

const served = { served_at: "2026-01-01T00:00:00Z", standing: "effective", window_ends: "2028-01-01" };

describe("the look-back of a finding", () => {
  it("counts up to its last day and not after", () => {
    expect(windowOf(served, "2028-01-01").counts).toBe(true);
    expect(windowOf(served, "2028-01-02")).toEqual({ counts: false, why: "over", gone: 1 });
  });
  it("shows how much is gone", () => {
    expect(windowOf(served, "2027-01-01").gone).toBeCloseTo(0.5, 1);
  });
  it("does not count what was not served or was set aside", () => {
    expect(windowOf({ ...served, served_at: null }, "2026-02-01").why).toBe("not_served");
    expect(windowOf({ ...served, standing: "void" }, "2026-02-01")).toMatchObject({ counts: false });
  });
});

describe("the parts of a file", () => {
  it("are what the server lets each read", () => {
    expect(tabsOf(["officer"])).toEqual(["file", "history", "check", "outside"]);
    expect(tabsOf(["auditor"])).toEqual(["file", "history", "outside"]);
    expect(tabsOf(["admin"])).toEqual(["file"]);
  });
});
