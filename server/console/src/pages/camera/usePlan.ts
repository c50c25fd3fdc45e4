/** The plan of an edge, edited: every change is kept in the server's draft, in order, and can be taken back. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, body, Problem } from "../../api/client";
import type { PlanDraftRead, PlanState } from "../../api/schema";
import { begun, changed, type History, redone, undone } from "../../parts/history";
import { type Camera, type Cameras, form, planned, withCamera } from "./plan";

const WAIT_MS = 400;
type Keeping = "kept" | "keeping" | "taken" | "failed";

export const planKey = (edge: string) => ["plans", edge] as const;

// Pairs of numbers come out of openapi-fetch as plain lists; the schema says that they are pairs.
export async function readPlan(edge: string): Promise<PlanState> {
  return (await body(
    api.GET("/api/edges/{edge_id}/plan", { params: { path: { edge_id: edge } } }),
  )) as PlanState;
}

export function usePlan(edge: string) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: planKey(edge), queryFn: () => readPlan(edge) });
  const state = query.data;
  const [history, setHistory] = useState<History<Cameras> | null>(null);
  const [keeping, setKeeping] = useState<Keeping>("kept");
  const [error, setError] = useState<Error | null>(null);
  const box = useRef<{ revision: number; busy: boolean; next: Cameras | null }>({
    revision: -1,
    busy: false,
    next: null,
  });

  const push = useCallback(async () => {
    const own = box.current;
    if (own.busy || own.next === null) return;
    const sent = own.next;
    own.next = null;
    own.busy = true;
    setKeeping("keeping");
    try {
      // After a plan was put in force the number is not known until it is asked for.
      if (own.revision < 0) own.revision = (await readPlan(edge)).revision;
      await client.cancelQueries({ queryKey: planKey(edge), exact: true });
      const draft = (await body(
        api.PUT("/api/edges/{edge_id}/plan/draft", {
          params: { path: { edge_id: edge }, header: { "if-match": `"${own.revision}"` } },
          body: { cameras: sent.map(form) },
        }),
      )) as PlanDraftRead;
      own.revision = draft.revision;
      client.setQueryData(planKey(edge), (old: PlanState | undefined) =>
        old ? { ...old, revision: draft.revision, draft } : old,
      );
      setKeeping("kept");
      setError(null);
    } catch (failure) {
      const isTaken = failure instanceof Problem && failure.status === 412;
      own.next = isTaken ? null : (own.next ?? sent);
      setKeeping(isTaken ? "taken" : "failed");
      setError(failure instanceof Error ? failure : new Error(String(failure)));
      own.busy = false;
      return;
    }
    own.busy = false;
    if (own.next !== null) void push();
  }, [client, edge]);

  // What others wrote is shown as soon as nothing of one's own waits to be kept.
  useEffect(() => {
    const own = box.current;
    // Revisions only grow: an answer that was asked for before one's own writing is old news.
    if (!state || own.busy || own.next !== null || state.revision <= own.revision) return;
    if (own.revision >= 0) setHistory(null);
    own.revision = state.revision;
    setKeeping("kept");
  }, [state]);

  useEffect(() => {
    if (history === null || box.current.next === null) return undefined;
    const timer = setTimeout(() => void push(), WAIT_MS);
    return () => clearTimeout(timer);
  }, [history, push]);
  useEffect(() => () => void push(), [push]);

  const cameras = history?.now ?? (state ? planned(state) : []);
  const move = (next: History<Cameras>) => {
    if (next.now === history?.now) return;
    box.current.next = next.now;
    setHistory(next);
    setKeeping("keeping");
  };
  return {
    query,
    state,
    cameras,
    keeping,
    error,
    change: (camera: Camera) => move(changed(history ?? begun(cameras), withCamera(cameras, camera))),
    remove: (id: string) =>
      move(
        changed(
          history ?? begun(cameras),
          cameras.filter((camera) => camera.id !== id),
        ),
      ),
    undo: () => history && move(undone(history)),
    redo: () => history && move(redone(history)),
    canUndo: (history?.past.length ?? 0) > 0,
    canRedo: (history?.future.length ?? 0) > 0,
    again: () => void push(),
    /** What stands in the draft is taken over, whoever wrote it; one's own unkept changes are gone. */
    takeTheirs: () => {
      box.current.next = null;
      box.current.revision = -1;
      setHistory(null);
      setError(null);
      void client.invalidateQueries({ queryKey: planKey(edge) });
    },
    /** After something was done to the plan as a whole. */
    forget: () => {
      box.current.revision = -1;
      setHistory(null);
      void client.invalidateQueries({ queryKey: ["plans"] });
    },
    revision: () => box.current.revision,
    isKept: keeping === "kept",
  };
}

export type Plan = ReturnType<typeof usePlan>;
