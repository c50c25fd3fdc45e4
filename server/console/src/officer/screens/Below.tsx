/** What stands under the thumb, between the page and the five places: never over the page, so nothing hides behind it. */
import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";

export const Slot = createContext<HTMLElement | null>(null);

export function Below({ children }: { children: ReactNode }) {
  const slot = useContext(Slot);
  return slot === null ? null : createPortal(<div className="o-next">{children}</div>, slot);
}
