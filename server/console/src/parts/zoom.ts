/** How a picture is looked at: `k` times as large, moved by `x` and `y` (shares of its place). Pure. */
export interface Look {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}
export const START: Look = { k: 1, x: 0, y: 0 };
export const MOST = 8;

/** `factor` larger around a point of the place (0..1), which stays where it is. Never smaller than whole. */
export function zoomed(look: Look, factor: number, px: number, py: number): Look {
  const k = Math.min(MOST, Math.max(1, look.k * factor));
  const grown = k / look.k;
  return held({
    k,
    x: (px - 0.5) * (1 - grown) + look.x * grown,
    y: (py - 0.5) * (1 - grown) + look.y * grown,
  });
}

/** Moved by shares of the place. */
export function moved(look: Look, dx: number, dy: number): Look {
  return held({ ...look, x: look.x + dx, y: look.y + dy });
}

/** The picture covers its place: it cannot be dragged away. */
function held(look: Look): Look {
  const room = (look.k - 1) / 2;
  const within = (value: number) => Math.min(room, Math.max(-room, value)) + 0;
  return { k: look.k, x: within(look.x), y: within(look.y) };
}
