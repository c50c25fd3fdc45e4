import { describe, expect, it } from "vitest";
import { bearing, distanceM, windOf } from "./place";

const HERE = { lon: 119.9742, lat: 31.7791 };

describe("distance and direction", () => {
  it("is a degree of latitude to the north", () => {
    const there = { ...HERE, lat: HERE.lat + 1 };
    expect(distanceM(HERE, there)).toBeCloseTo(111_195, -1);
    expect(bearing(HERE, there)).toBeCloseTo(0, 5);
  });

  it("is shorter by the cosine to the east", () => {
    const there = { ...HERE, lon: HERE.lon + 0.001 };
    expect(distanceM(HERE, there)).toBeCloseTo(111.195 * Math.cos((HERE.lat * Math.PI) / 180), 1);
    expect(windOf(bearing(HERE, there))).toBe("e");
  });

  it.each([
    [0, "n"],
    [22, "n"],
    [23, "ne"],
    [180, "s"],
    [337, "nw"],
    [338, "n"],
    [359.9, "n"],
  ] as const)("%d degrees is %s", (degrees, wind) => {
    expect(windOf(degrees)).toBe(wind);
  });

  it("is nothing from here to here", () => {
    expect(distanceM(HERE, HERE)).toBe(0);
  });
});
