/** What the figures are asked about, from the address bar, and how values are said. Pure. */
import type { Search } from "../../app/search";

export const PERIODS = [7, 30, 90, 365] as const;
export const BY = ["camera", "item", "district", "team"] as const;
export type By = (typeof BY)[number];
export type Step = "day" | "week" | "month";
export const GROUPS = {
  loop: [
    "in_time_rate",
    "closing_rate",
    "closing_time",
    "turnout_time",
    "rework_rate",
    "extension_rate",
    "error_rate",
  ],
  correct: ["settled_by_reminder", "corrected_rate", "relapse_30", "relapse_90"],
  find: ["valid_alerts", "false_alerts", "missed_rate"],
  law: ["exempt_share", "first_share", "exempt_undone", "consistency", "objection_rate", "override_rate"],
  data: ["wrong_codes"],
} as const;
export type Group = keyof typeof GROUPS;

/** Days are local and both included. */
export interface View {
  readonly since: string;
  readonly until: string;
  readonly district: string;
  readonly item: string;
  readonly camera: string;
  readonly kpi: string;
  readonly by: By;
  readonly part: "numerator" | "denominator";
}

const DAY_MS = 86_400_000;
const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** `today` is the local day. Without days in the address: the last 30. */
export function readView(search: Search, today: string): View {
  const until = isDay(search.until) ? search.until : today;
  const since = isDay(search.since) && search.since <= until ? search.since : daysBefore(until, 29);
  return {
    since,
    until,
    district: search.district ?? "",
    item: search.item ?? "",
    camera: search.camera ?? "",
    kpi: search.kpi ?? "in_time_rate",
    by: BY.find((one) => one === search.by) ?? "camera",
    part: search.part === "denominator" ? "denominator" : "numerator",
  };
}

export function writeView(view: View, today: string): Search {
  const plain = view.until === today && view.since === daysBefore(today, 29);
  return {
    since: plain ? undefined : view.since,
    until: plain ? undefined : view.until,
    district: view.district || undefined,
    item: view.item || undefined,
    camera: view.camera || undefined,
    kpi: view.kpi === "in_time_rate" ? undefined : view.kpi,
    by: view.by === "camera" ? undefined : view.by,
    part: view.part === "numerator" ? undefined : view.part,
  };
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days, both ends included. */
export function daysOf(view: View): number {
  return Math.round((Date.parse(view.until) - Date.parse(view.since)) / DAY_MS) + 1;
}

/** Steps fine enough to see a trend and few enough to draw. */
export function stepOf(view: View): Step {
  const days = daysOf(view);
  return days <= 31 ? "day" : days <= 190 ? "week" : "month";
}

type Unit = "share" | "minutes";
/** A share as `87.5 %`; minutes as a number and the word for its unit. Null: nothing was counted. */
export function said(value: number | null, unit: Unit): { n: string; unit: "%" | "min" | "h" | "d" } | null {
  if (value === null) return null;
  if (unit === "share") return { n: trim(value * 100, 1), unit: "%" };
  if (value < 90) return { n: trim(value, value < 10 ? 1 : 0), unit: "min" };
  return value < 48 * 60 ? { n: trim(value / 60, 1), unit: "h" } : { n: trim(value / 1440, 1), unit: "d" };
}

const trim = (value: number, digits: number) => String(Number(value.toFixed(digits)));

/** An SVG path through the values that are there, 0..1 across and down; empty for fewer than three: no trend. */
export function spark(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.flatMap((value, at) => (value === null ? [] : [[at, value] as const]));
  if (known.length < 3) return "";
  const all = known.map(([, value]) => value);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (at: number) => ((at / (values.length - 1)) * width).toFixed(1);
  const y = (value: number) =>
    (high === low ? height / 2 : height - ((value - low) / (high - low)) * height).toFixed(1);
  return known.map(([at, value], index) => `${index === 0 ? "M" : "L"}${x(at)} ${y(value)}`).join("");
}
