/** One move made for several cases, three at a time, each with a key of its own that is kept for every further try. */
import { useRef, useState } from "react";
import { api, body, Problem } from "../../api/client";
import { newKey } from "../../api/keys";
import type { CaseRead } from "../../api/schema";

export interface Outcome {
  readonly state: "running" | "done" | "refused" | "away";
  readonly problem?: Problem;
}
const AT_ONCE = 3;

export function useRun(to: string, moved: (row: CaseRead) => void) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [running, setRunning] = useState(false);
  const keys = useRef(new Map<string, string>());
  const versions = useRef(new Map<string, number>());
  const put = (id: string, outcome: Outcome) => setOutcomes((before) => new Map(before).set(id, outcome));
  const one = async (row: CaseRead, reason: string, fields: Record<string, unknown>) => {
    put(row.id, { state: "running" });
    const key = keys.current.get(row.id) ?? newKey();
    keys.current.set(row.id, key);
    const version = versions.current.get(row.id) ?? row.version;
    try {
      const after = await body(
        api.POST("/api/cases/{case_id}/actions", {
          params: {
            path: { case_id: row.id },
            header: { "if-match": `"${version}"`, "idempotency-key": key },
          },
          body: { to: to as CaseRead["state"], reason, fields },
        }),
      );
      put(row.id, { state: "done" });
      moved(after);
    } catch (error) {
      if (!(error instanceof Problem)) put(row.id, { state: "away" });
      else {
        // Somebody was first. A further try is of the case as it is now, which the person has been told of.
        if (error.status === 412 && typeof error.facts.current === "number")
          versions.current.set(row.id, error.facts.current);
        put(row.id, { state: "refused", problem: error });
      }
    }
  };
  const go = async (rows: readonly CaseRead[], reason: string, fields: Record<string, unknown>) => {
    setRunning(true);
    const waiting = [...rows];
    const worker = async () => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift())
        await one(row, reason, fields);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    setRunning(false);
  };
  return { outcomes, running, go };
}
