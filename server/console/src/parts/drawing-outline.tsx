/** One polygon on the picture: to choose, to move whole, and, once chosen, corner by corner. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Shape } from "./Drawing";
import { addCorner, edges, moveCorner, type Point, type Polygon, removeCorner, shift } from "./drawing";
import { arrow, Handle, type Scale } from "./drawing-handle";
import { useWords } from "./words.drawing";

interface Props {
  readonly shape: Shape;
  readonly scale: Scale;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly helpId: string;
  readonly put: (point: Point, free: boolean) => Point;
  readonly onChoose: () => void;
  readonly onChange: (polygon: Polygon) => void;
}

export function Outline({ shape, scale, isChosen, isOpen, helpId, put, onChoose, onChange }: Props) {
  const t = useWords();
  const [live, setLive] = useState<Polygon | null>(null);
  const from = useRef<Point | null>(null);
  const polygon = live ?? shape.polygon;
  const settle = (next: Polygon, done: boolean) => {
    setLive(done ? null : next);
    if (done && next !== shape.polygon) onChange(next);
  };
  const corner = (index: number) => (to: Point, done: boolean, free: boolean) =>
    settle(moveCorner(shape.polygon, index, put(to, free)), done);
  const cornerKey = (index: number) => (event: KeyboardEvent) => {
    if (event.key === "Delete" || event.key === "Backspace") settle(removeCorner(shape.polygon, index), true);
    else if (event.key === "Insert" || event.key === "+") settle(addCorner(shape.polygon, index), true);
    else return false;
    return true;
  };
  const down = (event: PointerEvent<SVGGElement>) => {
    if (!isOpen || event.button !== 0) return;
    event.stopPropagation();
    onChoose();
    from.current = scale.place(event);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const moved = (event: PointerEvent): Polygon | null => {
    const [x, y] = scale.place(event);
    const start = from.current;
    if (!start || Math.hypot(x - start[0], y - start[1]) < (3 * scale.unit) / 1000) return null;
    return shift(shape.polygon, x - start[0], y - start[1]);
  };
  const up = (event: PointerEvent) => {
    const next = isChosen ? moved(event) : null;
    from.current = null;
    if (next) settle(next, true);
    else setLive(null);
  };
  const press = (event: KeyboardEvent) => {
    const by = arrow(event);
    if (event.key === "Enter" || event.key === " ") onChoose();
    else if (by && isChosen) settle(shift(shape.polygon, by[0], by[1]), true);
    else return;
    event.preventDefault();
  };
  const tone = `drawing-shape ${shape.tone} ${isChosen ? "chosen" : ""} ${shape.faulty ? "faulty" : ""}`;
  // Shapes that are only seen take no pointer and no key.
  const taken = isOpen
    ? {
        role: "button",
        tabIndex: 0,
        "aria-label": t("shape", { name: shape.label, n: polygon.length }),
        "aria-pressed": isChosen,
        onPointerDown: down,
        onPointerMove: (event: PointerEvent) => isChosen && from.current && setLive(moved(event)),
        onPointerUp: up,
        onPointerCancel: up,
        onKeyDown: press,
      }
    : {};
  return (
    <>
      <g className={tone} {...taken}>
        <polygon points={polygon.map(([x, y]) => `${x * 1000},${y * scale.height}`).join(" ")} />
        <Label polygon={polygon} scale={scale} text={shape.label} />
      </g>
      {isChosen
        ? edges(polygon).map(([a, b], index) => (
            <Between
              // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline
              key={index}
              at={[(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]}
              scale={scale}
              onAdd={(to, done) => settle(addCorner(shape.polygon, index, put(to, false)), done)}
            />
          ))
        : null}
      {isChosen
        ? polygon.map((at, index) => (
            <Handle
              // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline
              key={index}
              at={at}
              scale={scale}
              className="drawing-corner"
              describedBy={helpId}
              label={t("corner", {
                n: index + 1,
                of: polygon.length,
                x: Math.round(at[0] * 100),
                y: Math.round(at[1] * 100),
              })}
              onMove={corner(index)}
              onKey={cornerKey(index)}
            />
          ))
        : null}
    </>
  );
}

/** The middle of an edge: pulled, it becomes a corner. The keyboard has Insert for that. */
function Between({
  at,
  scale,
  onAdd,
}: {
  at: Point;
  scale: Scale;
  onAdd: (to: Point, done: boolean) => void;
}) {
  const held = useRef(false);
  return (
    <g
      className="drawing-between"
      transform={`translate(${at[0] * 1000} ${at[1] * scale.height})`}
      onPointerDown={(event) => {
        held.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.stopPropagation();
      }}
      onPointerMove={(event) => held.current && onAdd(scale.place(event), false)}
      onPointerUp={(event) => {
        if (held.current) onAdd(scale.place(event), true);
        held.current = false;
      }}
    >
      <circle className="drawing-reach" r={12 * scale.unit} />
      <circle className="drawing-dot" r={4 * scale.unit} />
    </g>
  );
}

function Label({ polygon, scale, text }: { polygon: Polygon; scale: Scale; text: string }) {
  const x =
    (Math.min(...polygon.map((corner) => corner[0])) + Math.max(...polygon.map((corner) => corner[0]))) / 2;
  const y =
    (Math.min(...polygon.map((corner) => corner[1])) + Math.max(...polygon.map((corner) => corner[1]))) / 2;
  return (
    <text x={x * 1000} y={y * scale.height} fontSize={14 * scale.unit} textAnchor="middle">
      {text}
    </text>
  );
}
