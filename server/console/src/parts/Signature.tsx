/** A signature on the glass, by finger or pen; or, for who cannot write, a typed name that was confirmed in person. */
import { type FormEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { packed, type Shrunk } from "./photo";
import "./signature.css";
import { useWords } from "./words.signature";

/** `how`: written on the glass, or typed and confirmed. The picture is a PNG on white. */
export interface Signed {
  readonly picture: Pick<Shrunk, "sha256" | "bytes" | "type">;
  readonly how: "written" | "typed";
  readonly name: string;
}

const WIDE = 1200;
const HIGH = 480;
const PEN = 7;
/** Fewer points are a slip of the finger. */
const POINTS_AT_LEAST = 8;

export function Signature({ onSigned }: { onSigned: (signed: Signed) => void }) {
  const [typed, setTyped] = useState(false);
  return typed ? (
    <Typed onSigned={onSigned} other={() => setTyped(false)} />
  ) : (
    <Written onSigned={onSigned} other={() => setTyped(true)} />
  );
}

interface Way {
  readonly onSigned: (signed: Signed) => void;
  readonly other: () => void;
}

function Written({ onSigned, other }: Way) {
  const t = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [points, setPoints] = useState(0);
  const last = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => blank(canvas.current), []);
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDE;
    return { x, y: ((event.clientY - box.top) / box.height) * HIGH };
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = at(event);
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = canvas.current?.getContext("2d");
    const from = last.current;
    if (!pen || from === null) return;
    const to = at(event);
    pen.lineWidth = event.pointerType === "pen" ? PEN * (0.5 + event.pressure) : PEN;
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last.current = to;
    setPoints((n) => n + 1);
  };
  const end = () => {
    last.current = null;
  };
  const clear = () => {
    blank(canvas.current);
    setPoints(0);
  };
  const done = async () => {
    if (canvas.current === null) return;
    onSigned({ picture: await packed(canvas.current, "image/png"), how: "written", name: "" });
  };
  return (
    <div className="sig">
      <canvas
        ref={canvas}
        className="sig-glass"
        width={WIDE}
        height={HIGH}
        role="img"
        aria-label={t("here")}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {points === 0 ? <p className="sig-hint">{t("here")}</p> : null}
      <div className="sig-row">
        <button type="button" onClick={clear} disabled={points === 0}>
          {t("clear")}
        </button>
        <button
          type="button"
          className="sig-done"
          onClick={() => void done()}
          disabled={points < POINTS_AT_LEAST}
        >
          {t("done")}
        </button>
      </div>
      <button type="button" onClick={other}>
        {t("typed")}
      </button>
    </div>
  );
}

function Typed({ onSigned, other }: Way) {
  const t = useWords();
  const [name, setName] = useState("");
  const [confirmed, setConfirmed] = useState(false);
  const done = async (event: FormEvent) => {
    event.preventDefault();
    const canvas = document.createElement("canvas");
    canvas.width = WIDE;
    canvas.height = HIGH;
    blank(canvas);
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    pen.font = "120px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.fillStyle = "#111";
    pen.fillText(name.trim(), WIDE / 2, HIGH / 2, WIDE - 80);
    pen.font = "40px system-ui, sans-serif";
    pen.fillText(t("confirm"), WIDE / 2, HIGH - 60, WIDE - 80);
    onSigned({ picture: await packed(canvas, "image/png"), how: "typed", name: name.trim() });
  };
  return (
    <form className="sig" onSubmit={(event) => void done(event)}>
      <label>
        {t("name")}
        <input value={name} required autoComplete="off" onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="sig-check">
        <input
          type="checkbox"
          required
          checked={confirmed}
          onChange={(event) => setConfirmed(event.target.checked)}
        />
        {t("confirm")}
      </label>
      <div className="sig-row">
        <button type="button" onClick={other}>
          {t("written")}
        </button>
        <button type="submit" className="sig-done" disabled={!confirmed || name.trim() === ""}>
          {t("done")}
        </button>
      </div>
    </form>
  );
}

function blank(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext("2d");
  if (!canvas || !pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.strokeStyle = "#111";
  pen.lineCap = pen.lineJoin = "round";
}
