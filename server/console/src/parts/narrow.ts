/** Whether the window is as narrow as a phone's. */
import { useSyncExternalStore } from "react";

const phone = matchMedia("(max-width: 720px)");

function listen(changed: () => void): () => void {
  phone.addEventListener("change", changed);
  return () => phone.removeEventListener("change", changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => phone.matches);
}
