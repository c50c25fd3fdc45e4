/** Ground points as they are being marked: a place in the picture, and metres as typed. Pure. */
import type { GroundPoint } from "./plan";

export interface Marked {
  readonly image: readonly [number, number];
  /** As typed; "" is not known yet. */
  readonly x: string;
  readonly y: string;
}

export function marked(ground: readonly GroundPoint[] | null): Marked[] {
  return (ground ?? []).map(({ image, world_m: [x, y] }) => ({ image, x: String(x), y: String(y) }));
}

/** A number as people type it: a comma counts as a point; "" and nonsense are null. */
export function metres(text: string): number | null {
  const plain = text.trim().replace(",", ".").replace("，", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const value = Number(plain);
  return Math.abs(value) <= 10_000 ? value : null;
}

/** The points whose metres are all known; null when one is not, or there are fewer than four. */
export function complete(points: readonly Marked[]): GroundPoint[] | null {
  const found = points.map(({ image, x, y }) => ({ image, at: [metres(x), metres(y)] as const }));
  if (found.length < 4 || found.some(({ at }) => at[0] === null || at[1] === null)) return null;
  return found.map(({ image, at }) => ({ image, world_m: [at[0] ?? 0, at[1] ?? 0] }));
}

/** The first four points as the corners of a rectangle, in order; the others stay. */
export function asRectangle(points: readonly Marked[], width: string, depth: string): Marked[] {
  const corners = [
    ["0", "0"],
    [width, "0"],
    [width, depth],
    ["0", depth],
  ];
  return points.map((point, index) => {
    const [x, y] = corners[index] ?? [point.x, point.y];
    return { ...point, x: x ?? "", y: y ?? "" };
  });
}
