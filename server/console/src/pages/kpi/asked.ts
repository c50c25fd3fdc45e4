/** What the page asks of the server. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import type { Step, View } from "./view";

const FRESH_MS = 60_000;
export type Scope = Pick<View, "since" | "until" | "district" | "item" | "camera">;
const told = ({ since, until, district, item, camera }: Scope) => ({ since, until, district, item, camera });

/** Every figure of the whole range. */
export function useFigures(scope: Scope) {
  return useQuery({
    queryKey: ["kpi", "all", told(scope)],
    queryFn: () => body(api.GET("/api/kpis", { params: { query: told(scope) } })),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
}

/** Every figure step by step. */
export function useTrend(scope: Scope, step: Step) {
  return useQuery({
    queryKey: ["kpi", "trend", step, told(scope)],
    queryFn: () => body(api.GET("/api/kpis/trend", { params: { query: { ...told(scope), step } } })),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
}

/** Every figure by district, item, team or camera. */
export function useGroups(scope: Scope, by: View["by"]) {
  return useQuery({
    queryKey: ["kpi", "by", by, told(scope)],
    queryFn: () => body(api.GET("/api/kpis", { params: { query: { ...told(scope), by } } })),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
}

/** Cases by camera and hour. */
export function useHeat(scope: Scope) {
  return useQuery({
    queryKey: ["kpi", "heat", told(scope)],
    queryFn: () => body(api.GET("/api/kpis/heat", { params: { query: told(scope) } })),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
}

export interface Behind {
  readonly of: string;
  readonly total: number;
  readonly next: string | null;
  readonly rows: readonly {
    id: string;
    to: "case" | "subject" | "none";
    name: string;
    more: string;
    at: string;
  }[];
}

const AT_ONCE = 20;

/** The things behind a figure, a page of them with their names. */
export async function behind(view: View, after: string, language: string): Promise<Behind> {
  const query = { ...told(view), part: view.part, after, limit: AT_ONCE };
  const page = await body(api.GET("/api/kpis/{kpi}/behind", { params: { path: { kpi: view.kpi }, query } }));
  const rows = page.ids.length === 0 ? [] : await named(page.of, page.ids, language);
  return { of: page.of, total: page.total, next: page.next, rows };
}

async function named(of: string, ids: readonly string[], language: string): Promise<Behind["rows"]> {
  if (of === "subject")
    return Promise.all(
      ids.map(async (subject_id) => {
        const one = await body(api.GET("/api/subjects/{subject_id}", { params: { path: { subject_id } } }));
        return { id: one.id, to: "subject" as const, name: one.name, more: one.code ?? "", at: "" };
      }),
    );
  if (of === "alert")
    return Promise.all(
      ids.map(async (alert_id) => {
        const one = await body(api.GET("/api/alerts/{alert_id}", { params: { path: { alert_id } } }));
        const to = one.case_id ? ("case" as const) : ("none" as const);
        return { id: one.case_id ?? one.id, to, name: one.camera_id, more: one.violation, at: one.raised_at };
      }),
    );
  const query = { id: [...ids], limit: AT_ONCE };
  const { items } = await body(api.GET("/api/cases", { params: { query } }));
  return items.map((one) => ({
    id: one.id,
    to: "case" as const,
    name: `${one.number} ${one.subject_name}`,
    more: language === "en" ? one.state_en : one.state_zh,
    at: one.opened_at,
  }));
}
