/** From a camera's ground in metres to the map: a tangent plane is exact enough over the tens of metres of a zone. */

export type LonLat = readonly [number, number];
export type Metres = readonly [number, number];

/** Metres along a degree of latitude and of longitude at the equator (WGS-84 mean). */
const DEGREE_M = 111_319.49;

/** Where points of the ground lie on the map.
 *
 * `origin` is where (0, 0) lies; `bearing` is the direction of the x axis in degrees clockwise from north. `mirrored`:
 * the y axis turns clockwise from the x axis instead of the other way.
 */
export function onMap(
  points: readonly Metres[],
  origin: LonLat,
  bearing: number,
  mirrored = false,
): LonLat[] {
  const along = (bearing * Math.PI) / 180;
  const turn = mirrored ? 1 : -1;
  return points.map(([x, y]) => {
    const east = x * Math.sin(along) + turn * y * Math.cos(along);
    const north = x * Math.cos(along) - turn * y * Math.sin(along);
    const lat = origin[1] + north / DEGREE_M;
    const lon = origin[0] + east / (DEGREE_M * Math.cos((origin[1] * Math.PI) / 180));
    return [lon, lat];
  });
}

/** Whether a ground's axes turn the other way than on a map: seen in the picture, y runs to the right of x. */
export function isMirrored(homography: readonly (readonly number[])[]): boolean {
  const [a = [], b = [], c = []] = homography;
  const determinant =
    (a[0] ?? 0) * ((b[1] ?? 0) * (c[2] ?? 0) - (b[2] ?? 0) * (c[1] ?? 0)) -
    (a[1] ?? 0) * ((b[0] ?? 0) * (c[2] ?? 0) - (b[2] ?? 0) * (c[0] ?? 0)) +
    (a[2] ?? 0) * ((b[0] ?? 0) * (c[1] ?? 0) - (b[1] ?? 0) * (c[0] ?? 0));
  return determinant > 0;
}
