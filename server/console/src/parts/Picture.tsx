/** A picture as large as its place allows: zoom by wheel, keys and double click, moved by dragging; outlines drawn in. */
import { type CSSProperties, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import "./picture.css";
import { type Look, moved, START, zoomed } from "./zoom";

/** An outline in 0..1 of the picture; `kind` gives its colour. */
export interface Outline {
  readonly kind: "zone" | "permit" | "act";
  readonly points: readonly (readonly number[])[];
  readonly label: string;
}

/** The zoom of a picture, for who also has keys or buttons for it. */
export interface Zoom {
  readonly look: Look;
  readonly set: (look: Look) => void;
  /** Around the middle. */
  readonly by: (factor: number) => void;
  readonly toggle: () => void;
}

export function useZoom(): Zoom {
  const [look, set] = useState<Look>(START);
  return {
    look,
    set,
    by: (factor) => set((known) => zoomed(known, factor, 0.5, 0.5)),
    toggle: () => set((known) => (known.k > 1 ? START : zoomed(known, 2.5, 0.5, 0.5))),
  };
}

interface Props {
  readonly src: string;
  readonly alt: string;
  readonly zoom: Zoom;
  readonly outlines?: readonly Outline[];
  /** Lies over the picture and zooms with it (the reference view). */
  readonly over?: ReactNode;
  readonly failed?: ReactNode;
  readonly onShown?: () => void;
}

/** `src` shown whole at first; its own shape is kept. */
export function Picture({ src, alt, zoom, outlines = [], over, failed, onShown }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const [ratio, setRatio] = useState(16 / 9);
  const [broken, setBroken] = useState("");
  const { look, set } = zoom;
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const node = stage.current;
    if (node === null) return undefined;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const box = node.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width;
      const y = (event.clientY - box.top) / box.height;
      latest.current.set(zoomed(latest.current.look, event.deltaY < 0 ? 1.2 : 1 / 1.2, x, y));
    };
    node.addEventListener("wheel", turn, { passive: false });
    return () => node.removeEventListener("wheel", turn);
  }, []);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (look.k <= 1 || event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    event.currentTarget.setPointerCapture(event.pointerId);
    set(moved(look, event.movementX / box.width, event.movementY / box.height));
  };
  const style = {
    "--ratio": String(ratio),
    transform: `translate(${look.x * 100}cqw, ${look.y * 100}cqh) scale(${look.k})`,
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: zooming with the pointer; keys and buttons do the same
    <div
      ref={stage}
      className={look.k > 1 ? "pic zoomed" : "pic"}
      onPointerMove={drag}
      onDoubleClick={zoom.toggle}
    >
      {broken === src && failed ? (
        <div className="pic-failed">{failed}</div>
      ) : (
        <div className="pic-world" style={style}>
          <img
            src={src}
            alt={alt}
            decoding="sync"
            draggable={false}
            onLoad={(event) => {
              const image = event.currentTarget;
              if (image.naturalHeight > 0) setRatio(image.naturalWidth / image.naturalHeight);
              onShown?.();
            }}
            onError={() => setBroken(src)}
          />
          {over}
          <Outlines of={outlines} />
        </div>
      )}
    </div>
  );
}

export function Outlines({ of }: { of: readonly Outline[] }) {
  if (of.length === 0) return null;
  return (
    <svg className="pic-lines" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {of.map((outline) => (
        <polygon
          key={`${outline.kind}${outline.points.join(" ")}`}
          className={`pic-${outline.kind}`}
          points={outline.points.map((point) => point.join(",")).join(" ")}
          vectorEffect="non-scaling-stroke"
        >
          <title>{outline.label}</title>
        </polygon>
      ))}
    </svg>
  );
}
