/** A form half filled in outlives a killed tab: kept on the phone until it is handed in, or its owner logs out. */
import { useCallback, useState } from "react";

const BEGIN = "shouwei.officer.draft.";

/** The form's values, changing one of them, and forgetting them all. */
export function useDraft<T extends object>(
  name: string,
  first: T,
): [T, (part: Partial<T>) => void, () => void] {
  const [values, setValues] = useState<T>(() => ({ ...first, ...read(name) }));
  const change = useCallback(
    (part: Partial<T>) =>
      setValues((old) => {
        const next = { ...old, ...part };
        localStorage.setItem(BEGIN + name, JSON.stringify(next));
        return next;
      }),
    [name],
  );
  const forget = useCallback(() => localStorage.removeItem(BEGIN + name), [name]);
  return [values, change, forget];
}

function read(name: string): object {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(BEGIN + name) ?? "{}");
    return typeof told === "object" && told !== null ? told : {};
  } catch {
    return {};
  }
}

export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(BEGIN)) localStorage.removeItem(key);
}
