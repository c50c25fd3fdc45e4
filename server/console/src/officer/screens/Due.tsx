/** How much of the time is left. */
import { span } from "../saying";
import { useWords } from "../words";

const SOON_MS = 30 * 60_000;

export function Due({ at, now }: { at: string | null; now: number }) {
  const t = useWords();
  if (at === null) return <b className="o-tag">{t("task.noDue")}</b>;
  const left = Date.parse(at) - now;
  if (left < 0) return <b className="o-tag bad">{t("task.over", { time: span(left) })}</b>;
  return <b className={left < SOON_MS ? "o-tag warn" : "o-tag"}>{t("task.left", { time: span(left) })}</b>;
}
