/** What was just judged: on its way, kept without the network, or refused and back in the queue. */
import type { BoxView, Kept } from "./outbox";
import { useWords } from "./words";

interface Props {
  readonly box: BoxView;
  readonly stillThere: (caseId: string) => boolean;
  readonly seen: (key: string) => void;
  readonly open: (caseId: string) => void;
}

export function Strip({ box, stillThere, seen, open }: Props) {
  const t = useWords();
  if (box.waiting.length + box.refused.length + box.others === 0) return null;
  return (
    <section className="rv-strip" aria-label={t("box.label")}>
      {box.refused.map((entry) => (
        <p key={entry.key} className="rv-refused" role="alert">
          <b>{t("box.refused", { number: entry.number })}</b> {meaning(entry, stillThere(entry.caseId), t)}
          {stillThere(entry.caseId) ? (
            <button type="button" className="btn" onClick={() => open(entry.caseId)}>
              {t("box.back")}
            </button>
          ) : null}
          <button type="button" className="btn" onClick={() => seen(entry.key)}>
            {t("box.seen")}
          </button>
        </p>
      ))}
      {box.waiting.length > 0 ? (
        <p>
          {t("box.waiting", { n: box.waiting.length })}
          {box.offline ? ` · ${t("box.offline")}` : ""}
        </p>
      ) : null}
      {box.others > 0 ? <p>{t("box.others", { n: box.others })}</p> : null}
    </section>
  );
}

function meaning(entry: Kept, there: boolean, t: ReturnType<typeof useWords>): string {
  const { code = "", title = "" } = entry.refusal ?? {};
  if (code === "case.stale_version" && there) return t("box.changed");
  if (!there) return t("box.settled");
  return `${title} (${code})`;
}
