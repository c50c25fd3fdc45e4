import { describe, expect, it } from "vitest";
import {
  addCorner,
  area,
  copied,
  crosses,
  freeId,
  moveCorner,
  type Polygon,
  removeCorner,
  shift,
  snap,
} from "./drawing";

const WIDE = 2;
const square: Polygon = [
  [0.2, 0.2],
  [0.6, 0.2],
  [0.6, 0.6],
  [0.2, 0.6],
];

describe("snap", () => {
  it.each([
    ["to a corner, before the edge it ends", [0.205, 0.21], "corner", [0.2, 0.2]],
    ["to an edge", [0.4, 0.21], "edge", [0.4, 0.2]],
    ["to the frame", [0.004, 0.8], "frame", [0, 0.8]],
    ["to a corner of the frame", [0.995, 0.99], "frame", [1, 1]],
    ["nowhere when nothing is near", [0.4, 0.4], null, [0.4, 0.4]],
  ] as const)("goes %s", (_what, from, to, point) => {
    expect(snap(from, [square], 0.02, WIDE)).toEqual({ to, point });
  });
  it("counts upright distances by the picture's shape", () => {
    // 0.03 of the height of a picture twice as wide as high are 0.015 of its width.
    expect(snap([0.4, 0.23], [square], 0.02, WIDE).to).toBe("edge");
    expect(snap([0.4, 0.23], [square], 0.02, 1).to).toBeNull();
  });
  it("brings what lies outside back into the frame", () => {
    expect(snap([1.4, -0.2], [], 0, WIDE).point).toEqual([1, 0]);
  });
});

describe("corners", () => {
  it("move alone and stay in the frame", () => {
    expect(moveCorner(square, 1, [1.5, 0.1])).toEqual([
      [0.2, 0.2],
      [1, 0.1],
      [0.6, 0.6],
      [0.2, 0.6],
    ]);
    expect(square[1]).toEqual([0.6, 0.2]);
  });
  it("are added in the middle of an edge, the last joining the first", () => {
    expect(addCorner(square, 3)[4]).toEqual([0.2, 0.4]);
    expect(addCorner(square, 0, [0.4, 0.1])[1]).toEqual([0.4, 0.1]);
  });
  it("go, but a triangle keeps its own", () => {
    const triangle = removeCorner(square, 0);
    expect(triangle).toHaveLength(3);
    expect(removeCorner(triangle, 0)).toBe(triangle);
  });
});

describe("a whole outline", () => {
  it("keeps its shape at the frame", () => {
    const moved = shift(square, 0.9, 0);
    expect(moved).toEqual([
      [0.6, 0.2],
      [1, 0.2],
      [1, 0.6],
      [0.6, 0.6],
    ]);
    expect(area(moved)).toBeCloseTo(area(square));
  });
  it("is copied beside itself, on the side where there is room", () => {
    expect(copied(square)[0]).toEqual([0.23, 0.23]);
    const corner = shift(square, 1, 1);
    expect(copied(corner)[2]).toEqual([0.97, 0.97]);
  });
  it("tells when its edges cross", () => {
    expect(crosses(square)).toBe(false);
    expect(
      crosses([
        [0.2, 0.2],
        [0.6, 0.6],
        [0.6, 0.2],
        [0.2, 0.6],
      ]),
    ).toBe(true);
  });
});

it("finds an id that is free", () => {
  expect(freeId("zone", ["zone-1", "zone-3"])).toBe("zone-2");
});
