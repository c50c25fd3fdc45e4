import { describe, expect, it } from "vitest";
import {
  correctedAt,
  DEEPEST,
  moved,
  type Seen,
  shotsOf,
  type Told,
  transformOf,
  WHOLE,
  zoomed,
} from "./beforeafter";

const step = (to_state: string, at: string, fields: Record<string, unknown> = {}): Told => ({
  at,
  from_state: to_state === "W6" ? "W4" : "W6",
  to_state,
  fields,
});
const seen = (sha256: string, captured_at: string, more: Partial<Seen> = {}): Seen => ({
  sha256,
  role: "wide_shown",
  captured_at,
  camera_id: "cam-1",
  sealed: false,
  is_cover: false,
  is_best: false,
  ...more,
});

describe("which pictures are laid side by side", () => {
  const steps = [
    step("W6", "2026-11-20T02:20:00Z", { photos: ["found"] }),
    step("W7", "2026-11-20T03:00:00Z", {
      photos: ["done-1", "done-2"],
      corrected_at: "2026-11-20T02:50:00Z",
    }),
  ];
  it("begins with the best before and the officer's photos after", () => {
    const pictures = [
      seen("early", "2026-11-20T02:00:00Z"),
      seen("best", "2026-11-20T02:05:00Z", { is_cover: true }),
      seen("original", "2026-11-20T02:05:00Z", { role: "wide_original", sealed: true }),
      seen("gone", "2026-11-20T02:55:00Z"),
    ];
    const { before, after } = shotsOf(pictures, steps);
    expect(before.map((shot) => shot.sha256)).toEqual(["best", "early", "found"]);
    expect(after.map((shot) => shot.sha256)).toEqual(["done-2", "done-1", "gone"]);
    expect(after[0]?.sealed).toBe(true);
  });
  it("is not misled by marks of the deadline", () => {
    const mark = { ...step("W7", "2026-11-20T09:00:00Z", { share: 1 }), from_state: "W7" };
    expect(correctedAt([...steps, mark])).toBe("2026-11-20T02:50:00Z");
    expect(shotsOf([], [...steps, mark]).after).toHaveLength(2);
  });
  it("counts after a rework from the newest correction", () => {
    expect(correctedAt([...steps, step("W7", "2026-11-21T01:00:00Z")])).toBe("2026-11-21T01:00:00Z");
    expect(correctedAt([])).toBeNull();
  });
  it("has nothing after where nothing was reported", () => {
    expect(shotsOf([seen("a", "2026-11-20T02:00:00Z")], []).after).toEqual([]);
  });
});

describe("one zoom for both", () => {
  it("keeps the point under the pointer where it is", () => {
    const view = zoomed(WHOLE, 2, 0.75, 0.5);
    const at = (px: number) => view.x + (px - 0.5) / view.zoom;
    expect(at(0.75)).toBeCloseTo(0.75);
  });
  it("never leaves the picture, nor goes in without end", () => {
    expect(moved(WHOLE, 5, 5)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 1000).zoom).toBe(DEEPEST);
    expect(zoomed(zoomed(WHOLE, 4, 0, 0), 0.01)).toEqual(WHOLE);
    expect(moved(zoomed(WHOLE, 2), -9, 0).x).toBeCloseTo(0.75);
  });
  it("is CSS", () => expect(transformOf(WHOLE)).toBe("translate(0.000%, 0.000%) scale(1.0000)"));
});
