/** What changes on the server, as it changes: one stream for the whole page, and the queries it makes stale. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

/** Which queries (by the first word of their key) a kind of change makes stale. */
const STALE: Record<string, readonly string[]> = {
  alert: ["alerts", "cases", "review", "map"],
  case: ["cases", "case", "review", "desk", "tasks", "map"],
  claim: ["claims", "review"],
  camera: ["cameras", "map"],
  edge: ["edges", "cameras", "plans"],
  plan: ["plans", "edges"],
  probe: ["probe"],
  still: ["stills"],
  objection: ["objections", "case", "desk"],
  dead_letter: ["edges", "dead-letters"],
  notice: ["notices", "inbox"],
  verdict: ["alerts"],
};
/** One change: the kind, whose (its id), and the facts that the server tells with it. */
export interface Heard {
  readonly kind: string;
  readonly key: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
const listeners = new Set<() => void>();
const ears = new Set<(heard: Heard) => void>();
let live = false;

function say(next: boolean): void {
  live = next;
  for (const listener of listeners) listener();
}

/** Keeps the stream open while mounted. The browser reconnects by itself and says where it was (Last-Event-ID). */
export function useEvents(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return undefined;
    const source = new EventSource("/api/events");
    source.onopen = () => say(true);
    source.onerror = () => say(false);
    for (const kind of Object.keys(STALE))
      source.addEventListener(kind, (event) => heard(client, kind, event));
    return () => {
      source.close();
      say(false);
    };
  }, [client, enabled]);
}

function heard(client: QueryClient, kind: string, event: Event): void {
  const told = JSON.parse((event as MessageEvent<string>).data) as Heard;
  for (const ear of ears) ear({ ...told, kind });
  for (const name of STALE[kind] ?? []) {
    const key = name === kind ? [name, told.key] : [name];
    void client.invalidateQueries({ queryKey: key });
  }
}

/** Hears every change itself, for pages that keep more than a query can read again. `listen` must be stable. */
export function useHeard(listen: (heard: Heard) => void): void {
  useEffect(() => {
    ears.add(listen);
    return () => {
      ears.delete(listen);
    };
  }, [listen]);
}

/** Whether the stream stands. */
export function useLive(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => live,
  );
}
