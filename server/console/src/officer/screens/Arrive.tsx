/** Arrival: where the officer stands, and why, when that is far from the place. */
import { useEffect } from "react";
import { decide } from "../deciding";
import { useDraft } from "../draft";
import { useKept } from "../kept/state";
import { distanceM, follow, useWhereabouts } from "../place";
import { spotOf } from "../tasks";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Field, Form } from "./Form";

const OLD_MS = 120_000;

export function Arrive({ seen, done }: Doing) {
  const t = useWords();
  const { tasks } = useKept();
  const { here, sight } = useWhereabouts();
  const [said, change, forget] = useDraft(`arrive.${seen.task.case.id}`, { reason: "" });
  useEffect(follow, []);
  const spot = spotOf(seen.task);
  const within = tasks?.arrival_within_m ?? 200;
  const far = here === null || spot === null ? null : distanceM(here, spot);
  const minutes = here === null ? 0 : Math.floor((Date.now() - here.at) / 60_000);
  const old = here !== null && Date.now() - here.at > OLD_MS;
  const needsReason = (far !== null && far > within) || old;
  const missing = [
    ...(here === null ? [t("arrive.here")] : []),
    ...(needsReason && said.reason.trim() === "" ? [t("arrive.reason")] : []),
  ];
  const submit = async () => {
    if (here === null) return;
    const fields = { lon: here.lon, lat: here.lat };
    await decide(seen, { to: "W4", reason: said.reason.trim(), fields });
    forget();
    done();
  };
  return (
    <Form title={t("arrive.title")} missing={missing} submit={t("arrive.confirm")} onSubmit={submit}>
      <div className="o-here" aria-live="polite">
        {here === null ? (
          <>
            <p>{sight === "denied" ? t("tasks.denied") : t("arrive.none")}</p>
            <button type="button" className="o-big plain" onClick={follow}>
              {t("arrive.get")}
            </button>
          </>
        ) : (
          <>
            <strong>
              {far === null ? t("task.unknownPlace") : t("arrive.distance", { n: Math.round(far) })}
            </strong>
            <span>{t("arrive.accuracy", { n: Math.round(here.accuracyM) })}</span>
          </>
        )}
      </div>
      {needsReason ? (
        <Field
          label={t("arrive.reason")}
          hint={old ? t("arrive.old", { n: minutes }) : t("arrive.far", { n: within })}
        >
          <textarea
            rows={3}
            value={said.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </Field>
      ) : null}
    </Form>
  );
}
