/** Choosing an officer, a party, another case, an item of the list: by name, never by an id. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { api, body } from "../api/client";
import { useLanguage } from "../i18n";
import { useItems } from "./items";
import { Several } from "./Several";
import { useWords } from "./words.move";

interface Choosing {
  readonly id: string;
  readonly chosen: string;
  readonly choose: (id: string) => void;
}

/** The officers who could go, the fitting ones first, with what speaks against the others. */
export function OfficerPicker({ id, chosen, choose, caseId }: Choosing & { caseId: string }) {
  const t = useWords();
  const candidates = useQuery({
    queryKey: ["case", caseId, "candidates"],
    queryFn: () =>
      body(api.GET("/api/cases/{case_id}/candidates", { params: { path: { case_id: caseId } } })),
  });
  const found = candidates.data?.candidates ?? [];
  const one = found.find((each) => each.person_id === chosen);
  const against = one?.against.map((each) => each.zh).join("；") ?? "";
  const language = useLanguage();
  const spoken = language === "en" ? one?.against.map((each) => each.en).join("; ") : against;
  return (
    <>
      <select id={id} className="field" value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{candidates.data && found.length === 0 ? t("person.none") : t("choose")}</option>
        {found.map((each) => (
          <option key={each.person_id} value={each.person_id}>
            {[
              each.name,
              each.team,
              t(each.fit ? "person.fit" : "person.unfit"),
              t(each.on_duty ? "person.duty" : "person.off"),
              t("person.load", { n: each.load }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </option>
        ))}
      </select>
      {spoken ? <small className="warn">{spoken}</small> : null}
    </>
  );
}

/** The officers who were there, by their certificates; at least so many, none of them twice. */
export function CertificatePicker(props: {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly choose: (certificates: string[]) => void;
  readonly atLeast: number | undefined;
}) {
  const t = useWords();
  const { id, chosen, choose, atLeast } = props;
  const officers = useQuery({
    queryKey: ["desk", "officers"],
    queryFn: () => body(api.GET("/api/desk/officers")),
  });
  const certified = (officers.data ?? []).filter((each) => each.certificate !== "");
  return (
    <Several chosen={chosen} set={choose} atLeast={atLeast}>
      {(one, put, first) => (
        <select
          id={first ? id : undefined}
          aria-labelledby={`${id}-label`}
          className="field"
          value={one}
          onChange={(event) => put(event.target.value)}
        >
          <option value="">{t("choose")}</option>
          {certified.map((each) => (
            <option
              key={each.person_id}
              value={each.certificate}
              disabled={each.certificate !== one && chosen.includes(each.certificate)}
            >
              {[each.name, each.certificate, each.team].filter(Boolean).join(" · ")}
            </option>
          ))}
        </select>
      )}
    </Several>
  );
}

export function SubjectPicker({ id, chosen, choose }: Choosing) {
  const t = useWords();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["subjects", "search", q],
    queryFn: () => body(api.GET("/api/subjects", { params: { query: { q, limit: 12 } } })),
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
  });
  const rows = (found.data?.items ?? []).map((one) => ({ id: one.id, name: one.name, more: one.code ?? "" }));
  return (
    <Search
      id={id}
      text={text}
      setText={setText}
      hint={t("subject.search")}
      none={t("subject.none")}
      rows={q.length >= 2 ? rows : null}
      chosen={chosen}
      choose={choose}
    />
  );
}

export function CasePicker({ id, chosen, choose, not }: Choosing & { not: string }) {
  const t = useWords();
  const language = useLanguage();
  const [text, setText] = useState("");
  const number = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["cases", "search", number],
    queryFn: () => body(api.GET("/api/cases", { params: { query: { number, open_only: true, limit: 12 } } })),
    enabled: number.length >= 3,
    placeholderData: keepPreviousData,
  });
  const rows = (found.data?.items ?? [])
    .filter((one) => one.id !== not)
    .map((one) => ({ id: one.id, name: one.number, more: language === "en" ? one.state_en : one.state_zh }));
  return (
    <Search
      id={id}
      text={text}
      setText={setText}
      hint={t("case.search")}
      none={t("case.none")}
      rows={number.length >= 3 ? rows : null}
      chosen={chosen}
      choose={choose}
    />
  );
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly more: string;
}

function Search(
  props: Choosing & {
    text: string;
    setText: (text: string) => void;
    hint: string;
    none: string;
    rows: readonly Found[] | null;
  },
) {
  const { id, text, setText, rows, chosen, choose } = props;
  return (
    <div className="picker">
      <input
        id={id}
        className="field"
        type="search"
        autoComplete="off"
        placeholder={props.hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {rows?.length === 0 ? <small>{props.none}</small> : null}
      {rows?.map((row) => (
        <label key={row.id}>
          <input type="radio" name={id} checked={row.id === chosen} onChange={() => choose(row.id)} />
          {row.name} <small>{row.more}</small>
        </label>
      ))}
    </div>
  );
}

export function ItemPicker({ id, chosen, choose }: Choosing) {
  const t = useWords();
  const items = useItems();
  return (
    <select id={id} className="field" value={chosen} onChange={(event) => choose(event.target.value)}>
      <option value="">{t("choose")}</option>
      {items.map((item) => (
        <option key={item.code} value={item.code}>
          {item.code} {item.name}
        </option>
      ))}
    </select>
  );
}
