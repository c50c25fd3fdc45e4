/** One permit: what it allows, where cameras see it, its changes and approvals; and the next of each. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import type { ApprovalCreate, PermitChange, PermitDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { FormDialog, type FormField, type Values } from "../../parts/FormDialog";
import { Answer } from "../../parts/states";
import { moment, utcOf } from "../../parts/time";
import { useTimes } from "./times";
import { useWords } from "./words";

type Act = "suspend" | "revoke" | "reinstate" | "renewal" | "approval";
const STATUS = { suspend: "suspended", revoke: "revoked", reinstate: "active" } as const;
const STEPS = ["applied", "assessed", "published", "reviewed", "agreed", "filed"] as const;

export function Detail({ id, may }: { id: string; may: boolean }) {
  const permit = useQuery({
    queryKey: ["permits", id],
    queryFn: async () =>
      (await body(
        api.GET("/api/permits/{permit_id}", { params: { path: { permit_id: id } } }),
      )) as PermitDetail,
  });
  return <Answer of={permit}>{(one) => <One of={one} may={may} />}</Answer>;
}

function One({ of, may }: { of: PermitDetail; may: boolean }) {
  const t = useWords();
  const language = useLanguage();
  const times = useTimes();
  const [act, setAct] = useState<Act | null>(null);
  const acts: Act[] = [
    ...(of.status === "active" ? (["suspend", "revoke"] as const) : []),
    ...(of.status === "suspended" ? (["reinstate", "revoke"] as const) : []),
    ...(of.status === "revoked" ? (["reinstate"] as const) : []),
    "renewal",
    "approval",
  ];
  const facts: (readonly [string, string])[] = [
    [t("detail.valid"), t("span", { from: of.valid_from, to: of.valid_to })],
    [t("detail.hours"), times(of)],
    [t("detail.season"), of.season_from ? t("season", { from: of.season_from, to: of.season_to }) : ""],
    [t("detail.goods"), of.goods],
    [t("detail.terms"), of.terms],
    [t("detail.noise"), of.conditions.noise],
    [t("detail.oil"), of.conditions.oil],
    [t("detail.cleaning"), of.conditions.cleaning],
  ];
  return (
    <article className="card permits-one" aria-label={of.number || of.id}>
      <h2>
        <span className="num">{of.number || of.id}</span>{" "}
        <span className="tag">{t(`status.${of.status as "active"}`)}</span>
      </h2>
      <p>
        {t("detail.holder")}{" "}
        <Link to="/subjects/$id" params={{ id: of.subject_id }}>
          {of.subject_name}
        </Link>
      </p>
      {of.holder_left_at ? (
        <p className="fault">{t("detail.left", { time: moment(of.holder_left_at, language) })}</p>
      ) : null}
      {of.renewal_filed_at ? (
        <p>{t("detail.renewal", { time: moment(of.renewal_filed_at, language) })}</p>
      ) : null}
      {of.suppressed_cases.length > 0 ? (
        <p className="fault">
          {t("detail.suppressed", { n: of.suppressed_cases.length })}{" "}
          {of.suppressed_cases.map((id) => (
            <Link key={id} to="/cases/$id" params={{ id }}>
              {id.slice(-6)}
            </Link>
          ))}
        </p>
      ) : null}
      <dl>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {of.conditions.aisle_m ? (
          <div>
            <dd>{t("detail.aisle", { n: of.conditions.aisle_m })}</dd>
          </div>
        ) : null}
        {of.ground_m2 ? (
          <div>
            <dd>{t("detail.ground", { n: of.ground_m2.toFixed(0) })}</dd>
          </div>
        ) : null}
      </dl>
      <h3>{t("detail.areas")}</h3>
      <ul className="permits-plain">
        {of.areas.map((area) => (
          <li key={area.ordinal}>
            {area.camera_id} · {area.zone_id}{" "}
            <Link
              className="btn plain"
              to="/fleet/$edge/$camera"
              params={{ edge: area.edge_id, camera: area.camera_id }}
              search={{ tab: "permits" }}
            >
              {t("detail.draw")}
            </Link>
          </li>
        ))}
      </ul>
      {may ? (
        <div className="permits-acts">
          {acts.map((name) => (
            <button
              key={name}
              type="button"
              className={name === "revoke" ? "btn danger" : "btn"}
              onClick={() => setAct(name)}
            >
              {t(`act.${name}`)}
            </button>
          ))}
        </div>
      ) : null}
      <h3>{t("detail.approvals")}</h3>
      {of.approvals.length === 0 ? <p className="permits-faint">{t("detail.noApprovals")}</p> : null}
      <ol className="permits-plain">
        {of.approvals.map((one) => (
          <li key={one.at + one.step}>
            <span className={one.agreed ? "tag good" : "tag bad"}>{t(`step.${one.step as "applied"}`)}</span>{" "}
            {one.body} <span className="permits-faint">{moment(one.at, language)}</span> {one.note}
          </li>
        ))}
      </ol>
      <h3>{t("detail.changes")}</h3>
      <ol className="permits-plain">
        {of.changes.map((one) => (
          <li key={one.recorded_at}>
            <span className="tag">{t(`status.${one.status as "active"}`)}</span>{" "}
            {t("detail.served", { time: moment(one.served_at, language) })} {one.reason}{" "}
            <span className="permits-faint">
              {t("detail.by", { name: one.recorded_by, time: moment(one.recorded_at, language) })}
            </span>
          </li>
        ))}
      </ol>
      {act ? <Change of={of} act={act} close={() => setAct(null)} /> : null}
    </article>
  );
}

function Change({ of, act, close }: { of: PermitDetail; act: Act; close: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const reason: FormField = { name: "reason", label: t("form.reason"), kind: "area", needed: true };
  const fields: Record<Act, FormField[]> = {
    suspend: [{ name: "served", label: t("form.served"), kind: "datetime-local" }, reason],
    revoke: [
      { name: "served", label: t("form.served"), kind: "datetime-local" },
      { name: "invalid", label: t("form.invalid"), kind: "tick" },
      reason,
    ],
    reinstate: [{ name: "served", label: t("form.served"), kind: "datetime-local" }, reason],
    renewal: [{ name: "filed", label: t("form.filed"), kind: "datetime-local", needed: true }, reason],
    approval: [
      {
        name: "step",
        label: t("form.step"),
        kind: "select",
        needed: true,
        options: STEPS.map((step) => [step, t(`step.${step}`)]),
      },
      { name: "body", label: t("form.body"), needed: true, most: 120 },
      { name: "agreed", label: t("form.agreed"), kind: "tick" },
      { name: "at", label: t("form.at"), kind: "datetime-local", needed: true },
      { name: "note", label: t("form.note"), kind: "area" },
    ],
  };
  const send = async (values: Values) => {
    const params = { path: { permit_id: of.id } };
    if (act === "approval")
      await body(api.POST("/api/permits/{permit_id}/approvals", { params, body: approval(values) }));
    else await body(api.POST("/api/permits/{permit_id}/changes", { params, body: change(act, values) }));
    await client.invalidateQueries({ queryKey: ["permits"] });
  };
  return (
    <FormDialog
      title={`${t(`act.${act}`)} ${of.number || of.id}`}
      fields={fields[act]}
      start={{ agreed: "yes" }}
      send={send}
      close={close}
    />
  );
}

function approval(values: Values): ApprovalCreate {
  return {
    step: values.step as ApprovalCreate["step"],
    body: (values.body ?? "").trim(),
    agreed: values.agreed === "yes",
    at: utcOf(values.at ?? ""),
    note: values.note ?? "",
  };
}

function change(act: Exclude<Act, "approval">, values: Values): PermitChange {
  const reason = (values.reason ?? "").trim();
  if (act === "renewal") return { renewal_filed_at: utcOf(values.filed ?? ""), found_invalid: false, reason };
  return {
    status: STATUS[act],
    ...(values.served ? { served_at: utcOf(values.served) } : {}),
    found_invalid: act === "revoke" && values.invalid === "yes",
    reason,
  };
}
