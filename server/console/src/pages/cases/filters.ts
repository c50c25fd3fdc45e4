/** The filters of the list, as they stand in the address bar, and as the server is asked. Pure. */
import type { operations } from "../../api/schema";
import { dayOf, utcOf } from "../../parts/time";

export type Query = NonNullable<operations["list_cases_api_cases_get"]["parameters"]["query"]>;
export type Sort = "newest" | "oldest" | "due";
export interface Filters {
  readonly state: readonly string[];
  readonly open: boolean;
  readonly overdue: boolean;
  readonly urgent: boolean;
  readonly mine: boolean;
  readonly item: string;
  readonly camera: string;
  readonly district: string;
  readonly subject: string;
  readonly number: string;
  /** Days in the city, both included: `2026-11-20`. */
  readonly from: string;
  readonly to: string;
  readonly sort: Sort;
}
export const NONE: Filters = {
  state: [],
  open: false,
  overdue: false,
  urgent: false,
  mine: false,
  item: "",
  camera: "",
  district: "",
  subject: "",
  number: "",
  from: "",
  to: "",
  sort: "newest",
};
const DAY = /^\d{4}-\d\d-\d\d$/;
const STATE = /^(A[0-3]|W[0-9X]|L[1-5]|L8|L9|C[1-8]|V)$/;
const UUID = /^[0-9a-f-]{36}$/;

/** What an address says; anything that is no filter is as if it were not there. */
export function readFilters(search: Readonly<Record<string, string | undefined>>): Filters {
  const text = (name: string, form = /^.{1,64}$/) =>
    form.test(search[name] ?? "") ? (search[name] ?? "") : "";
  const on = (name: string) => search[name] === "1";
  const sort = search.sort;
  return {
    state: (search.state ?? "").split(",").filter((state) => STATE.test(state)),
    open: on("open"),
    overdue: on("overdue"),
    urgent: on("urgent"),
    mine: on("mine"),
    item: text("item", /^CG-\d{2}$/),
    camera: text("camera"),
    district: text("district", /^.{1,40}$/),
    subject: text("subject", UUID),
    number: text("number", /^.{1,40}$/),
    from: text("from", DAY),
    to: text("to", DAY),
    sort: sort === "oldest" || sort === "due" ? sort : "newest",
  };
}

/** The address of these filters; what is as usual is left out. */
export function writeFilters(filters: Filters): Record<string, string | undefined> {
  const flag = (on: boolean) => (on ? "1" : undefined);
  return {
    state: filters.state.join(",") || undefined,
    open: flag(filters.open),
    overdue: flag(filters.overdue),
    urgent: flag(filters.urgent),
    mine: flag(filters.mine),
    item: filters.item || undefined,
    camera: filters.camera || undefined,
    district: filters.district || undefined,
    subject: filters.subject || undefined,
    number: filters.number || undefined,
    from: filters.from || undefined,
    to: filters.to || undefined,
    sort: filters.sort === "newest" ? undefined : filters.sort,
  };
}

/** What the server is asked. Numbers are looked for from three characters on. */
export function queryOf(filters: Filters): Query {
  const query: Query = { sort: filters.sort };
  if (filters.state.length > 0) query.state = [...filters.state] as NonNullable<Query["state"]>;
  if (filters.open) query.open_only = true;
  if (filters.overdue) query.overdue = true;
  if (filters.urgent) query.urgent = true;
  if (filters.mine) query.mine = true;
  if (filters.item) query.item = filters.item;
  if (filters.camera) query.camera_id = filters.camera;
  if (filters.district) query.district = filters.district;
  if (filters.subject) query.subject_id = filters.subject;
  if (filters.number.trim().length >= 3) query.number = filters.number.trim();
  if (filters.from) query.opened_from = utcOf(filters.from);
  if (filters.to) query.opened_to = dayAfter(filters.to);
  return query;
}

/** The instant at which the day after begins: the last day is included. */
function dayAfter(day: string): string {
  return new Date(Date.parse(utcOf(day)) + 86_400_000).toISOString();
}

export type Preset = "all" | "open" | "today" | "overdue" | "mine" | "waiting";
interface Listed {
  readonly frm: string;
  readonly who: string;
}

/** The ready-made views. `waiting`: the open states that somebody with these roles moves on; an officer's own only. */
export function preset(name: Preset, now: Date, roles: readonly string[], moves: readonly Listed[]): Filters {
  switch (name) {
    case "all":
      return NONE;
    case "open":
      return { ...NONE, open: true };
    case "today":
      return { ...NONE, from: dayOf(now.toISOString()) };
    case "overdue":
      return { ...NONE, overdue: true, sort: "due" };
    case "mine":
      return { ...NONE, mine: true, open: true, sort: "due" };
    case "waiting": {
      const state = [
        ...new Set(moves.filter((move) => roles.includes(move.who)).map((move) => move.frm)),
      ].sort();
      const own =
        roles.includes("officer") &&
        !roles.some((role) => role !== "officer" && moves.some((m) => m.who === role));
      return { ...NONE, state, open: true, mine: own, sort: "due" };
    }
  }
}

/** Whether two sets of filters are the same view. */
export function same(one: Filters, other: Filters): boolean {
  return JSON.stringify(writeFilters(one)) === JSON.stringify(writeFilters(other));
}
