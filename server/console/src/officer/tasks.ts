/** My tasks as the pages show them: with what was decided here, and how far they are. */
import { useMemo } from "react";
import type { Task } from "../api/schema";
import { useLanguage } from "../i18n";
import { asIf, type Seen } from "./asif";
import { useKept } from "./kept/state";
import { distanceM, type Spot } from "./place";

export function useSeen(): Seen[] {
  const { tasks, entries, me } = useKept();
  return useMemo(() => {
    const mine = entries.filter((entry) => entry.person === me?.id);
    return (tasks?.tasks ?? []).map((task) => asIf(task, mine));
  }, [tasks, entries, me]);
}

export function useTask(caseId: string): Seen | null {
  return useSeen().find((seen) => seen.task.case.id === caseId) ?? null;
}

export function spotOf(task: Task): Spot | null {
  return task.lon === null || task.lat === null ? null : { lon: task.lon, lat: task.lat };
}

/** Metres from here; null when either is unknown. */
export function farFrom(here: Spot | null, task: Task): number | null {
  const spot = spotOf(task);
  return here === null || spot === null ? null : distanceM(here, spot);
}

export function useItemName(): (task: Task) => string {
  const language = useLanguage();
  return (task) => (language === "en" ? task.item_name_en : task.item_name_zh);
}

/** Where it is, in words: what was told, else the subject's address, else the camera. */
export function addressOf(task: Task): string {
  return task.address || task.subject.address || task.case.camera_id;
}
