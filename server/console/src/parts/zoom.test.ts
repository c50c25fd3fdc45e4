import { describe, expect, it } from "vitest";
import { MOST, moved, START, zoomed } from "./zoom";

/** Where a point of the picture (0..1) lies in the place. */
const at = (look: typeof START, u: number) => 0.5 + look.x + (u - 0.5) * look.k;

describe("zooming", () => {
  it.each([0.2, 0.5, 0.9])("keeps the point under the pointer where it is (%s)", (px) => {
    const first = zoomed(START, 2, px, 0.5);
    const u = (px - 0.5 - first.x) / first.k + 0.5;
    const second = zoomed(first, 1.5, px, 0.5);
    expect(at(second, u)).toBeCloseTo(px);
  });
  it("is never smaller than whole, nor larger than the most", () => {
    expect(zoomed(START, 0.5, 0.1, 0.1)).toEqual(START);
    expect(zoomed(START, 100, 0.5, 0.5).k).toBe(MOST);
  });
  it("never shows what is beside the picture", () => {
    const far = moved(zoomed(START, 3, 0.5, 0.5), 9, -9);
    expect(far).toEqual({ k: 3, x: 1, y: -1 });
    expect(zoomed(far, 1 / 3, 0.5, 0.5)).toEqual(START);
  });
});
