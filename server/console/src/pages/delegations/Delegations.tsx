/** 授权审批: who may approve in the head's name, for what, until when. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { DelegationNamed } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { useItemName, useItems } from "../../parts/items";
import { Page } from "../../parts/Page";
import { Refused } from "../../parts/Refused";
import { Answer } from "../../parts/states";
import { dayOf, moment } from "../../parts/time";
import { useDistricts } from "../desk/districts";
import "./delegations.css";
import { Day } from "../../parts/Day";
import { useWords } from "./words";

export function Delegations() {
  const t = useWords();
  const isHead = useMe()?.roles.includes("head") ?? false;
  const rows = useQuery({ queryKey: ["delegations"], queryFn: () => body(api.GET("/api/desk/delegations")) });
  return (
    <Page title={t("title")}>
      <p className="delegations-why">{t("why")}</p>
      {isHead ? <Make /> : null}
      <Answer of={rows} empty={(all) => all.length === 0} nothing={t("nothing")}>
        {(all) => (
          <ul className="delegations-list">
            {all.map((row) => (
              <Row key={row.delegation.id} row={row} mayEnd={isHead} />
            ))}
          </ul>
        )}
      </Answer>
    </Page>
  );
}

function Row({ row, mayEnd }: { row: DelegationNamed; mayEnd: boolean }) {
  const t = useWords();
  const language = useLanguage();
  const name = useItemName();
  const { delegation: one } = row;
  const ahead = one.valid_from > dayOf(new Date().toISOString());
  return (
    <li className="card">
      <p>
        <b>{one.document}</b> {t("by", { head: row.head_name, leader: row.leader_name })}{" "}
        <span className={row.stands ? "tag good" : "tag"}>
          {one.ended_at
            ? t("ended", { at: moment(one.ended_at, language) })
            : t(row.stands ? "stands" : ahead ? "ahead" : "over")}
        </span>
      </p>
      <p className="num">{t("span", { from: one.valid_from, to: one.valid_to })}</p>
      <p>
        {one.items.map((code) => (
          <span key={code} className="tag">
            {code} {name(code)}
          </span>
        ))}
      </p>
      {mayEnd && one.ended_at === null && (row.stands || ahead) ? <End id={one.id} /> : null}
    </li>
  );
}

/** Pressed twice: a delegation that ends cannot be taken up again. */
function End({ id }: { id: string }) {
  const t = useWords();
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const end = useMutation({
    mutationFn: () =>
      body(api.POST("/api/delegations/{delegation_id}/end", { params: { path: { delegation_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["delegations"] }),
  });
  return (
    <div>
      <button
        type="button"
        className="btn danger"
        disabled={end.isPending}
        onClick={() => (sure ? end.mutate() : setSure(true))}
        onBlur={() => setSure(false)}
      >
        {t(sure ? "sure" : "end")}
      </button>
      {end.error ? <Refused error={end.error} /> : null}
    </div>
  );
}

function Make() {
  const t = useWords();
  const client = useQueryClient();
  const items = useItems();
  const districts = useDistricts();
  const leaders = useQuery({
    queryKey: ["delegations", "leaders"],
    queryFn: () => body(api.GET("/api/desk/leaders")),
  });
  const today = dayOf(new Date().toISOString());
  const [document, setDocument] = useState("");
  const [leader, setLeader] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(`${today.slice(0, 4)}-12-31`);
  const [district, setDistrict] = useState("");
  const make = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/delegations", {
          body: {
            document,
            leader_id: leader,
            items: [...chosen],
            valid_from: from,
            valid_to: to,
            district: district || (districts[0]?.code ?? "local"),
          },
        }),
      ),
    onSuccess: () => {
      setDocument("");
      setChosen([]);
      return client.invalidateQueries({ queryKey: ["delegations"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const name = leaders.data?.find((one) => one.person_id === leader)?.name ?? "";
  return (
    <form className="card delegations-form" onSubmit={submit}>
      <h2>{t("make")}</h2>
      <label>
        {t("document")}
        <input
          className="field"
          required
          maxLength={120}
          value={document}
          onChange={(event) => setDocument(event.target.value)}
        />
      </label>
      <label>
        {t("leader")}
        <select className="field" required value={leader} onChange={(event) => setLeader(event.target.value)}>
          <option value="">{t("choose")}</option>
          {leaders.data?.map((one) => (
            <option key={one.person_id} value={one.person_id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {districts.length > 1 ? (
        <label>
          {t("district")}
          <select className="field" value={district} onChange={(event) => setDistrict(event.target.value)}>
            {districts.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label>
        {t("from")}
        <Day value={from} required onChange={(day) => setFrom(day)} />
      </label>
      <label>
        {t("to")}
        <Day value={to} min={from} required onChange={(day) => setTo(day)} />
      </label>
      <fieldset>
        <legend>{t("items")}</legend>
        {items.map((item) => (
          <label key={item.code}>
            <input
              type="checkbox"
              checked={chosen.includes(item.code)}
              onChange={(event) =>
                setChosen(
                  event.target.checked ? [...chosen, item.code] : chosen.filter((code) => code !== item.code),
                )
              }
            />
            {item.code} {item.name}
          </label>
        ))}
      </fieldset>
      <div>
        <button type="submit" className="btn primary" disabled={make.isPending || chosen.length === 0}>
          {t("send")}
        </button>{" "}
        <span role="status">
          {make.isSuccess ? t("made", { name }) : chosen.length === 0 ? t("none") : ""}
        </span>
      </div>
      {make.error ? <Refused error={make.error} /> : null}
    </form>
  );
}
