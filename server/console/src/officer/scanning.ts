/** From a code to what it stands for: among the tasks on the phone first, then on the server. */
import { api, body } from "../api/client";
import type { Scanned, Task } from "../api/schema";

/** A case or subject among my tasks that a code names; works without a network. */
export function foundHere(text: string, tasks: readonly Task[]): Task | null {
  const told = text.trim();
  const upper = told.toUpperCase();
  return (
    tasks.find(
      (task) =>
        upper.includes(task.case.number) ||
        (task.subject.code !== null && upper.includes(task.subject.code)) ||
        task.documents.some((one) => told === one.token || told.endsWith(`/verify/${one.token}`)),
    ) ?? null
  );
}

/** What the server knows of it. Raises Problem (404 nothing) or Offline. */
export async function lookUp(text: string): Promise<Scanned> {
  return body(api.POST("/api/officer/scans", { body: { text } }));
}
