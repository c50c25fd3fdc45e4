/** Where the visitor stands: at the door, refused, or inside. One for the page, outside of React. */
import { Offline } from "../api/client";
import { become, knock, memory } from "./server";
import { enter, type Known, type Open } from "./visit";

export type Door =
  | { readonly at: "opening" }
  | { readonly at: "away" }
  | { readonly at: "refused" }
  | { readonly at: "nothing" }
  | { readonly at: "choosing"; readonly known: readonly Known[] }
  | { readonly at: "inside"; readonly open: Open };

let door: Door = { at: "opening" };
let wanted: string | null = null;
const listeners = new Set<() => void>();

export const watch = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const where = () => door;

function stand(next: Door): void {
  door = next;
  for (const listener of listeners) listener();
}

/** Opens with a code, or with what this phone knows. */
export async function arrive(code: string | null): Promise<void> {
  wanted = code;
  await stepIn(() => enter(memory, code, knock, Date.now()));
}

/** The same again, after the line was away. */
export const again = () => arrive(wanted);

/** One of the matters that this phone knows. */
export async function choose(known: Known): Promise<void> {
  await stepIn(() => memory.use(known.next, known.origins[0] ?? "", knock));
}

/** The visit ran out: this phone knows the next code of the same matter. */
export async function renew(open: Open): Promise<void> {
  memory.leave();
  const known = memory.of(open.origin);
  if (known === undefined) stand({ at: "refused" });
  else await choose(known);
}

/** This phone is to know nothing of it any more. */
export function forget(open: Open): void {
  memory.forget(open.origin);
  become("");
  stand({ at: "nothing" });
}

async function stepIn(open: () => Promise<Open | "refused" | null>): Promise<void> {
  stand({ at: "opening" });
  try {
    const found = await open();
    if (found === "refused") stand({ at: "refused" });
    else if (found === null) {
      const known = memory.known();
      stand(known.length === 0 ? { at: "nothing" } : { at: "choosing", known });
    } else {
      become(found.token);
      stand({ at: "inside", open: found });
    }
  } catch (error) {
    stand(error instanceof Offline ? { at: "away" } : { at: "refused" });
  }
}
