/** Times on screens are those of the city (Asia/Shanghai, UTC+8 without summer time); the API speaks UTC. */
import type { Language } from "../i18n";

const ZONE = "Asia/Shanghai";
const OFFSET_MS = 8 * 3600_000;
const made = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options });
  made.set(key, known);
  return known;
}

/** `11月20日 10:05`; with the year when it is not this one. */
export function moment(iso: string, language: Language, now: Date = new Date()): string {
  const at = new Date(iso);
  const year =
    dayOf(iso).slice(0, 4) === dayOf(now.toISOString()).slice(0, 4) ? {} : { year: "numeric" as const };
  return format(language, {
    ...year,
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(at);
}

/** With year and seconds, for logs: `2026年11月20日 10:05:07`. */
export function whole(iso: string, language: Language): string {
  return format(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  }).format(new Date(iso));
}

/** `2026年11月20日`. */
export function date(iso: string, language: Language): string {
  return format(language, { year: "numeric", month: "short", day: "numeric" }).format(new Date(iso));
}

/** The day in the city as `2026-11-20`, what `<input type="date">` speaks. */
export function dayOf(iso: string): string {
  return new Date(Date.parse(iso) + OFFSET_MS).toISOString().slice(0, 10);
}

/** The minute in the city as `2026-11-20T10:05`, what `<input type="datetime-local">` speaks. */
export function minuteOf(iso: string): string {
  return new Date(Date.parse(iso) + OFFSET_MS).toISOString().slice(0, 16);
}

/** From such a minute (or day) back to UTC; empty when it is none. */
export function utcOf(local: string): string {
  const at = Date.parse(`${local.length === 10 ? `${local}T00:00` : local}:00+08:00`);
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}
