import { describe, expect, it } from "vitest";
import { fromGcj02, isAt, type LonLat, shownAt, toGcj02 } from "./datum";

/** As in tests/server/places/test_datum.py, from eviltransform. */
const KNOWN: [string, LonLat, LonLat][] = [
  ["Shanghai", [121.5272106, 31.1774276], [121.531541859215, 31.17530398364597]],
  ["Shenzhen", [113.912316, 22.543847], [113.9171764808363, 22.540796131694766]],
  ["Beijing", [116.377817, 39.911954], [116.38404722455657, 39.91334545536069]],
];

/** Metres between two near points, on a sphere. */
function metres(a: LonLat, b: LonLat): number {
  const across = Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot((a[0] - b[0]) * across, a[1] - b[1]) * 111_195;
}

describe.each(KNOWN)("%s", (_name, wgs, gcj) => {
  it("is where it was published to be, there and back", () => {
    expect(metres(toGcj02(wgs), gcj)).toBeLessThan(0.01);
    expect(metres(fromGcj02(gcj), wgs)).toBeLessThan(0.01);
  });
  it("would stand in another street if the one were taken for the other", () => {
    expect(metres(toGcj02(wgs), wgs)).toBeGreaterThan(300);
  });
});

it("comes back from everywhere in the country", () => {
  for (let lon = 73; lon <= 135; lon += 3.1)
    for (let lat = 4; lat <= 54; lat += 2.3)
      expect(metres(isAt(shownAt([lon, lat], "gcj02"), "gcj02"), [lon, lat])).toBeLessThan(0.01);
});

it("moves nothing outside the country, nor on a map that is not shifted", () => {
  expect(toGcj02([2.35, 48.85])).toEqual([2.35, 48.85]);
  expect(fromGcj02([2.35, 48.85])).toEqual([2.35, 48.85]);
  expect(shownAt([119.97, 31.78], "wgs84")).toEqual([119.97, 31.78]);
});
