/** The address is the view: `/officer/?at=do&case=…&what=order`. The phone's back button goes back. */
import { useSyncExternalStore } from "react";

export const PLACES = ["tasks", "task", "do", "scan", "report", "sending", "me", "login"] as const;
export type At = (typeof PLACES)[number];
export const DEEDS = [
  "arrive",
  "refuse",
  "ask",
  "order",
  "spot",
  "corrected",
  "pledge",
  "verdict",
  "false",
  "nobody",
  "found",
] as const;
export type Deed = (typeof DEEDS)[number];

export interface View {
  readonly at: At;
  readonly caseId: string;
  readonly what: Deed | null;
}

export function viewOf(search: string): View {
  const told = new URLSearchParams(search);
  const at = PLACES.find((one) => one === told.get("at")) ?? "tasks";
  return { at, caseId: told.get("case") ?? "", what: DEEDS.find((one) => one === told.get("what")) ?? null };
}

export function addressOf(view: Partial<View>): string {
  const told = new URLSearchParams();
  if (view.at !== undefined && view.at !== "tasks") told.set("at", view.at);
  if (view.caseId) told.set("case", view.caseId);
  if (view.what) told.set("what", view.what);
  const search = told.toString();
  return search ? `/officer/?${search}` : "/officer/";
}

const listeners = new Set<() => void>();
addEventListener("popstate", () => say());

function say(): void {
  for (const listener of listeners) listener();
}

/** Go to a view; `instead` leaves no way back to this one. */
export function go(view: Partial<View>, instead = false): void {
  history[instead ? "replaceState" : "pushState"]({ own: true }, "", addressOf(view));
  say();
}

/** Back to where one came from; to `otherwise` when the app was opened here. */
export function back(otherwise: Partial<View> = {}): void {
  if ((history.state as { own?: boolean } | null)?.own) history.back();
  else go(otherwise, true);
}

export function useView(): View {
  const search = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => location.search,
  );
  return viewOf(search);
}
