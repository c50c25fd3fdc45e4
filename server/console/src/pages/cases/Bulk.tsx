/** What is safe to do with the chosen cases at once: asked once, done one by one, the outcome of each shown. */
import { useState } from "react";
import type { CaseRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { OfficerPicker } from "../../parts/Pickers";
import { useMeaning } from "../../parts/Refused";
import { type Offer, offers } from "./bulk";
import { type Outcome, useRun } from "./run";
import { useWords } from "./words";

interface Props {
  readonly rows: readonly CaseRead[];
  readonly clear: () => void;
  readonly moved: (row: CaseRead) => void;
}

export function Bulk({ rows, clear, moved }: Props) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const [opened, setOpened] = useState<Offer<CaseRead> | null>(null);
  const found = offers(rows, roles);
  return (
    <section className="cases-bulk card" aria-label={t("bulk.chosen", { n: rows.length })}>
      <div className="moves-row">
        <b aria-live="polite">{t("bulk.chosen", { n: rows.length })}</b>
        {opened === null
          ? found.map((offer) => (
              <button
                key={offer.move.name}
                type="button"
                className="btn primary"
                onClick={() => setOpened(offer)}
              >
                {t("bulk.offer", { move: t(`bulk.${offer.move.name}`), n: offer.can.length })}
              </button>
            ))
          : null}
        {opened === null && found.length === 0 ? <span>{t("bulk.none")}</span> : null}
        {opened === null ? (
          <button type="button" className="btn plain" onClick={clear}>
            {t("bulk.clear")}
          </button>
        ) : null}
      </div>
      {opened ? (
        <Doing
          offer={opened}
          moved={moved}
          close={(all) => {
            setOpened(null);
            if (all) clear();
          }}
        />
      ) : null}
    </section>
  );
}

function Doing({
  offer,
  moved,
  close,
}: {
  offer: Offer<CaseRead>;
  moved: Props["moved"];
  close: (all: boolean) => void;
}) {
  const t = useWords();
  const { move, can, cannot } = offer;
  const [reason, setReason] = useState("");
  const [into, setInto] = useState(move.name === "duplicate" ? (can.at(-1)?.id ?? "") : "");
  const [officer, setOfficer] = useState("");
  const rows = move.name === "duplicate" ? can.filter((row) => row.id !== into) : can;
  const fields: Record<string, unknown> =
    move.name === "duplicate"
      ? { duplicate_of: into }
      : move.name === "assign"
        ? { assignee_id: officer }
        : {};
  const run = useRun(move.to, moved);
  const ready = (!move.needsReason || reason.trim() !== "") && (move.name !== "assign" || officer !== "");
  const failed = rows.filter((row) => ["refused", "away"].includes(run.outcomes.get(row.id)?.state ?? ""));
  const done = rows.filter((row) => run.outcomes.get(row.id)?.state === "done").length;
  const go = (which: readonly CaseRead[]) => void run.go(which, reason.trim(), fields);
  if (run.outcomes.size > 0)
    return (
      <div className="cases-outcome">
        <p role="status">
          {run.running
            ? t("bulk.going", { done, all: rows.length })
            : t("bulk.told", { done, refused: failed.length })}
        </p>
        <progress
          max={rows.length}
          value={done + failed.length}
          aria-label={t("bulk.going", { done, all: rows.length })}
        />
        <Outcomes rows={rows} outcomes={run.outcomes} />
        <div className="moves-row">
          {!run.running && failed.length > 0 ? (
            <button type="button" className="btn primary" onClick={() => go(failed)}>
              {t("bulk.retry", { n: failed.length })}
            </button>
          ) : null}
          <button type="button" className="btn" disabled={run.running} onClick={() => close(true)}>
            {t("bulk.close")}
          </button>
        </div>
      </div>
    );
  return (
    <form
      className="cases-outcome"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) go(rows);
      }}
    >
      {cannot.length > 0 ? <Left cannot={cannot} /> : null}
      {move.name === "duplicate" ? (
        <label className="cases-field">
          <span>{t("bulk.into")}</span>
          <select className="field" value={into} onChange={(event) => setInto(event.target.value)}>
            {can.map((row) => (
              <option key={row.id} value={row.id}>
                {row.number}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {move.name === "assign" && can[0] ? (
        <div className="cases-field">
          <label htmlFor="bulk-officer">{t("bulk.officer")}</label>
          <OfficerPicker id="bulk-officer" caseId={can[0].id} chosen={officer} choose={setOfficer} />
        </div>
      ) : null}
      <label className="cases-field">
        <span>{t(move.needsReason ? "bulk.reason" : "bulk.reasonFree")}</span>
        <input
          className="field"
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="moves-row">
        <button type="submit" className="btn primary" disabled={!ready}>
          {t("bulk.go", { n: rows.length })}
        </button>
        <button type="button" className="btn" onClick={() => close(false)}>
          {t("bulk.cancel")}
        </button>
      </div>
    </form>
  );
}

/** What the move leaves out, counted by why. */
function Left({ cannot }: { cannot: Offer<CaseRead>["cannot"] }) {
  const t = useWords();
  const counts = new Map<Offer<CaseRead>["cannot"][number]["why"], number>();
  for (const { why } of cannot) counts.set(why, (counts.get(why) ?? 0) + 1);
  return (
    <p>
      {t("bulk.left", { n: cannot.length })}{" "}
      {[...counts].map(([why, n]) => t(`bulk.out.${why}`, { n })).join(" · ")}
    </p>
  );
}

function Outcomes({ rows, outcomes }: { rows: readonly CaseRead[]; outcomes: ReadonlyMap<string, Outcome> }) {
  const t = useWords();
  const meaning = useMeaning();
  return (
    <ul className="cases-outcomes">
      {rows.map((row) => {
        const one = outcomes.get(row.id);
        return (
          <li key={row.id} className={one?.state ?? "waiting"}>
            <span className="num">{row.number}</span> <b>{t(`bulk.result.${one?.state ?? "waiting"}`)}</b>{" "}
            {one?.problem ? meaning(one.problem.code, one.problem.title) : null}
          </li>
        );
      })}
    </ul>
  );
}
