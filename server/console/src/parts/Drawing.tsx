/** Polygons and points on a picture: draw, move, add and take away corners, with the pointer, a finger or the keys. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import "./drawing.css";
import { type Point, type Polygon, type Snapped, snap } from "./drawing";
import { Handle, type Scale } from "./drawing-handle";
import { Outline } from "./drawing-outline";
import { useWords } from "./words.drawing";

export interface Shape {
  readonly id: string;
  readonly label: string;
  readonly polygon: Polygon;
  readonly tone: "zone" | "permit" | "quiet";
  readonly faulty?: boolean;
  /** Quiet shapes are only seen and snapped to. */
  readonly fixed?: boolean;
}
export interface Mark {
  readonly label: string;
  readonly point: Point;
  readonly suspect: boolean;
}
export interface Line {
  readonly points: readonly Point[];
  readonly strong: boolean;
}

interface Props {
  readonly picture: string | null;
  readonly aspect: number;
  readonly onAspect: (aspect: number) => void;
  readonly shapes: readonly Shape[];
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  readonly onChange: (id: string, polygon: Polygon) => void;
  /** `draw`: the next clicks are the corners of a new polygon; `mark`: the next click is a point. */
  readonly mode: "edit" | "draw" | "mark";
  readonly onDrawn: (polygon: Polygon) => void;
  readonly onCancel: () => void;
  readonly marks?: readonly Mark[];
  readonly onMark?: (index: number, point: Point) => void;
  readonly onNewMark?: (point: Point) => void;
  readonly lines?: readonly Line[];
  readonly children?: ReactNode;
}

const SNAP_PX = 12;

/** The picture with everything on it. Corners snap to other shapes and the frame; Alt held lets them stay. */
export function Drawing(props: Props) {
  const { picture, aspect, shapes, chosen, mode, marks = [], lines = [] } = props;
  const t = useWords();
  const helpId = useId();
  const { svg, scale } = useScale(aspect);
  const [near, setNear] = useState<Snapped | null>(null);
  const radius = (SNAP_PX * scale.unit) / 1000;
  const put = (point: Point, except: string | null, free: boolean): Point => {
    const others = shapes.filter((shape) => shape.id !== except).map((shape) => shape.polygon);
    const found = snap(point, others, free ? 0 : radius, aspect);
    setNear(found.to ? found : null);
    return found.point;
  };
  const ordered = [...shapes].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen));
  return (
    <div className={`drawing ${mode}`}>
      {picture ? (
        <img
          src={picture}
          alt=""
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: w, naturalHeight: h } }) => h && props.onAspect(w / h)}
        />
      ) : (
        <div className="drawing-none" style={{ aspectRatio: String(aspect) }}>
          {t("none")}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: points are placed by pointer, then moved by key */}
      <svg
        ref={svg}
        viewBox={`0 0 1000 ${scale.height}`}
        preserveAspectRatio="none"
        role="group"
        aria-label={t("label")}
        onPointerDown={() => mode === "edit" && props.onChoose(null)}
        onClick={(event) => mode === "mark" && props.onNewMark?.(scale.place(event))}
      >
        {lines.map((line) => (
          <polyline
            key={line.points.join(" ")}
            className={line.strong ? "drawing-line strong" : "drawing-line"}
            points={line.points.map(([x, y]) => `${x * 1000},${y * scale.height}`).join(" ")}
          />
        ))}
        {ordered.map((shape) => (
          <Outline
            key={shape.id}
            shape={shape}
            scale={scale}
            isChosen={shape.id === chosen && mode === "edit"}
            isOpen={mode === "edit" && !shape.fixed}
            helpId={helpId}
            put={(point, free) => put(point, shape.id, free)}
            onChoose={() => props.onChoose(shape.id)}
            onChange={(polygon) => {
              setNear(null);
              props.onChange(shape.id, polygon);
            }}
          />
        ))}
        {marks.map((mark, index) => (
          <Handle
            key={mark.label}
            at={mark.point}
            scale={scale}
            className={mark.suspect ? "drawing-mark suspect" : "drawing-mark"}
            label={t("mark", { name: mark.label, ...percent(mark.point) })}
            onMove={(to) => props.onMark?.(index, to)}
          >
            <text x={10 * scale.unit} y={-8 * scale.unit} fontSize={14 * scale.unit}>
              {mark.label}
            </text>
          </Handle>
        ))}
        {mode === "draw" ? <NewOutline scale={scale} radius={radius} put={put} {...props} /> : null}
        {near ? (
          <circle
            className="drawing-near"
            cx={near.point[0] * 1000}
            cy={near.point[1] * scale.height}
            r={11 * scale.unit}
          />
        ) : null}
        {props.children}
      </svg>
      <p className="unseen" id={helpId}>
        {t("cornerHelp")}
      </p>
      <p className="unseen" aria-live="polite">
        {near?.to ? t(`snapped.${near.to}`) : ""}
      </p>
    </div>
  );
}

