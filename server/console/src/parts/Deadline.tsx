/** A deadline as a clock that runs: a ring that fills, warns at 70 %, and says plainly when it is over. */
import { useEffect, useState } from "react";
import { useLanguage } from "../i18n";
import "./deadline.css";
import { type Span, spoken, standing } from "./deadline";
import { moment } from "./time";
import { useWords } from "./words.deadline";

const RADIUS = 15;
const ROUND = 2 * Math.PI * RADIUS;

/** The time now, looked at again every so often. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

function useLeft(): (ms: number) => string {
  const t = useWords();
  return (ms) => {
    const told = spoken(ms).map(({ unit, n }) => t(`unit.${unit}`, { n }));
    const time = told.length > 0 ? told.join(" ") : t("soon");
    return t(ms >= 0 ? "left" : "over", { time });
  };
}

/** The ring with what is left beside it. `label`: what runs. */
export function Deadline({ span, label }: { span: Span; label?: string }) {
  const now = useNow();
  const t = useWords();
  const left = useLeft();
  const language = useLanguage();
  const { share, phase, left: ms } = standing(span, now);
  return (
    <div className={`deadline ${phase}`} role="timer" aria-live="off">
      <svg viewBox="0 0 36 36" width="44" height="44" aria-hidden="true">
        <circle className="deadline-rest" cx="18" cy="18" r={RADIUS} />
        <circle
          className="deadline-used"
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={`${ROUND * share} ${ROUND}`}
          transform="rotate(-90 18 18)"
        />
      </svg>
      <div>
        {label ? <small>{label}</small> : null}
        <b>{left(ms)}</b>
        <small>{t("due", { at: moment(span.due_at, language) })}</small>
      </div>
    </div>
  );
}

/** What is left in one line, where only the end is known: for rows of a list. */
export function DueIn({ at }: { at: string | null | undefined }) {
  const now = useNow();
  const left = useLeft();
  const language = useLanguage();
  if (!at) return null;
  const ms = Date.parse(at) - now;
  return (
    <time className={ms < 0 ? "duein over" : "duein"} dateTime={at} title={moment(at, language)}>
      {left(ms)}
    </time>
  );
}

/** A period of the law as a bar. */
export function ClockBar({ span, label, ended }: { span: Span; label: string; ended: string | null }) {
  const t = useWords();
  const left = useLeft();
  const language = useLanguage();
  const now = useNow(60_000);
  const { share, phase, left: ms } = standing(span, ended ? Date.parse(ended) : now);
  return (
    <div className={`clockbar ${ended ? "ended" : phase}`}>
      <span>{label}</span>
      <progress max={1} value={share} aria-label={label} />
      <small>
        {ended ? t("ended") : left(ms)} · {t("due", { at: moment(span.due_at, language) })}
      </small>
    </div>
  );
}
