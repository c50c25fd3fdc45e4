/** 特殊时期: declared crises and alerts of heavy pollution, which change how an act is judged. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { api, body } from "../../api/client";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { Day } from "../../parts/Day";
import { Refused } from "../../parts/Refused";
import { Answer } from "../../parts/states";
import { dayOf, minuteOf, moment, utcOf } from "../../parts/time";
import { useDistricts } from "./districts";
import { useWords } from "./words";

const LEVELS = ["yellow", "orange", "red"] as const;
type Level = (typeof LEVELS)[number];

export function Circumstances() {
  const t = useWords();
  const isHead = useMe()?.roles.includes("head") ?? false;
  const crises = useQuery({ queryKey: ["desk", "crises"], queryFn: () => body(api.GET("/api/crises")) });
  const alerts = useQuery({
    queryKey: ["desk", "pollution"],
    queryFn: () => body(api.GET("/api/pollution-alerts")),
  });
  const today = dayOf(new Date().toISOString());
  const language = useLanguage();
  return (
    <>
      <h2>{t("circumstances.alerts")}</h2>
      <RecordAlert />
      <Answer of={alerts} empty={(all) => all.length === 0} nothing={t("circumstances.nothing")}>
        {(all) => (
          <ul className="desk-cards">
            {all.map((one) => (
              <li key={one.id} className="card">
                <p>
                  <span className={one.level === "yellow" ? "tag warn" : "tag bad"}>
                    {t(`circumstances.${one.level as Level}`)}
                  </span>{" "}
                  {t("circumstances.since", { at: moment(one.began_at, language) })}{" "}
                  {one.ended_at ? t("circumstances.until", { at: moment(one.ended_at, language) }) : null}{" "}
                  {one.source} <small>{one.recorded_by_name}</small>
                </p>
                {one.ended_at ? null : <Lift id={one.id} />}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      <h2>{t("circumstances.crises")}</h2>
      {isHead ? <Declare /> : <p>{t("circumstances.onlyHead")}</p>}
      <Answer of={crises} empty={(all) => all.length === 0} nothing={t("circumstances.nothing")}>
        {(all) => (
          <ul className="desk-cards">
            {all.map((one) => {
              const runs = one.ended_on === null || one.ended_on >= today;
              return (
                <li key={one.id} className="card">
                  <p>
                    <b>{one.name}</b>{" "}
                    {runs ? <span className="tag warn">{t("circumstances.running")}</span> : null}{" "}
                    {t("circumstances.since", { at: one.began_on })}{" "}
                    {one.ended_on ? t("circumstances.until", { at: one.ended_on }) : null} {one.source}{" "}
                    <small>{one.set_by_name}</small>
                  </p>
                  <p>{one.reason}</p>
                  {runs && isHead ? <End id={one.id} /> : null}
                </li>
              );
            })}
          </ul>
        )}
      </Answer>
    </>
  );
}

/** A form whose deed makes these lists stale. */
function Deed({
  send,
  ask,
  card = false,
  children,
}: {
  send: string;
  card?: boolean;
  ask: () => Promise<unknown>;
  children: ReactNode;
}) {
  const client = useQueryClient();
  const deed = useMutation({
    mutationFn: ask,
    onSuccess: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    deed.mutate();
  };
  return (
    <form className={card ? "card desk-inline" : "desk-inline"} onSubmit={submit}>
      {children}
      <button type="submit" className="btn" disabled={deed.isPending}>
        {send}
      </button>
      {deed.error ? <Refused error={deed.error} /> : null}
    </form>
  );
}

function Line({
  label,
  value,
  set,
  type = "text",
}: {
  label: string;
  value: string;
  set: (value: string) => void;
  type?: string;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: either branch is one
    <label>
      {label}
      {type === "date" ? (
        <Day required value={value} onChange={set} />
      ) : (
        <input
          className="field"
          type={type}
          required
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </label>
  );
}

function Where({ value, set }: { value: string; set: (value: string) => void }) {
  const t = useWords();
  const districts = useDistricts();
  if (districts.length < 2) return null;
  return (
    <label>
      {t("circumstances.district")}
      <select className="field" value={value} onChange={(event) => set(event.target.value)}>
        {districts.map((one) => (
          <option key={one.code} value={one.code}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function RecordAlert() {
  const t = useWords();
  const districts = useDistricts();
  const [district, setDistrict] = useState("");
  const [level, setLevel] = useState<Level>("orange");
  const [at, setAt] = useState(() => minuteOf(new Date().toISOString()));
  const [source, setSource] = useState("");
  return (
    <Deed
      card
      send={t("circumstances.record")}
      ask={() =>
        body(
          api.POST("/api/pollution-alerts", {
            body: {
              district: district || (districts[0]?.code ?? "local"),
              level,
              began_at: utcOf(at),
              source,
            },
          }),
        )
      }
    >
      <Where value={district} set={setDistrict} />
      <label>
        {t("circumstances.level")}
        <select className="field" value={level} onChange={(event) => setLevel(event.target.value as Level)}>
          {LEVELS.map((one) => (
            <option key={one} value={one}>
              {t(`circumstances.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Line label={t("circumstances.at")} type="datetime-local" value={at} set={setAt} />
      <Line label={t("circumstances.document")} value={source} set={setSource} />
    </Deed>
  );
}

function Lift({ id }: { id: string }) {
  const t = useWords();
  const [at, setAt] = useState(() => minuteOf(new Date().toISOString()));
  return (
    <Deed
      send={t("circumstances.lift")}
      ask={() =>
        body(
          api.POST("/api/pollution-alerts/{alert_id}/end", {
            params: { path: { alert_id: id } },
            body: { ended_at: utcOf(at) },
          }),
        )
      }
    >
      <Line label={t("circumstances.at")} type="datetime-local" value={at} set={setAt} />
    </Deed>
  );
}

function Declare() {
  const t = useWords();
  const districts = useDistricts();
  const [district, setDistrict] = useState("");
  const [name, setName] = useState("");
  const [source, setSource] = useState("");
  const [reason, setReason] = useState("");
  const [from, setFrom] = useState(() => dayOf(new Date().toISOString()));
  return (
    <Deed
      card
      send={t("circumstances.declare")}
      ask={() =>
        body(
          api.POST("/api/crises", {
            body: {
              district: district || (districts[0]?.code ?? "local"),
              name,
              source,
              reason,
              began_on: from,
              source_sha256: "",
            },
          }),
        )
      }
    >
      <Where value={district} set={setDistrict} />
      <Line label={t("circumstances.name")} value={name} set={setName} />
      <Line label={t("circumstances.document")} value={source} set={setSource} />
      <Line label={t("circumstances.why")} value={reason} set={setReason} />
      <Line label={t("circumstances.from")} type="date" value={from} set={setFrom} />
    </Deed>
  );
}

function End({ id }: { id: string }) {
  const t = useWords();
  const [day, setDay] = useState(() => dayOf(new Date().toISOString()));
  const [reason, setReason] = useState("");
  return (
    <Deed
      send={t("circumstances.end")}
      ask={() =>
        body(
          api.POST("/api/crises/{crisis_id}/end", {
            params: { path: { crisis_id: id } },
            body: { ended_on: day, reason },
          }),
        )
      }
    >
      <Line label={t("circumstances.lastDay")} type="date" value={day} set={setDay} />
      <Line label={t("circumstances.why")} value={reason} set={setReason} />
    </Deed>
  );
}