/** A polygon being drawn: the corners so far, and the line to the pointer. */
function NewOutline({
  scale,
  radius,
  aspect,
  put,
  onDrawn,
  onCancel,
}: Pick<Props, "aspect" | "onDrawn" | "onCancel"> & {
  scale: Scale;
  radius: number;
  put: (point: Point, except: null, free: boolean) => Point;
}) {
  const t = useWords();
  const [corners, setCorners] = useState<Polygon>([]);
  const [pointer, setPointer] = useState<Point | null>(null);
  const pad = useRef<SVGRectElement>(null);
  useEffect(() => pad.current?.focus({ preventScroll: true }), []);
  const first = corners[0];
  const close = (a: Point, b: Point) => Math.hypot(a[0] - b[0], (a[1] - b[1]) / aspect) < radius * 1.3;
  const end = () => corners.length > 2 && onDrawn(corners);
  const click = (event: { clientX: number; clientY: number; altKey: boolean }) => {
    const raw = scale.place(event);
    const last = corners.at(-1);
    if (first && corners.length > 2 && close(raw, first)) return void end();
    const point = put(raw, null, event.altKey);
    if (!last || !close(point, last)) setCorners([...corners, point]);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") end();
    else if (event.key === "Escape") onCancel();
    else if (event.key === "Backspace") setCorners(corners.slice(0, -1));
    else return;
    event.preventDefault();
  };
  const path = [...corners, ...(pointer ? [pointer] : [])];
  return (
    <>
      <rect
        ref={pad}
        className="drawing-pad"
        width={1000}
        height={scale.height}
        tabIndex={0}
        role="button"
        aria-label={t("drawHelp")}
        onClick={click}
        onDoubleClick={end}
        onPointerMove={(event) => setPointer(put(scale.place(event), null, event.altKey))}
        onPointerLeave={() => setPointer(null)}
        onKeyDown={press}
      />
      <polyline
        className="drawing-new"
        points={path.map(([x, y]) => `${x * 1000},${y * scale.height}`).join(" ")}
      />
      {corners.map(([x, y], index) => (
        <circle
          key={`${x} ${y}`}
          className={index === 0 && corners.length > 2 ? "drawing-start" : "drawing-dot"}
          cx={x * 1000}
          cy={y * scale.height}
          r={(index === 0 && corners.length > 2 ? 10 : 5) * scale.unit}
        />
      ))}
      <title>{t("drawing", { n: corners.length })}</title>
    </>
  );
}

function useScale(aspect: number) {
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const seen = svg.current;
    if (!seen) return undefined;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width || 800));
    watch.observe(seen);
    return () => watch.disconnect();
  }, []);
  const scale = useMemo<Scale>(
    () => ({
      height: 1000 / aspect,
      unit: 1000 / width,
      place: ({ clientX, clientY }) => {
        const box = svg.current?.getBoundingClientRect();
        return box ? [(clientX - box.left) / box.width, (clientY - box.top) / box.height] : [0, 0];
      },
    }),
    [aspect, width],
  );
  return { svg, scale };
}

function percent([x, y]: Point): { x: number; y: number } {
  return { x: Math.round(x * 100), y: Math.round(y * 100) };
}
