import { useSyncExternalStore } from "react";

const narrow = matchMedia("(max-width: 720px)");
const watch = (listener: () => void) => {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
};

/** Whether there is room for a phone's columns only. */
export const usePhone = () => useSyncExternalStore(watch, () => narrow.matches);
