/** WGS-84 as a shifted map shows it (GCJ-02), and back. Pure.
 *
 * The formula was never published by the state; this is the reverse-engineered one that map libraries share
 * (googollee/eviltransform, whose test points are ours too), the same as `server/places/datum.py`. Its inverse has no
 * closed form: it is iterated until the step is below 1e-9 degrees (0.1 mm). Outside the box around China nothing moves.
 */
export type LonLat = readonly [number, number];
export type Datum = "wgs84" | "gcj02";

/** Krasovsky 1940. */
const AXIS_M = 6_378_245;
const ECCENTRICITY2 = 0.006_693_421_622_965_943;
const [WEST, EAST, SOUTH, NORTH] = [72.004, 137.8347, 0.8293, 55.8271];
const STEPS = 20;
const NEAR_ENOUGH = 1e-9;

/** Where a WGS-84 point lies on a map of this datum. */
export function shownAt(point: LonLat, datum: Datum): LonLat {
  return datum === "gcj02" ? toGcj02(point) : point;
}

/** The WGS-84 point that such a map shows there. */
export function isAt(shown: LonLat, datum: Datum): LonLat {
  return datum === "gcj02" ? fromGcj02(shown) : shown;
}

export function toGcj02([lon, lat]: LonLat): LonLat {
  if (!(WEST <= lon && lon <= EAST && SOUTH <= lat && lat <= NORTH)) return [lon, lat];
  const { east, north } = offsetM(lon - 105, lat - 35);
  const bend = 1 - ECCENTRICITY2 * Math.sin((lat * Math.PI) / 180) ** 2;
  const meridian = (AXIS_M * (1 - ECCENTRICITY2)) / (bend * Math.sqrt(bend));
  const parallel = (AXIS_M / Math.sqrt(bend)) * Math.cos((lat * Math.PI) / 180);
  return [lon + (east / (parallel * Math.PI)) * 180, lat + (north / (meridian * Math.PI)) * 180];
}

export function fromGcj02(point: LonLat): LonLat {
  let [lon, lat] = point;
  for (let step = 0; step < STEPS; step++) {
    const shown = toGcj02([lon, lat]);
    const [x, y] = [shown[0] - point[0], shown[1] - point[1]];
    lon -= x;
    lat -= y;
    if (Math.max(Math.abs(x), Math.abs(y)) < NEAR_ENOUGH) break;
  }
  return [lon, lat];
}

function offsetM(x: number, y: number): { east: number; north: number } {
  const { PI, sin, sqrt, abs } = Math;
  const ripple = 20 * sin(6 * x * PI) + 20 * sin(2 * x * PI);
  const wave = (v: number, long: number, longest: number, by: number) =>
    20 * sin(v * PI) + 40 * sin((v * PI) / 3) + long * sin((v * PI) / 12) + longest * sin((v * PI) / by);
  const root = sqrt(abs(x));
  return {
    east:
      (2 / 3) * (ripple + wave(x, 150, 300, 30)) + 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root,
    north:
      (2 / 3) * (ripple + wave(y, 160, 320, 30)) -
      100 +
      2 * x +
      3 * y +
      0.2 * y * y +
      0.1 * x * y +
      0.2 * root,
  };
}
