/** Large type and high contrast, as chosen on this phone. */
import { useEffect, useState } from "react";

export interface Look {
  readonly big: boolean;
  readonly contrast: boolean;
}
const KEPT = "shouwei.party.look";

export function useLook(): [Look, (change: Partial<Look>) => void] {
  const [look, set] = useState<Look>(kept);
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.type = look.big ? "big" : "plain";
    root.dataset.contrast = look.contrast ? "high" : "plain";
  }, [look]);
  const change = (next: Partial<Look>) => {
    const made = { ...look, ...next };
    localStorage.setItem(KEPT, JSON.stringify(made));
    set(made);
  };
  return [look, change];
}

function kept(): Look {
  const plain = { big: false, contrast: matchMedia("(prefers-contrast: more)").matches };
  try {
    return { ...plain, ...(JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Look>) };
  } catch {
    return plain;
  }
}
