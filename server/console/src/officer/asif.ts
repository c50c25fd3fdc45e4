/** A task as it stands once everything decided on this phone has been sent. Pure. */
import type { Task } from "../api/schema";
import type { Entry } from "./outbox/entry";
import { inOrder } from "./outbox/plan";

export interface Seen {
  readonly task: Task;
  /** The state after what was decided here. */
  readonly state: string;
  /** The version to decide on next. */
  readonly version: number;
  /** How much of this case is not on the server yet. */
  readonly unsent: number;
  readonly refused: Entry | null;
}

/** `entries` are those of the person; a task newer than an answer needs no help of that answer. */
export function asIf(task: Task, entries: readonly Entry[]): Seen {
  let { state, version } = task.case as { state: string; version: number };
  let unsent = 0;
  let refused: Entry | null = null;
  for (const entry of inOrder(entries)) {
    if (entry.chain !== task.case.id) continue;
    if (entry.standing === "refused") refused ??= entry;
    if (entry.standing !== "done") unsent += 1;
    if (entry.route.kind !== "move" || refused !== null) continue;
    if (entry.standing === "done") {
      if ((entry.answer?.version ?? 0) <= version) continue;
      version = entry.answer?.version ?? version;
      state = entry.answer?.state ?? entry.route.to;
    } else {
      state = entry.route.to;
    }
  }
  return { task, state, version, unsent, refused };
}

/** Whether nobody needs this entry any more: acknowledged, and its chain with it. */
export function isOver(entry: Entry, entries: readonly Entry[], tasks: readonly Task[]): boolean {
  if (entry.standing !== "done") return false;
  if (entries.some((one) => one.chain === entry.chain && one.standing !== "done")) return false;
  const task = tasks.find((one) => one.case.id === entry.chain);
  return task === undefined || task.case.version >= (entry.answer?.version ?? 0);
}

/** With somebody else for now: nothing to do on the street. */
const HANDED_ON: readonly string[] = ["W7", "W8", "WX", "L1", "W1"];
const handedOn = (one: Seen) => (HANDED_ON.includes(one.state) ? 1 : 0);

/** What comes first: what is in one's own hands, by how far it is (unknown last) or by when it is due. */
export function sorted(
  seen: readonly Seen[],
  by: "near" | "due",
  distance: (task: Task) => number | null,
): Seen[] {
  const due = (one: Seen) =>
    one.task.case.due_at === null || one.task.case.due_at === undefined
      ? Number.POSITIVE_INFINITY
      : Date.parse(one.task.case.due_at);
  const far = (one: Seen) => distance(one.task) ?? Number.POSITIVE_INFINITY;
  const measure = by === "near" ? [handedOn, far, due] : [handedOn, due, far];
  return [...seen].sort((one, other) => {
    for (const of of measure) {
      const [a, b] = [of(one), of(other)];
      if (a !== b) return a - b;
    }
    return one.task.case.number < other.task.case.number ? -1 : 1;
  });
}
