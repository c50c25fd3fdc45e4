/** Values of figures in words. */
import type { KpiRead } from "../../api/schema";
import { said } from "./view";
import { useWords } from "./words";

/** `87.5%`, `35 分钟`, or that nothing was counted. */
export function useSay(): (value: number | null, unit: KpiRead["unit"]) => string {
  const t = useWords();
  return (value, unit) => {
    const told = said(value, unit);
    if (told === null) return t("none");
    return told.unit === "%" ? `${told.n}%` : `${told.n} ${t(`unit.${told.unit}`)}`;
  };
}
