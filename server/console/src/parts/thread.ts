/** A case's history as people read it: what each step did, and what it told. Pure. */

export interface Step {
  readonly ordinal: number;
  readonly kind: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}
export interface Change {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Not told again: the state is the step's own heading, and the rest are ids for machines. */
const SILENT = new Set(["state", "episode_id", "alert_id", "delegation_id"]);

/** What a step told, place as one thing, in the order it was told. */
export function toldBy(step: Step): [string, unknown][] {
  const { lon, lat, ...rest } = step.fields;
  const told = Object.entries(rest).filter(([name, value]) => !SILENT.has(name) && !isNothing(value));
  if (typeof lon === "number" && typeof lat === "number")
    told.unshift(["place", `${lon.toFixed(5)}, ${lat.toFixed(5)}`]);
  return told;
}

/** What changed in the case with a step, findings one by one; what the step told itself is not said twice. */
export function changesBy(step: Step): Change[] {
  const changes: Change[] = [];
  for (const name of Object.keys(step.after)) {
    if (SILENT.has(name)) continue;
    const [before, after] = [step.before[name], step.after[name]];
    if (isRecord(before) || isRecord(after)) changes.push(...inside(record(before), record(after)));
    else changes.push({ name, before, after });
  }
  return changes.filter((change) => !(change.name in step.fields));
}

function inside(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

export function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** The half of a text that the server wrote in both languages (`中文 / English`); any other text whole. */
export function inLanguage(text: string, language: string): string {
  const found = /^(.*[\u4e00-\u9fff].*?) \/ ([^\u4e00-\u9fff]+)$/s.exec(text);
  return (language === "en" ? found?.[2] : found?.[1]) ?? text;
}

/** The names of people and parties that the case itself tells, by id. */
export function namesIn(of: {
  readonly steps: readonly { readonly actor_id: string; readonly actor_name: string }[];
  readonly subject_id: string;
  readonly subject_name: string;
  readonly assignee_id: string | null;
  readonly assignee_name?: string;
}): ReadonlyMap<string, string> {
  const names = new Map(of.steps.map((step) => [step.actor_id, step.actor_name]));
  if (of.subject_name) names.set(of.subject_id, of.subject_name);
  if (of.assignee_id && of.assignee_name) names.set(of.assignee_id, of.assignee_name);
  return names;
}

export type Shown =
  | { readonly as: "text"; readonly text: string }
  | { readonly as: "word"; readonly word: string }
  | { readonly as: "moment"; readonly at: string }
  | { readonly as: "file"; readonly sha256: string }
  | { readonly as: "id"; readonly id: string };

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** How a value is shown: a time as a time, a hash as a file, a code as a word. */
export function shownAs(value: unknown): Shown[] {
  if (Array.isArray(value)) return value.flatMap(shownAs);
  if (typeof value === "boolean") return [{ as: "word", word: String(value) }];
  if (typeof value === "number") return [{ as: "text", text: String(Math.round(value * 1000) / 1000) }];
  if (isRecord(value)) return [{ as: "text", text: JSON.stringify(value) }];
  const text = String(value);
  if (SHA256.test(text)) return [{ as: "file", sha256: text }];
  if (UUID.test(text)) return [{ as: "id", id: text }];
  if (MOMENT.test(text)) return [{ as: "moment", at: text }];
  return [{ as: "word", word: text }];
}

/** Whether a step is the system's own, which a reader may fold away. */
export function isQuiet(step: Step & { readonly actor_role: string }): boolean {
  return step.kind === "note" && (step.actor_role === "sys" || step.actor_role === "ai");
}
