/** What will change, why, put in force, and the edge's answer as it comes. */
import { type FormEvent, useRef, useState } from "react";
import { api, body } from "../../api/client";
import { newKey } from "../../api/keys";
import type { PlanState } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { told } from "../../parts/states";
import { grouped } from "./changes";
import { Faults } from "./Faults";
import type { Plan } from "./usePlan";
import { useWords } from "./words";

export function Changes({
  state,
  plan,
  nameOf,
}: {
  state: PlanState;
  plan: Plan;
  nameOf: (violation: string) => string;
}) {
  const t = useWords();
  const language = useLanguage();
  const draft = state.draft;
  const groups = grouped(draft?.changes ?? [], language, nameOf);
  const faults = draft?.faults ?? [];
  return (
    <section className="card camera-changes" aria-labelledby="camera-changes">
      <h2 id="camera-changes">{t("changes.title")}</h2>
      <Kept plan={plan} />
      {groups.length === 0 ? <p className="camera-faint">{t("changes.none")}</p> : null}
      {groups.map((group) => (
        <div key={group.camera}>
          <b>{group.name}</b>
          <ul>
            {group.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
      {draft && groups.length > 1 ? <p className="camera-faint">{t("changes.others")}</p> : null}
      {faults.length > 0 && groups.length > 0 ? (
        <>
          <p>{t("changes.faults")}</p>
          <Faults faults={faults} />
        </>
      ) : null}
      {draft ? (
        <Force
          plan={plan}
          edge={state.edge_id}
          isReady={groups.length > 0 && faults.length === 0 && plan.isKept}
        />
      ) : null}
      <Answered state={state} />
    </section>
  );
}

function Kept({ plan }: { plan: Plan }) {
  const t = useWords();
  if (!plan.canUndo && !plan.canRedo && plan.keeping === "kept") return null;
  const isBad = plan.keeping === "failed" || plan.keeping === "taken";
  return (
    <p className={isBad ? "fault" : "camera-faint"} role="status">
      {t(`kept.${plan.keeping}`)}{" "}
      {plan.keeping === "failed" ? (
        <button type="button" className="btn" onClick={plan.again}>
          {t("again")}
        </button>
      ) : null}
      {plan.keeping === "taken" ? (
        <button type="button" className="btn" onClick={plan.takeTheirs}>
          {t("takeTheirs")}
        </button>
      ) : null}
    </p>
  );
}

function Force({ plan, edge, isReady }: { plan: Plan; edge: string; isReady: boolean }) {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const key = useRef(newKey());
  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      key.current = newKey();
      setError(null);
      plan.forget();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
    setBusy(false);
  };
  const header = () => ({ "if-match": `"${plan.revision()}"` });
  const force = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    void doing(() =>
      body(
        api.POST("/api/edges/{edge_id}/plan/draft/stage", {
          params: { path: { edge_id: edge }, header: { ...header(), "idempotency-key": key.current } },
          body: { note },
        }),
      ),
    );
  };
  const drop = () =>
    window.confirm(t("changes.dropSure")) &&
    void doing(() =>
      api.POST("/api/edges/{edge_id}/plan/draft/drop", {
        params: { path: { edge_id: edge }, header: header() },
      }),
    );
  return (
    <form className="camera-force" onSubmit={force}>
      <label>
        {t("changes.note")}
        <textarea
          className="field"
          name="note"
          required
          maxLength={400}
          placeholder={t("changes.noteHint")}
        />
      </label>
      {error ? (
        <p className="fault" role="alert">
          {told(error)}
        </p>
      ) : null}
      <div className="camera-row">
        <button type="submit" className="btn primary" disabled={!isReady || busy}>
          {t("changes.force")}
        </button>
        <button type="button" className="btn plain" disabled={busy || !plan.isKept} onClick={drop}>
          {t("changes.drop")}
        </button>
      </div>
    </form>
  );
}

function Answered({ state }: { state: PlanState }) {
  const t = useWords();
  const newest = state.newest;
  const facts = { version: newest?.version ?? 0 };
  return (
    <div aria-live="polite" className={`camera-answer ${newest?.answer ?? ""}`}>
      {newest?.answer === "waiting" ? (
        <>
          <progress aria-label={t("changes.waiting")} />
          <p>{t(state.online ? "changes.waiting" : "changes.offline")}</p>
        </>
      ) : null}
      {newest?.answer === "accepted" ? <p>{t("changes.accepted", facts)}</p> : null}
      {newest?.answer === "refused" ? (
        <>
          <p>{t("changes.refused", facts)}</p>
          <Faults faults={newest.faults} />
        </>
      ) : null}
    </div>
  );
}
