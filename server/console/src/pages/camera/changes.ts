/** Changes in the order in which people read them: by camera. Pure. */
import type { PlanChange } from "../../api/schema";
import type { Language } from "../../i18n";

export interface Group {
  readonly camera: string;
  readonly name: string;
  readonly lines: readonly string[];
}

/** The words of each change, camera by camera; violations by the names that people know. */
export function grouped(
  changes: readonly PlanChange[],
  language: Language,
  nameOf: (violation: string) => string,
): Group[] {
  const groups = new Map<string, { camera: string; name: string; lines: string[] }>();
  for (const change of changes) {
    const group = groups.get(change.camera_id) ?? {
      camera: change.camera_id,
      name: change.camera_name || change.camera_id,
      lines: [],
    };
    group.lines.push(worded(change, language, nameOf));
    groups.set(change.camera_id, group);
  }
  return [...groups.values()];
}

/** One change in words, with the violation's name in the place of its id. */
export function worded(
  change: PlanChange,
  language: Language,
  nameOf: (violation: string) => string,
): string {
  const text = language === "en" ? change.en : change.zh;
  const violation = change.facts?.violation;
  return typeof violation === "string" ? text.replace(violation, nameOf(violation)) : text;
}
