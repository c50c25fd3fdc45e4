/** The keys of the review. One listener; whoever types is left alone. */
import { useEffect, useRef } from "react";

const KEPT = "shouwei.review.keys";

/** Single keys can be switched off (WCAG 2.2, 2.1.4); Escape and undo with Control stay. */
export const singleKeys = {
  on: (): boolean => localStorage.getItem(KEPT) !== "off",
  set: (on: boolean): void => localStorage.setItem(KEPT, on ? "on" : "off"),
};

const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** The name of what was pressed: `j`, `Escape`, `ctrl+z`; null when it is not meant for the page. */
export function pressed(event: KeyboardEvent): string | null {
  if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return null;
  const target = event.target as HTMLElement | null;
  const typing = target !== null && (TYPING.has(target.tagName) || target.isContentEditable);
  const sliding = typing && ["range", "checkbox"].includes((target as HTMLInputElement).type);
  if (event.key === "Escape") return "Escape";
  if (typing && !sliding) return null;
  if (sliding && (event.key.startsWith("Arrow") || event.key === " ")) return null;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") return "ctrl+z";
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys.on()) return null;
  // A button that has the focus is pressed by space and enter itself.
  if ((event.key === " " || event.key === "Enter") && target?.closest("button, a, summary")) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** `act` answers whether it took the key. */
export function useKeys(act: (key: string) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = pressed(event);
      if (key !== null && latest.current(key)) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
