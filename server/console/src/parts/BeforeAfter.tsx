/** 整改前后: two pictures of one spot under one zoom, side by side or one over the other with a slider. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { useLanguage } from "../i18n";
import "./beforeafter.css";
import { moved, type Shot, transformOf, type View, WHOLE, zoomed } from "./beforeafter";
import { Sealed } from "./Sealed";
import { moment } from "./time";
import { useWords } from "./words.beforeafter";

interface Props {
  readonly before: readonly Shot[];
  readonly after: readonly Shot[];
  /** The case that a look at an original is for. */
  readonly caseNumber: string;
}

const STEP = 0.12;
const KEYS: Readonly<Record<string, (view: View) => View>> = {
  "+": (view) => zoomed(view, 1.5),
  "=": (view) => zoomed(view, 1.5),
  "-": (view) => zoomed(view, 1 / 1.5),
  "0": () => WHOLE,
  ArrowLeft: (view) => moved(view, STEP, 0),
  ArrowRight: (view) => moved(view, -STEP, 0),
  ArrowUp: (view) => moved(view, 0, STEP),
  ArrowDown: (view) => moved(view, 0, -STEP),
};

export function BeforeAfter({ before, after, caseNumber }: Props) {
  const t = useWords();
  const [view, setView] = useState<View>(WHOLE);
  const [slide, setSlide] = useState(false);
  const [at, setAt] = useState(50);
  const [left, setLeft] = useState(0);
  const [right, setRight] = useState(0);
  const opened = useOpened();
  const first = before[left] ?? before[0];
  const second = after[right] ?? after[0];
  const isOpen = second !== undefined && (!second.sealed || opened.urls.has(second.sha256));
  const press = (event: KeyboardEvent) => {
    const change = KEYS[event.key];
    if (change === undefined || event.target instanceof HTMLInputElement) return;
    setView(change);
    event.preventDefault();
    event.stopPropagation();
  };
  const frame = { view, setView, caseNumber, opened };
  return (
    <section className="ba" aria-label={t("title")}>
      <div className="ba-tools">
        <button type="button" className="btn" aria-pressed={slide} onClick={() => setSlide(!slide)}>
          {t(slide ? "beside" : "slide")}
        </button>
        <button type="button" className="btn" onClick={() => setView((was) => zoomed(was, 1.5))}>
          {t("closer")}
        </button>
        <button type="button" className="btn" onClick={() => setView((was) => zoomed(was, 1 / 1.5))}>
          {t("farther")}
        </button>
        <button type="button" className="btn" onClick={() => setView(WHOLE)}>
          {t("whole")}
        </button>
      </div>
      <div
        className={slide ? "ba-over" : "ba-beside"}
        role="group"
        aria-label={t("move")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the pictures are moved by keys
        tabIndex={0}
        onKeyDown={press}
      >
        <Side {...frame} label={t("before")} shots={before} shot={first} choose={setLeft} />
        <Side
          {...frame}
          label={t("after")}
          shots={after}
          shot={second}
          choose={setRight}
          clip={slide ? `inset(0 0 0 ${at}%)` : undefined}
        />
        {slide && isOpen ? <div className="ba-line" style={{ left: `${at}%` }} /> : null}
      </div>
      {slide ? (
        <input
          type="range"
          aria-label={t("slider")}
          min={0}
          max={100}
          value={at}
          onChange={(event) => setAt(Number(event.target.value))}
        />
      ) : null}
    </section>
  );
}

interface Opened {
  readonly urls: ReadonlyMap<string, string>;
  readonly keep: (sha256: string, bytes: Blob) => void;
}

/** Originals that were opened, for as long as this is on the screen. */
function useOpened(): Opened {
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const all = useRef<string[]>([]);
  useEffect(() => {
    const made = all.current;
    return () => {
      for (const url of made) URL.revokeObjectURL(url);
    };
  }, []);
  return {
    urls,
    keep: (sha256, bytes) => {
      const url = URL.createObjectURL(bytes);
      all.current.push(url);
      setUrls((was) => new Map(was).set(sha256, url));
    },
  };
}

interface SideProps {
  readonly label: string;
  readonly shots: readonly Shot[];
  readonly shot: Shot | undefined;
  readonly choose: (index: number) => void;
  readonly view: View;
  readonly setView: (change: (view: View) => View) => void;
  readonly caseNumber: string;
  readonly opened: Opened;
  readonly clip?: string | undefined;
}

function Side({ label, shots, shot, choose, view, setView, caseNumber, opened, clip }: SideProps) {
  const t = useWords();
  const language = useLanguage();
  const drag = useRef<{ x: number; y: number } | null>(null);
  const name = (one: Shot) => t(one.source, { at: moment(one.at, language) });
  const hold = (event: PointerEvent<HTMLDivElement>) => {
    if ((event.target as HTMLElement).closest("button, input, select")) return;
    drag.current = { x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const pull = (event: PointerEvent<HTMLDivElement>) => {
    const from = drag.current;
    if (from === null) return;
    const { width, height } = event.currentTarget.getBoundingClientRect();
    const [dx, dy] = [(event.clientX - from.x) / width, (event.clientY - from.y) / height];
    drag.current = { x: event.clientX, y: event.clientY };
    setView((was) => moved(was, dx, dy));
  };
  const url = shot
    ? shot.sealed
      ? opened.urls.get(shot.sha256)
      : `/api/evidence/${shot.sha256}`
    : undefined;
  return (
    <figure className="ba-side">
      <figcaption>
        <b>{label}</b>
        {shots.length > 1 ? (
          <select
            className="field"
            aria-label={`${label} ${t("choose")}`}
            value={shots.findIndex((one) => one.sha256 === shot?.sha256)}
            onChange={(event) => choose(Number(event.target.value))}
          >
            {shots.map((one, index) => (
              <option key={one.sha256} value={index}>
                {name(one)}
              </option>
            ))}
          </select>
        ) : (
          <span>{shot ? name(shot) : t("none")}</span>
        )}
      </figcaption>
      <div
        className="ba-frame"
        role="group"
        aria-label={label}
        style={clip === undefined || url === undefined ? undefined : { clipPath: clip }}
        onPointerDown={hold}
        onPointerMove={pull}
        onPointerUp={() => {
          drag.current = null;
        }}
        onDoubleClick={() => setView((was) => zoomed(was, 2))}
      >
        {shot !== undefined && url === undefined ? (
          <Sealed shot={shot} caseNumber={caseNumber} onOpen={(bytes) => opened.keep(shot.sha256, bytes)} />
        ) : url !== undefined ? (
          <img
            src={url}
            alt={`${label} ${shot ? name(shot) : ""}`}
            style={{ transform: transformOf(view) }}
            draggable={false}
          />
        ) : (
          <p className="state">{t("none")}</p>
        )}
      </div>
    </figure>
  );
}
