/** Polygons on a picture: corners in 0..1 of it. Pure; distances count in picture widths, so `aspect` is asked for. */

export type Point = readonly [number, number];
export type Polygon = readonly Point[];
export interface Snapped {
  readonly point: Point;
  /** What it went to; null: it stayed where it was. */
  readonly to: "corner" | "edge" | "frame" | null;
}

export const LEAST_CORNERS = 3;
export const MOST_CORNERS = 64;

const clamp = (value: number) => Math.min(1, Math.max(0, value));
const round = (value: number) => Math.round(value * 1e5) / 1e5;

/** The point inside of the frame, on a fine grid (a hundredth of a pixel of a 1000 pixel wide picture). */
export function inFrame([x, y]: Point): Point {
  return [round(clamp(x)), round(clamp(y))];
}

/** How far apart two points are, in picture widths. */
export function distance(a: Point, b: Point, aspect: number): number {
  return Math.hypot(a[0] - b[0], (a[1] - b[1]) / aspect);
}

/** The nearest point of the line from `a` to `b`. */
export function onEdge(p: Point, a: Point, b: Point, aspect: number): Point {
  const dx = b[0] - a[0];
  const dy = (b[1] - a[1]) / aspect;
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : clamp(((p[0] - a[0]) * dx + ((p[1] - a[1]) / aspect) * dy) / length2);
  return [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])];
}

/** The edges of an outline: the last joins the first. */
export function edges(polygon: Polygon): (readonly [Point, Point])[] {
  return polygon.map((corner, index) => [corner, polygon[(index + 1) % polygon.length] ?? corner]);
}

/** Draws a point to what is near: a corner of another outline first, then an edge of one, then the frame's border.
 *
 * `radius` is in picture widths; what lies farther away does not draw.
 */
export function snap(point: Point, others: readonly Polygon[], radius: number, aspect: number): Snapped {
  const corner = nearest(point, others.flat(), radius, aspect);
  if (corner) return { point: corner, to: "corner" };
  const feet = others.flatMap((other) => edges(other).map(([a, b]) => onEdge(point, a, b, aspect)));
  const framed = toFrame(point, radius, aspect);
  const edge = nearest(point, feet, radius, aspect);
  if (edge) return { point: inFrame(edge), to: "edge" };
  if (framed[0] !== point[0] || framed[1] !== point[1]) return { point: framed, to: "frame" };
  return { point: inFrame(point), to: null };
}

function nearest(point: Point, found: readonly Point[], radius: number, aspect: number): Point | null {
  let best: Point | null = null;
  let least = radius;
  for (const one of found) {
    const far = distance(point, one, aspect);
    if (far <= least) [best, least] = [one, far];
  }
  return best;
}

function toFrame([x, y]: Point, radius: number, aspect: number): Point {
  const border = (value: number, reach: number) => (value < reach ? 0 : value > 1 - reach ? 1 : value);
  return [border(x, radius), border(y, radius * aspect)];
}

export function moveCorner(polygon: Polygon, index: number, to: Point): Polygon {
  return polygon.map((corner, at) => (at === index ? inFrame(to) : corner));
}

/** A new corner behind `index`, in the middle of that edge unless a place is given. */
export function addCorner(polygon: Polygon, index: number, at?: Point): Polygon {
  if (polygon.length >= MOST_CORNERS) return polygon;
  const [a, b] = edges(polygon)[index] ?? [];
  if (a === undefined || b === undefined) return polygon;
  const place = at ?? ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const);
  return [...polygon.slice(0, index + 1), inFrame(place), ...polygon.slice(index + 1)];
}

/** Without this corner; a triangle keeps all of its own. */
export function removeCorner(polygon: Polygon, index: number): Polygon {
  return polygon.length <= LEAST_CORNERS ? polygon : polygon.filter((_, at) => at !== index);
}

/** The whole outline moved, as far as the frame lets it: its shape stays. */
export function shift(polygon: Polygon, dx: number, dy: number): Polygon {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const within = (by: number, all: readonly number[]) =>
    Math.min(1 - Math.max(...all), Math.max(-Math.min(...all), by));
  const [right, down] = [within(dx, xs), within(dy, ys)];
  return polygon.map(([x, y]) => inFrame([x + right, y + down]));
}

/** A copy that can be told from the original: moved a little, to the side where there is room. */
export function copied(polygon: Polygon, by = 0.03): Polygon {
  const right = Math.max(...polygon.map(([x]) => x));
  const low = Math.max(...polygon.map(([, y]) => y));
  return shift(polygon, right + by <= 1 ? by : -by, low + by <= 1 ? by : -by);
}

/** Share of the picture that an outline covers. */
export function area(polygon: Polygon): number {
  return Math.abs(edges(polygon).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)) / 2;
}

/** Whether edges of an outline cross each other. */
export function crosses(polygon: Polygon): boolean {
  const lines = edges(polygon);
  const side = (p: Point, q: Point, r: Point) =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return lines.some(([a, b], i) =>
    lines
      .slice(i + 1)
      .some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}

/** A frame to start from, for those who draw with the keyboard or in a hurry. */
export const STARTING_BOX: Polygon = [
  [0.3, 0.55],
  [0.7, 0.55],
  [0.75, 0.9],
  [0.25, 0.9],
];

/** An id that none of these has: `zone-1`, `zone-2`, … */
export function freeId(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`${stem}-${n}`)) return `${stem}-${n}`;
}
