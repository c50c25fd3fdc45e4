/** White for sunlight, black for the night: the choice is the console's too. */
import { useSyncExternalStore } from "react";

type Light = "light" | "dark";
const KEPT = "shouwei.theme";
const listeners = new Set<() => void>();

/** What was chosen; white where nobody chose, because officers stand in the sun. */
export function light(): Light {
  return localStorage.getItem(KEPT) === "dark" ? "dark" : "light";
}

export function chooseLight(next: Light): void {
  localStorage.setItem(KEPT, next);
  document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener();
}

export function useLight(): Light {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, light);
}
