/** A box to sign in: with a finger or a mouse, or with the name typed, for those who cannot draw. */
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { useWords } from "./words";

const WIDTH = 900;
const HEIGHT = 360;
const LINE = 6;

export function Sign({
  canvas,
  name,
  signed,
  onSigned,
}: {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** Written when somebody asks for the typed name. */
  name: string;
  signed: boolean;
  onSigned: (signed: boolean) => void;
}) {
  const t = useWords();
  const from = useRef<[number, number] | null>(null);
  useEffect(() => clear(canvas.current), [canvas]);
  const at = (event: PointerEvent): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
  };
  const begin = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = at(event);
  };
  const draw = (event: PointerEvent) => {
    const pen = canvas.current?.getContext("2d");
    if (from.current === null || !pen) return;
    const to = at(event);
    pen.lineWidth = LINE;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...from.current);
    pen.lineTo(...to);
    pen.stroke();
    from.current = to;
    onSigned(true);
  };
  const typed = () => {
    const pen = canvas.current?.getContext("2d");
    if (!pen || name.trim() === "") return;
    clear(canvas.current);
    pen.font = `${HEIGHT / 2}px serif`;
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    pen.fillText(name.trim(), WIDTH / 2, HEIGHT / 2, WIDTH - 40);
    onSigned(true);
  };
  return (
    <div>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className="pt-pad"
        role="img"
        aria-label={t("pledge.pad")}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => {
          from.current = null;
        }}
        onPointerCancel={() => {
          from.current = null;
        }}
      />
      <p role="status" className="pt-faint">
        {t(signed ? "pledge.written" : "pledge.blank")}
      </p>
      <div className="pt-row">
        <button
          type="button"
          className="pt-btn"
          onClick={() => {
            clear(canvas.current);
            onSigned(false);
          }}
        >
          {t("pledge.clear")}
        </button>
        <button type="button" className="pt-btn" disabled={name.trim() === ""} onClick={typed}>
          {t("pledge.typed")}
        </button>
      </div>
    </div>
  );
}

/** White, so that the picture can be printed. */
function clear(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#000";
}
