/** Versions put in force, who and why, what the edge said; and the way back to an older one. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { api, body } from "../../api/client";
import { newKey } from "../../api/keys";
import type { PlanVersionRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Answer, told } from "../../parts/states";
import { moment } from "../../parts/time";
import { grouped } from "./changes";
import { Faults } from "./Faults";
import type { Plan } from "./usePlan";
import { useWords } from "./words";

const TONE = { waiting: "tag warn", accepted: "tag good", refused: "tag bad", replaced: "tag" } as const;

export function Versions({
  edge,
  plan,
  nameOf,
}: {
  edge: string;
  plan: Plan;
  nameOf: (violation: string) => string;
}) {
  const t = useWords();
  const versions = useQuery({
    queryKey: ["plans", edge, "versions"],
    queryFn: () =>
      body(
        api.GET("/api/edges/{edge_id}/plan/versions", {
          params: { path: { edge_id: edge }, query: { limit: 100 } },
        }),
      ),
  });
  return (
    <details className="card camera-versions">
      <summary>
        <h2>{t("history.title")}</h2>
      </summary>
      <Answer of={versions} empty={(rows) => rows.length === 0} nothing={<p>{t("history.none")}</p>}>
        {(rows) => (
          <ol>
            {(rows as PlanVersionRead[]).map((row, index) => (
              <Version key={row.version} row={row} isNewest={index === 0} plan={plan} nameOf={nameOf} />
            ))}
          </ol>
        )}
      </Answer>
    </details>
  );
}

function Version({
  row,
  isNewest,
  plan,
  nameOf,
}: {
  row: PlanVersionRead;
  isNewest: boolean;
  plan: Plan;
  nameOf: (violation: string) => string;
}) {
  const t = useWords();
  const language = useLanguage();
  const lines = grouped(row.changes, language, nameOf).flatMap((group) => group.lines);
  return (
    <li>
      <p>
        <b>{t("history.version", { version: row.version })}</b>{" "}
        <span className={TONE[row.answer]}>{t(`history.answer.${row.answer}`)}</span>
        <br />
        <span className="camera-faint">
          {t("history.by", { name: row.made_by_name, at: moment(row.made_at, language) })}
        </span>
      </p>
      <blockquote>{row.note}</blockquote>
      {row.made_from ? <p className="camera-faint">{t("history.from", { version: row.made_from })}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Faults faults={row.faults} />
      {isNewest ? null : <Back row={row} plan={plan} />}
    </li>
  );
}

function Back({ row, plan }: { row: PlanVersionRead; plan: Plan }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const key = useRef(newKey());
  const back = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    try {
      await body(
        api.POST("/api/edges/{edge_id}/plan/versions/{version}/roll-back", {
          params: {
            path: { edge_id: row.edge_id, version: row.version },
            header: { "idempotency-key": key.current },
          },
          body: { note },
        }),
      );
      key.current = newKey();
      setOpen(false);
      plan.forget();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  if (!open)
    return (
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {t("history.back")}
      </button>
    );
  return (
    <form className="camera-force" onSubmit={(event) => void back(event)}>
      <label>
        {t("history.note")}
        {/* biome-ignore lint/a11y/noAutofocus: it was just asked for */}
        <input className="field" name="note" required maxLength={400} autoFocus />
      </label>
      {error ? (
        <p className="fault" role="alert">
          {told(error)}
        </p>
      ) : null}
      <div className="camera-row">
        <button type="submit" className="btn primary">
          {t("history.confirm")}
        </button>
        <button type="button" className="btn plain" onClick={() => setOpen(false)}>
          {t("history.cancel")}
        </button>
      </div>
    </form>
  );
}
