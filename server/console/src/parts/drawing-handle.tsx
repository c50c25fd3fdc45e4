/** Something on the picture that can be taken and moved: with the pointer, a finger, or the arrow keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { inFrame, type Point } from "./drawing";

/** The drawing's own measures: 1000 wide, `height` high; `unit` of them are one pixel of the screen. */
export interface Scale {
  readonly height: number;
  readonly unit: number;
  /** The place of a pointer in 0..1 of the picture. */
  readonly place: (event: { clientX: number; clientY: number }) => Point;
}

export const NEAR = 0.002;
export const FAR = 0.02;
const ARROWS: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves: a little, with Shift more. Null for other keys. */
export function arrow(event: KeyboardEvent): Point | null {
  const to = ARROWS[event.key];
  if (to === undefined) return null;
  const by = event.shiftKey ? FAR : NEAR;
  return [to[0] * by, to[1] * by];
}

interface Props {
  readonly at: Point;
  readonly scale: Scale;
  readonly label: string;
  readonly className: string;
  readonly describedBy?: string;
  /** Moved to a place; `done` when it was let go. `free`: by key or with Alt held, so nothing should draw it. */
  readonly onMove: (to: Point, done: boolean, free: boolean) => void;
  readonly onKey?: (event: KeyboardEvent) => boolean;
  readonly children?: ReactNode;
}

export function Handle({ at, scale, label, className, describedBy, onMove, onKey, children }: Props) {
  const held = useRef(false);
  const down = (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0) return;
    held.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    event.stopPropagation();
  };
  const move = (event: PointerEvent<SVGGElement>) => {
    if (held.current) onMove(scale.place(event), false, event.altKey);
  };
  const up = (event: PointerEvent<SVGGElement>) => {
    if (!held.current) return;
    held.current = false;
    onMove(scale.place(event), true, event.altKey);
  };
  const press = (event: KeyboardEvent) => {
    const by = arrow(event);
    if (by) onMove(inFrame([at[0] + by[0], at[1] + by[1]]), true, true);
    else if (!onKey?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <g
      className={className}
      role="button"
      tabIndex={0}
      aria-label={label}
      aria-describedby={describedBy}
      transform={`translate(${at[0] * 1000} ${at[1] * scale.height})`}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={press}
    >
      <circle className="drawing-reach" r={14 * scale.unit} />
      <circle className="drawing-dot" r={7 * scale.unit} />
      {children}
    </g>
  );
}
